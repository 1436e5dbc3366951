import { z } from 'zod';
import { callFacts } from '../../../mcp-server/contract/call.ts';
import type { Proposal } from '../../../mcp-server/contract/proposal.ts';
import type { CallView } from '../../domain/events.ts';
import type { KeptLine, SessionSummary } from '../../domain/kept-session.ts';
import { type KeptTurn, turnsOf } from '../../domain/kept-turns.ts';
import { inFull } from '../../domain/saying.ts';
import { maskSecrets } from '../../domain/secrets.ts';

/** Raised when a program that read the format before could no longer. Members may be added without. */
export const SESSION_EXPORT_VERSION = 1;

const time = z.iso.datetime();

const call = z.object({
  id: z.string(),
  at: time,
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  risk: z.string(),
  /** `unfinished`: nothing of its end is in the record. */
  status: z.enum(['done', 'failed', 'declined', 'cancelled', 'unfinished']),
  elapsed_ms: z.number().optional(),
  /** The tool's structured result, whose shape is the tool's own. */
  result: z.record(z.string(), z.unknown()).optional(),
  failure: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
  /** Why it was declined, where somebody said so. */
  reason: z.string().optional(),
  /** The equivalent AWS CLI lines. */
  cli: z.array(z.string()),
  console: z.string().nullable(),
});

const approval = z.object({
  at: time,
  call: z.string(),
  /** The proposal's id, by which the audit log knows it. */
  proposal: z.string(),
  changes: z.array(
    z.object({
      tool: z.string(),
      risk: z.string(),
      irreversible: z.boolean(),
      targets: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string() })),
    }),
  ),
  account: z.string(),
  region: z.string(),
  identity: z.string(),
  flagged: z.array(z.string()),
  /** Null: nobody answered. */
  decision: z.enum(['approve', 'decline', 'edit', 'why', 'expired']).nullable(),
  decided_at: time.nullable(),
});

const turn = z.object({
  number: z.int().positive(),
  at: time,
  ended_at: time.nullable(),
  text: z.string(),
  /** Whose words they are: `typed`, `burst`, `pasted` or `piped`. */
  provenance: z.string(),
  language: z.string().nullable(),
  /** `unfinished`: the record ends in the middle of it. */
  outcome: z.string(),
  said: z.array(
    z.object({ at: time, tone: z.string(), text: z.string(), format: z.enum(['text', 'markdown']) }),
  ),
  calls: z.array(call),
  approvals: z.array(approval),
});

/** A session as `aiops sessions export --format json` writes it. Times in UTC. */
export const sessionExport = z.object({
  format: z.literal('aiops.session'),
  version: z.literal(SESSION_EXPORT_VERSION),
  id: z.string(),
  title: z.string(),
  started_at: time,
  last_at: time,
  account: z.object({ name: z.string(), account: z.string().nullable(), backend: z.string() }).nullable(),
  folder: z.string(),
  /** The session it went on with, under an id of its own. */
  continues: z.string().nullable(),
  /** The runs of the program that wrote it; `session` is what the audit log calls each. */
  runs: z.array(z.object({ at: time, version: z.string(), session: z.string() })),
  /** Where calls that named no place looked, from when on. */
  places: z.array(z.object({ at: time, account: z.string().nullable(), region: z.string().nullable() })),
  turns: z.array(turn),
  /** Lines of the record that could not be read. */
  unread: z.int().nonnegative(),
  /** Texts in it that looked like secrets and were masked. */
  masked: z.int().nonnegative(),
});
export type SessionExport = z.infer<typeof sessionExport>;
export type ExportedTurn = z.infer<typeof turn>;
export type ExportedCall = z.infer<typeof call>;
export type ExportedApproval = z.infer<typeof approval>;

