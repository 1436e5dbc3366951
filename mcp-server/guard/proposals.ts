import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson, digestOf } from '../contract/canonical.ts';
import {
  type CallProposal,
  type PlannedChange,
  type PlanProposal,
  type Proposal,
  proposal,
  proposalDigest,
} from '../contract/proposal.ts';
import type { ProposalStatus } from '../contract/wire.ts';
import { appendEntry } from './audit.ts';
import type { Origin } from './guard.ts';
import { serverIdOf } from './installation.ts';
import { storeRefusal } from './store-failure.ts';

/** Crockford's base 32: no I, L, O, U, so that an id survives being read aloud. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function crockfordId(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => CROCKFORD[byte & 31]).join('');
}

/** As a person may type it: case and hyphens do not matter, and letters that look like digits are digits. */
export function normaliseId(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
}

/** One value for one exact call: what, where, as whom, for whom. */
export function callKey(of: Pick<PlannedChange, 'tool' | 'arguments'>, origin: Origin): string {
  const { backend, identity, account, region, session } = origin;
  const asked = { tool: of.tool, arguments: of.arguments, backend, identity, account, region, session };
  return digestOf('aiops call v1', asked);
}

export type KeptProposal = {
  proposal: Proposal;
  closed: 'declined' | 'stopped' | null;
  closedWhy: string | null;
};

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // answered as any other body that is no proposal
  }
}

function keptFrom(row: Record<string, unknown>): KeptProposal {
  const parsed = proposal.safeParse(jsonOrNull(String(row.body)));
  if (!parsed.success) {
    throw storeRefusal(
      `Proposal ${row.id} in the store is not readable. Nothing was run.`,
      'Ask for the change again; see also: aiops audit verify',
    );
  }
  const closed = row.closed === 'declined' || row.closed === 'stopped' ? row.closed : null;
  return {
    proposal: parsed.data,
    closed,
    closedWhy: typeof row.closed_why === 'string' ? row.closed_why : null,
  };
}

export function findProposal(db: DatabaseSync, id: string): KeptProposal | null {
  const row = db.prepare('SELECT * FROM proposals WHERE id = ?').get(normaliseId(id));
  return row ? keptFrom(row) : null;
}

export function allProposals(db: DatabaseSync): KeptProposal[] {
  return db
    .prepare('SELECT * FROM proposals ORDER BY created_at DESC, rowid DESC LIMIT 1000')
    .all()
    .map(keptFrom);
}

/** Proposals of a session for which a grant was kept and that have not ended, newest first. */
export function grantedProposals(db: DatabaseSync, session: string, now: number): KeptProposal[] {
  return db
    .prepare(
      'SELECT * FROM proposals WHERE session = ? AND expires_at > ? AND closed IS NULL AND id IN (SELECT proposal FROM grants) ORDER BY created_at DESC, rowid DESC',
    )
    .all(session, now)
    .map(keptFrom);
}

/** How many of a session's proposals nobody has answered yet. */
export function waitingProposals(db: DatabaseSync, session: string, now: number): number {
  const row = db
    .prepare(
      `SELECT count(*) AS n FROM proposals WHERE session = ? AND expires_at > ? AND closed IS NULL
       AND id NOT IN (SELECT proposal FROM grants)`,
    )
    .get(session, now);
  return Number(row?.n ?? 0);
}

export function stepsOf(of: Proposal): PlannedChange[] {
  return of.kind === 'plan' ? of.steps : [of];
}

export function statusOf(db: DatabaseSync, kept: KeptProposal, now: number): ProposalStatus {
  if (kept.closed) return kept.closed;
  const { id } = kept.proposal;
  const claims = Number(db.prepare('SELECT count(*) AS n FROM claims WHERE proposal = ?').get(id)?.n ?? 0);
  if (claims >= stepsOf(kept.proposal).length) return 'used';
  if (now > Date.parse(kept.proposal.expires_at)) return 'expired';
  const granted = db.prepare('SELECT 1 FROM grants WHERE proposal = ? LIMIT 1').get(id);
  return granted || claims > 0 ? 'approved' : 'pending';
}

