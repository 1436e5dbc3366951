import type { TrailEvidence } from '../cloud/trail-evidence.ts';
import type { Seen } from '../tools/tool.ts';
import { appendEntry } from './audit.ts';
import { seenInWords } from './carry-out.ts';
import { settleClaim } from './claims.ts';
import type { Ledger } from './ledger.ts';
import { type Open, openIntents, type UnreadableIntent } from './open-intents.ts';
import { plain } from './outside-text.ts';
import type { OpenIntent } from './permit.ts';

/**
 * Looks at a change's targets in its account, and for its request in CloudTrail (null where the intent does not
 * say by whom and since when, or CloudTrail never has such a request); null where that is certainly no account of this server. Throws when it cannot be
 * looked at, and when it cannot be told whose account it is.
 */
export type LookUp = (
  change: OpenIntent['change'],
  at: OpenIntent,
) => Promise<{ seen: Seen[]; trail: TrailEvidence | null } | null>;

/** What a look at the account found of an intent that has no outcome. */
export type Recovered = { sequence: number; tool: string; at: string; finding: string };

/**
 * At a server's start: looks up each change that a crash left between intent and outcome, and writes what was
 * found. Never repeats a change. One that cannot be looked up stays open; one whose row cannot be read never
 * could be, so that is what is written. Each is reported, whatever becomes of the others. Throws `CallFailure`
 * (`store`) when the store cannot be read.
 */
export async function recoverOpenIntents(
  ledger: Ledger,
  lookUp: LookUp,
  clock: () => number,
): Promise<Recovered[]> {
  const recovered: Recovered[] = [];
  for (const open of openIntents(ledger, clock())) {
    const one = await recoverOne(ledger, lookUp, clock, open);
    if (one) recovered.push(one);
  }
  return recovered;
}

/** Null when somebody else has settled it meanwhile. */
async function recoverOne(
  ledger: Ledger,
  lookUp: LookUp,
  clock: () => number,
  open: Open,
): Promise<Recovered | null> {
  const { sequence } = open.intent;
  const at = new Date(open.intent.at).toISOString();
  const tool = plain(open.kind === 'intent' ? open.intent.change.tool : open.intent.tool);
  const told = (finding: string): Recovered => ({ sequence, tool, at, finding });
  const looked = open.kind === 'intent' ? await lookAt(open.intent, lookUp) : unreadable(open.intent);
  if (!looked.settles) return told(looked.finding);
  try {
    return record(ledger, clock(), open, looked) ? told(looked.finding) : null;
  } catch (error) {
    return told(`${looked.finding} This could not be written to the audit log: ${messageOf(error)}`);
  }
}

type Looked = { settles: boolean; finding: string; seen: Seen[] };

async function lookAt(intent: OpenIntent, lookUp: LookUp): Promise<Looked> {
  if (intent.keeps === false) return { settles: true, finding: STATE_LOST, seen: [] };
  try {
    const looked = await lookUp(intent.change, intent);
    if (looked) return judged(intent, looked.seen, looked.trail);
    const finding = 'Whether it happened is not known: its account is not one of this server’s.';
    return { settles: false, finding, seen: [] };
  } catch (error) {
    const finding = `Whether it happened is not known: it could not be looked up (${messageOf(error)}). The next start tries again.`;
    return { settles: false, finding, seen: [] };
  }
}

const STATE_LOST =
  'It was asked of a simulated account that keeps nothing: its state was lost with the process, and the change, if it happened, with it.';

/** Pure: what the state and CloudTrail tell together. CloudTrail, where it has the request, tells more than a state. */
function judged(intent: OpenIntent, seen: Seen[], trail: TrailEvidence | null): Looked {
  const where = seen.length > 0 ? seenInWords(seen) : 'nothing was seen of what it was for';
  const tool = plain(intent.change.tool);
  const settled = (finding: string): Looked => ({ settles: true, finding, seen });
  if (trail?.kind === 'found') {
    const { event, at, error } = trail;
    return settled(
      error === null
        ? `${tool} happened: CloudTrail has its ${event} of ${at}. Now ${where}.`
        : `${tool} did not happen: CloudTrail has its ${event} of ${at}, refused with ${plain(error)}. Now ${where}.`,
    );
  }
  if (stateTells(intent.change)) {
    const done = seen.length > 0 && seen.every((one) => one.result === 'done');
    const moving = seen.some((one) => one.result === 'in_progress');
    if (done) return settled(`${tool} seems to have happened: ${where}.`);
    if (moving) return settled(`${tool} seems to be under way: ${where}.`);
    return settled(`${tool} is not seen to have happened: ${where}.`);
  }
  const same = `the state is the same before and after it (${where})`;
  const cannot = `Whether ${tool} happened cannot be told: ${same}`;
  if (trail === null) return settled(`${cannot}, and there is nothing to look for in CloudTrail.`);
  if (trail.kind === 'unreadable')
    return settled(`${cannot}, and CloudTrail could not be read: ${plain(trail.why)}`);
  if (!trail.late)
    return settled(
      `${tool} is not seen to have happened: CloudTrail has no ${trail.event} of it. Now ${where}.`,
    );
  const yet = `Whether ${tool} happened cannot be told yet: ${same}, and CloudTrail, which can be 15 minutes late, has no ${trail.event} of it so far. The next start looks again.`;
  return { settles: false, finding: yet, seen };
}

/** Whether the goal differs from the state before, for every target: a reboot leaves an instance as it was. */
function stateTells({ targets }: OpenIntent['change']): boolean {
  return targets.every(({ was, becomes }) => Object.keys(becomes).some((key) => becomes[key] !== was[key]));
}

function unreadable({ sequence, what }: UnreadableIntent): Looked {
  const was = what === null ? `entry ${sequence} of the audit log` : what;
  const finding = `Whether it happened is not known: the store's record of ${was} cannot be read, so it could not be looked up. Look at the account.`;
  return { settles: true, finding, seen: [] };
}

/** False when somebody else has settled it meanwhile. */
function record(ledger: Ledger, now: number, { intent }: Open, { finding, seen }: Looked): boolean {
  const { sequence, session, subject } = intent;
  const tool = 'change' in intent ? intent.change.tool : intent.tool;
  return ledger.write((db) => {
    const still = db.prepare('SELECT 1 FROM intents WHERE sequence = ? AND settled IS NULL').get(sequence);
    if (!still) return false;
    const detail = { intent: sequence, tool, finding, seen };
    const found = appendEntry(db, { now, session, event: 'found', subject, detail });
    db.prepare('UPDATE intents SET settled = ? WHERE sequence = ?').run(found, sequence);
    // A standing grant's run has no claim.
    const claim = db.prepare('SELECT proposal, step FROM claims WHERE intent = ?').get(sequence);
    if (claim) {
      settleClaim(db, {
        proposal: String(claim.proposal),
        step: Number(claim.step),
        state: 'unknown',
        seen,
      });
    }
    return true;
  });
}

function messageOf(error: unknown): string {
  return plain(error instanceof Error ? error.message : String(error));
}
