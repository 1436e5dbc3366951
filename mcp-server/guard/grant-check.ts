import { canonicalJson } from '../contract/canonical.ts';
import type { Failure } from '../contract/failure.ts';
import type { ProposalGrant } from '../contract/grant.ts';
import { type PlannedChange, type Proposal, proposalDigest, type Target } from '../contract/proposal.ts';
import type { Origin } from './guard.ts';
import { refusal } from './refusal.ts';

/** How far two clocks of one person may differ, in milliseconds. */
const CLOCK_TOLERANCE_MS = 60_000;

export function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** A clock behind what the store has already seen would bring expired grants back to life. */
export function clockProblem(now: number, latestSeen: number, folder: string): Failure | null {
  if (now >= latestSeen - CLOCK_TOLERANCE_MS) return null;
  return refusal(
    'clock_moved_back',
    `The clock reads ${new Date(now).toISOString()}, but the audit log already has ${new Date(latestSeen).toISOString()}: it was set back, so no expiry can be trusted. Nothing was run.`,
    {
      hint: `Set the clock right and ask again. If it was wrong before and is right now, move guard.db and audit.head out of ${folder}; that ends all open proposals and grants.`,
    },
  );
}

/** Expiry and issue of anything signed. `expires_at` is the last moment that counts. */
export function timeProblem(
  of: { issued_at: string; expires_at: string },
  now: number,
  what: string,
): Failure | null {
  if (now > Date.parse(of.expires_at)) {
    return refusal('grant_expired', `${what} ended at ${of.expires_at}. Nothing was run.`, {
      hint: 'Send the call again without a grant, and approve the new proposal.',
    });
  }
  if (Date.parse(of.issued_at) > now + CLOCK_TOLERANCE_MS) {
    return refusal(
      'grant_invalid',
      `${what} says it was signed in the future (${of.issued_at}). Nothing was run.`,
      {
        hint: 'Compare the clocks of the two machines.',
      },
    );
  }
  return null;
}

/** The proposal is what was signed, still counts, and was made here for this session. */
export function bindingProblem(
  grant: ProposalGrant,
  proposed: Proposal,
  at: { now: number; server: string },
): Failure | null {
  const digest = proposalDigest(proposed);
  if (digest !== proposed.digest) {
    return refusal(
      'grant_invalid',
      `Proposal ${proposed.id} was altered after it was made. Nothing was run.`,
      {
        hint: 'See: aiops audit verify',
      },
    );
  }
  if (grant.digest !== digest) {
    return refusal(
      'grant_mismatch',
      `The grant was signed for something else than proposal ${proposed.id} holds. Nothing was run.`,
    );
  }
  if (proposed.server !== at.server) {
    return refusal('grant_mismatch', 'The proposal was made by another installation. Nothing was run.');
  }
  if (grant.session !== proposed.session) {
    return refusal(
      'grant_mismatch',
      'The grant is bound to another session than its proposal. Nothing was run.',
    );
  }
  return (
    timeProblem(grant, at.now, 'The grant') ??
    timeProblem(
      { issued_at: proposed.created_at, expires_at: proposed.expires_at },
      at.now,
      `Proposal ${proposed.id}`,
    )
  );
}

const PLACES = ['session', 'backend', 'identity', 'account', 'region'] as const;

/** The call that arrived is the one that was approved: tool, arguments, place, caller, session. */
export function mismatch(
  approved: PlannedChange,
  proposed: Proposal,
  asked: { change: PlannedChange; origin: Origin },
): Failure | null {
  const differing = [
    ...PLACES.filter((place) => !same(proposed[place], asked.origin[place])),
    ...(['tool', 'arguments'] as const).filter((part) => !same(approved[part], asked.change[part])),
  ];
  if (differing.length === 0) return null;
  return refusal(
    'grant_mismatch',
    `Proposal ${proposed.id} was approved for another ${differing.join(' and ')} than this call has. Nothing was run.`,
    { hint: 'Send the call again without a grant to have it proposed as it is.' },
  );
}

function targetMoved(was: Target, is: Target | undefined): string | null {
  if (!is || was.id !== is.id) return `${was.id} is no longer what the call means`;
  const names = new Set([...Object.keys(was.was), ...Object.keys(is.was)]);
  const moved = [...names].filter((name) => was.was[name] !== is.was[name]);
  if (moved.length > 0) {
    const told = moved.map((name) => `${name} was ${String(was.was[name])}, is ${String(is.was[name])}`);
    return `${was.id}: ${told.join('; ')}`;
  }
  return same(was.becomes, is.becomes) ? null : `${was.id} would end up otherwise than shown`;
}

/** What differs between the state that was approved and the state now, in words; null when nothing does. */
export function stateMoved(approved: PlannedChange, now: PlannedChange): string | null {
  for (const [at, was] of approved.targets.entries()) {
    const moved = targetMoved(was, now.targets[at]);
    if (moved) return moved;
  }
  if (now.targets.length !== approved.targets.length) return 'more resources would be touched than shown';
  if (approved.risk !== now.risk || approved.irreversible !== now.irreversible) {
    return 'it would be graver than shown';
  }
  const shown = new Set(approved.blast_radius.affected.map((affected) => affected.id));
  const newly = now.blast_radius.affected.find((affected) => !shown.has(affected.id));
  return newly ? `${newly.id} would now feel it too` : null;
}
