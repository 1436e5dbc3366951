import { plannedChange } from '../contract/proposal.ts';
import type { Seen } from '../tools/tool.ts';
import { appendEntry } from './audit.ts';
import { seenInWords } from './carry-out.ts';
import { settleClaim } from './claims.ts';
import type { Ledger } from './ledger.ts';
import { plain } from './outside-text.ts';
import { ownerState } from './owner.ts';
import type { OpenIntent } from './permit.ts';

/** Looks at a change's targets in its account; null where that account cannot be reached from this server. */
export type LookUp = (
  change: OpenIntent['change'],
  at: Pick<OpenIntent, 'account' | 'region' | 'backend'>,
) => Promise<Seen[] | null>;

/** What a look at the account found of an intent that has no outcome. */
export type Recovered = { sequence: number; tool: string; finding: string };

/** No attempt takes this long; an owner that cannot be asked is taken for gone after it. */
const STALE_MS = 10 * 60_000;

function openFrom(row: Record<string, unknown>): OpenIntent | null {
  const body = JSON.parse(String(row.body));
  const change = plannedChange.safeParse(body.change);
  if (!change.success) return null;
  return {
    ...body,
    change: change.data,
    sequence: Number(row.sequence),
    owner: JSON.parse(String(row.owner)),
    at: Number(row.at),
  };
}

/** Intents without an outcome that nobody is working on any more. A live server's running change is not among them. */
export function openIntents(ledger: Ledger, now: number, staleMs = STALE_MS): OpenIntent[] {
  const open = ledger.read((db) =>
    db
      .prepare('SELECT * FROM intents WHERE settled IS NULL ORDER BY sequence')
      .all()
      .map(openFrom)
      .filter((intent) => intent !== null),
  );
  return open.filter((intent) => isAbandoned(intent, now, staleMs));
}

function isAbandoned(intent: OpenIntent, now: number, staleMs: number): boolean {
  switch (ownerState(intent.owner)) {
    case 'alive':
      return false;
    case 'gone':
      return true;
    case 'unsure':
      return now - intent.at > staleMs;
  }
}

function findingOf(intent: OpenIntent, seen: Seen[]): string {
  const where = seen.length > 0 ? seenInWords(seen) : 'nothing was seen of what it was for';
  const done = seen.length > 0 && seen.every((one) => one.result === 'done');
  const moving = seen.some((one) => one.result === 'in_progress');
  const tool = plain(intent.change.tool);
  if (done) return `${tool} seems to have happened: ${where}.`;
  if (moving) return `${tool} seems to be under way: ${where}.`;
  return `${tool} is not seen to have happened: ${where}.`;
}

/** Null when somebody else has settled it meanwhile. */
function record(ledger: Ledger, now: number, intent: OpenIntent, seen: Seen[], finding: string): boolean {
  return ledger.write((db) => {
    const still = db
      .prepare('SELECT 1 FROM intents WHERE sequence = ? AND settled IS NULL')
      .get(intent.sequence);
    if (!still) return false;
    const found = appendEntry(db, {
      now,
      session: intent.session,
      event: 'found',
      subject: intent.subject,
      detail: { intent: intent.sequence, tool: intent.change.tool, finding, seen },
    });
    db.prepare('UPDATE intents SET settled = ? WHERE sequence = ?').run(found, intent.sequence);
    if (intent.by === 'proposal') {
      settleClaim(db, { proposal: intent.subject, step: intent.step, state: 'unknown', seen });
    }
    return true;
  });
}

async function recoverOne(ledger: Ledger, lookUp: LookUp, clock: () => number, intent: OpenIntent) {
  const { sequence, change } = intent;
  const told = (finding: string): Recovered => ({ sequence, tool: change.tool, finding });
  let seen: Seen[] | null;
  try {
    seen = await lookUp(change, intent);
  } catch (error) {
    const why = plain(error instanceof Error ? error.message : String(error));
    return told(
      `Whether it happened is not known: it could not be looked up (${why}). The next start tries again.`,
    );
  }
  if (!seen) return told('Whether it happened is not known: its account is not one of this server’s.');
  const finding = findingOf(intent, seen);
  return record(ledger, clock(), intent, seen, finding) ? told(finding) : null;
}

/**
 * At a server's start: looks up each change that a crash left between intent and outcome, and writes what was
 * found. Never repeats a change. One that cannot be looked up stays open. Throws `CallFailure` (`store`) when
 * the store cannot be read or written.
 */
export async function recoverOpenIntents(
  ledger: Ledger,
  lookUp: LookUp,
  clock: () => number,
): Promise<Recovered[]> {
  const recovered: Recovered[] = [];
  for (const intent of openIntents(ledger, clock())) {
    const one = await recoverOne(ledger, lookUp, clock, intent);
    if (one) recovered.push(one);
  }
  return recovered;
}