/** What the record holds and nothing else, with what looks like a secret masked. */
export function exportSession(
  summary: SessionSummary,
  lines: readonly KeptLine[],
  unread: number,
): SessionExport {
  const { value, count } = maskSecrets({
    title: summary.title,
    runs: lines.flatMap(({ at, entry }) =>
      entry.type === 'opened' ? [{ at: iso(at), version: entry.version, session: entry.server }] : [],
    ),
    places: lines.flatMap(({ at, entry }) =>
      entry.type === 'place'
        ? [{ at: iso(at), account: entry.place?.name ?? null, region: entry.region }]
        : [],
    ),
    turns: turnsOf(lines).map(turnOf),
  });
  const { id, startedAt, lastAt, place, folder, continues } = summary;
  return {
    format: 'aiops.session',
    version: SESSION_EXPORT_VERSION,
    id,
    title: value.title,
    started_at: iso(startedAt),
    last_at: iso(lines.at(-1)?.at ?? lastAt),
    account: place,
    folder,
    continues,
    runs: value.runs,
    places: value.places,
    turns: value.turns,
    unread,
    masked: count,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function turnOf({ number, startedAt, start, lines, end }: KeptTurn): ExportedTurn {
  const understood = lines.map(({ entry }) => entry).find((entry) => entry.type === 'understood');
  return {
    number,
    at: iso(startedAt),
    ended_at: end && iso(end.at),
    text: start.text,
    provenance: start.provenance,
    language: understood?.language ?? null,
    outcome: end?.entry.outcome ?? 'unfinished',
    said: lines.flatMap(({ at, entry }) =>
      entry.type === 'say'
        ? [{ at: iso(at), tone: entry.tone, text: inFull(entry), format: entry.format ?? ('text' as const) }]
        : [],
    ),
    calls: callsOf(lines),
    approvals: approvalsOf(lines),
  };
}

/** Each call once, as it ended, in the order they began. */
function callsOf(lines: KeptTurn['lines']): ExportedCall[] {
  const calls = new Map<string, ExportedCall>();
  for (const { at, entry } of lines) {
    if (entry.type !== 'call') continue;
    calls.set(entry.view.id, callOf(entry.view, calls.get(entry.view.id)?.at ?? iso(at)));
  }
  return [...calls.values()];
}

function callOf({ id, call: planned, state }: CallView, at: string): ExportedCall {
  const { tool, arguments: args, risk } = planned;
  const common = { id, at, tool, arguments: args, risk, cli: [], console: null };
  switch (state.status) {
    case 'done': {
      const facts = callFacts.safeParse(state.data.call);
      const how = facts.success ? { cli: facts.data.cli, console: facts.data.console } : {};
      return { ...common, ...how, status: 'done', elapsed_ms: state.elapsedMs, result: state.data };
    }
    case 'failed': {
      const { code, message, hint } = state.failure;
      const failure = { code, message, ...(hint === undefined ? {} : { hint }) };
      return { ...common, status: 'failed', elapsed_ms: state.elapsedMs, failure };
    }
    case 'declined':
      return { ...common, status: 'declined', ...(state.reason === null ? {} : { reason: state.reason }) };
    case 'cancelled':
      return { ...common, status: 'cancelled' };
    case 'running':
    case 'awaiting_approval':
      return { ...common, status: 'unfinished' };
  }
}

function approvalsOf(lines: KeptTurn['lines']): ExportedApproval[] {
  const approvals: ExportedApproval[] = [];
  for (const { at, entry } of lines) {
    if (entry.type === 'approval_asked' && !entry.again) {
      const { account, region, identity } = entry.proposal;
      approvals.push({
        at: iso(at),
        call: entry.call,
        proposal: entry.proposal.id,
        changes: changesOf(entry.proposal),
        account,
        region,
        identity,
        flagged: entry.flagged,
        decision: null,
        decided_at: null,
      });
    }
    if (entry.type === 'approval_settled') {
      const open = approvals.findLast((one) => one.call === entry.call && one.decision === null);
      if (open) Object.assign(open, { decision: entry.decision, decided_at: iso(at) });
    }
  }
  return approvals;
}

function changesOf(proposal: Proposal): ExportedApproval['changes'] {
  const changes = proposal.kind === 'call' ? [proposal] : proposal.steps;
  return changes.map(({ tool, risk, irreversible, targets }) => ({
    tool,
    risk,
    irreversible,
    targets: targets.map(({ kind, id, name }) => ({ kind, id, name })),
  }));
}
