import type { DatabaseSync } from 'node:sqlite';
import { grantDigest, type ProposalGrant, proposalGrant } from '../contract/grant.ts';
import type { Seen } from '../tools/tool.ts';

type ClaimState = 'running' | 'done' | 'failed' | 'unknown';
export type Claim = { step: number; state: ClaimState; seen: Seen[] };

const CLAIM_STATES: readonly string[] = ['running', 'done', 'failed', 'unknown'] satisfies ClaimState[];

function isClaimState(text: unknown): text is ClaimState {
  return typeof text === 'string' && CLAIM_STATES.includes(text);
}

/** The redeemed steps of a proposal, in order. */
export function claimsOf(db: DatabaseSync, proposal: string): Claim[] {
  return db
    .prepare('SELECT step, state, seen FROM claims WHERE proposal = ? ORDER BY step')
    .all(proposal)
    .map((row) => ({
      step: Number(row.step),
      state: isClaimState(row.state) ? row.state : 'unknown',
      seen: typeof row.seen === 'string' ? (JSON.parse(row.seen) as Seen[]) : [],
    }));
}

/** Fails on the primary key when somebody else has the step. */
export function insertClaim(
  db: DatabaseSync,
  of: { proposal: string; step: number; grant: string; intent: number },
): void {
  db.prepare(
    "INSERT INTO claims (proposal, step, grant_digest, intent, state) VALUES (?, ?, ?, ?, 'running')",
  ).run(of.proposal, of.step, of.grant, of.intent);
}

export function settleClaim(
  db: DatabaseSync,
  of: { proposal: string; step: number; state: Exclude<ClaimState, 'running'>; seen: Seen[] },
): void {
  db.prepare('UPDATE claims SET state = ?, seen = ? WHERE proposal = ? AND step = ?').run(
    of.state,
    JSON.stringify(of.seen),
    of.proposal,
    of.step,
  );
}

/** Keeps a checked grant, so that its session's same call runs with it. True when it was not known yet. */
export function keepGrant(db: DatabaseSync, of: ProposalGrant, now: number): boolean {
  const { changes } = db
    .prepare('INSERT OR IGNORE INTO grants VALUES (?, ?, ?, ?, ?)')
    .run(grantDigest(of), of.proposal, of.session, JSON.stringify(of), now);
  return Number(changes) > 0;
}

/** The newest grant kept for a proposal. Whoever redeems it checks it again. */
export function keptGrant(db: DatabaseSync, proposal: string): ProposalGrant | null {
  const row = db
    .prepare('SELECT body FROM grants WHERE proposal = ? ORDER BY received_at DESC, rowid DESC LIMIT 1')
    .get(proposal);
  return row ? (proposalGrant.safeParse(JSON.parse(String(row.body))).data ?? null) : null;
}