export function closeProposal(db: DatabaseSync, id: string, how: 'declined' | 'stopped', why: string): void {
  db.prepare('UPDATE proposals SET closed = ?, closed_why = ? WHERE id = ? AND closed IS NULL').run(
    how,
    why,
    id,
  );
}

export type Proposing = { now: number; random: (bytes: number) => Buffer; approvalSeconds: number };

function unusedId(db: DatabaseSync, random: Proposing['random']): string {
  for (;;) {
    const id = crockfordId(random(8));
    if (!db.prepare('SELECT 1 FROM proposals WHERE id = ?').get(id)) return id;
  }
}

function head(db: DatabaseSync, origin: Origin, by: Proposing) {
  return {
    version: 1 as const,
    id: unusedId(db, by.random),
    backend: origin.backend,
    identity: origin.identity,
    account: origin.account,
    region: origin.region,
    server: serverIdOf(db),
    session: origin.session,
    created_at: new Date(by.now).toISOString(),
    expires_at: new Date(by.now + by.approvalSeconds * 1_000).toISOString(),
  };
}

/** How long a proposal that nobody redeemed is kept after its end, for `aiops approvals --all`. */
const KEEP_MS = 30 * 86_400_000;

function keep(db: DatabaseSync, made: Proposal, key: string | null): void {
  const [created, expires] = [Date.parse(made.created_at), Date.parse(made.expires_at)];
  db.prepare('DELETE FROM proposals WHERE expires_at < ? AND id NOT IN (SELECT proposal FROM claims)').run(
    created - KEEP_MS,
  );
  db.prepare(
    'INSERT INTO proposals (id, session, call_key, body, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(made.id, made.session, key, canonicalJson(made), created, expires);
  appendEntry(db, {
    now: created,
    session: made.session,
    event: 'proposed',
    subject: made.id,
    detail: {
      digest: made.digest,
      identity: made.identity,
      account: made.account,
      region: made.region,
      backend: made.backend,
      expires_at: made.expires_at,
      steps: stepsOf(made).map(({ tool, arguments: asked, risk, targets }) => ({
        tool,
        arguments: asked,
        risk,
        targets: targets.map(({ id, name, was, becomes }) => ({ id, name, was, becomes })),
      })),
    },
  });
}

/** An open proposal for exactly this call on exactly this state, with enough time left to read it. */
function reusable(db: DatabaseSync, change: PlannedChange, key: string, by: Proposing): CallProposal | null {
  const row = db
    .prepare(
      'SELECT * FROM proposals WHERE call_key = ? AND closed IS NULL AND expires_at > ? ORDER BY rowid DESC',
    )
    .get(key, by.now + (by.approvalSeconds * 1_000) / 2);
  if (!row) return null;
  const kept = keptFrom(row);
  if (kept.proposal.kind !== 'call' || statusOf(db, kept, by.now) !== 'pending') return null;
  const { tool, arguments: asked, risk, irreversible, targets, blast_radius, undo, cli } = kept.proposal;
  const proposed = { tool, arguments: asked, risk, irreversible, targets, blast_radius, undo, cli };
  if (canonicalJson(proposed) !== canonicalJson(change)) return null;
  return proposalDigest(kept.proposal) === kept.proposal.digest ? kept.proposal : null;
}

/** What a person would have to approve for this call to run. Asked again unchanged, it is the same proposal. */
export function proposeCall(
  db: DatabaseSync,
  change: PlannedChange,
  origin: Origin,
  by: Proposing,
): CallProposal {
  const key = callKey(change, origin);
  const open = reusable(db, change, key, by);
  if (open) return open;
  const body = { ...head(db, origin, by), kind: 'call' as const, ...change };
  const made: CallProposal = { ...body, digest: proposalDigest(body) };
  keep(db, made, key);
  return made;
}

export function proposeSteps(
  db: DatabaseSync,
  steps: PlannedChange[],
  origin: Origin,
  by: Proposing,
): PlanProposal {
  const body = { ...head(db, origin, by), kind: 'plan' as const, steps };
  const made: PlanProposal = { ...body, digest: proposalDigest(body) };
  keep(db, made, null);
  return made;
}
