import type { DatabaseSync } from 'node:sqlite';
import type { Failure, FailureCode } from '../contract/failure.ts';
import { type Grant, grant, type ProposalGrant, type StandingGrant } from '../contract/grant.ts';
import type { CallProposal, PlanProposal } from '../contract/proposal.ts';
import { type Approvers, signatureProblem } from './approvers.ts';
import { claimsOf, keptGrant } from './claims.ts';
import { forbiddenBy } from './forbidden.ts';
import { bindingProblem, mismatch, stateMoved, timeProblem } from './grant-check.ts';
import type { ChangeRequest } from './guard.ts';
import { serverIdOf } from './installation.ts';
import type { Permit } from './permit.ts';
import { stillUnderWay, turnOf } from './plan-steps.ts';
import type { Policy } from './policy.ts';
import {
  callKey,
  closeProposal,
  findProposal,
  grantedProposals,
  type Proposing,
  proposeCall,
  statusOf,
  waitingProposals,
} from './proposals.ts';
import { approveHint, changeInWords, refusal } from './refusal.ts';
import { findStanding, keepStanding, rateLeft, standingCovers, standingFor } from './standing.ts';

/** What the decision rests on; `db` is inside the one transaction that also claims. */
export type Deciding = {
  db: DatabaseSync;
  request: ChangeRequest;
  approvers: Approvers;
  policy: Policy;
  by: Proposing;
};

export type Decision = { kind: 'permit'; permit: Permit } | { kind: 'refuse'; failure: Failure };

function refuse(failure: Failure): Decision {
  return { kind: 'refuse', failure };
}

/** Whether this change may run now, and by which grant. Every road that is not a checked grant refuses. */
export function decide(on: Deciding): Decision {
  if (on.request.grant !== undefined && on.request.grant !== null) return decideByArrived(on);
  const standing = coveringStanding(on);
  const within = standing.find((held) => rateLeft(on.db, held, on.by.now) > 0);
  if (within) return { kind: 'permit', permit: { grant: within, step: 0 } };
  // A person's yes to this very call counts whatever has used a standing grant up.
  const submitted = decideBySubmitted(on);
  if (submitted) return submitted;
  const [spent] = standing;
  return spent ? outOfRate(on, spent) : ask(on);
}

function decideByArrived(on: Deciding): Decision {
  const parsed = grant.safeParse(on.request.grant);
  if (!parsed.success) {
    return refuse(refusal('grant_invalid', 'What came with the call is not a grant. Nothing was run.'));
  }
  const forged = signatureProblem(parsed.data, on.approvers);
  if (forged) return refuse(refusal('grant_invalid', `The grant does not count. ${forged} Nothing was run.`));
  return parsed.data.kind === 'proposal'
    ? redeem(on, parsed.data, on.request.step ?? undefined)
    : redeemStanding(on, parsed.data);
}

/** `held`: a proposal grant whose signature was checked. */
function redeem(on: Deciding, held: ProposalGrant, step: unknown): Decision {
  const kept = findProposal(on.db, held.proposal);
  if (!kept) {
    return refuse(
      refusal('grant_invalid', `No proposal ${held.proposal.slice(0, 20)} was made here. Nothing was run.`),
    );
  }
  const unbound = bindingProblem(held, kept.proposal, { now: on.by.now, server: serverIdOf(on.db) });
  if (unbound) return refuse(unbound);
  if (kept.closed === 'declined') {
    return refuse(refusal('grant_revoked', `Proposal ${kept.proposal.id} was declined. Nothing was run.`));
  }
  return kept.proposal.kind === 'plan'
    ? redeemStep(on, held, kept.proposal, { step, stopped: kept.closedWhy })
    : redeemCall(on, held, kept.proposal);
}

function redeemCall(on: Deciding, held: ProposalGrant, proposed: CallProposal): Decision {
  if (claimsOf(on.db, proposed.id).length > 0) {
    return refuse(
      refusal('grant_used', `Proposal ${proposed.id} was redeemed already. Nothing was run again.`, {
        hint: 'Send the call without a grant to have it proposed anew.',
      }),
    );
  }
  const other = mismatch(proposed, proposed, on.request);
  if (other) return refuse(other);
  const moved = stateMoved(proposed, on.request.change);
  if (moved) {
    const anew = proposeCall(on.db, on.request.change, on.request.origin, on.by);
    return refuse(
      refusal('state_moved', `Since it was approved, the state has moved (${moved}). Nothing was run.`, {
        hint: approveHint(anew, on.by.now),
        proposal: anew,
      }),
    );
  }
  return { kind: 'permit', permit: { grant: held, step: 0 } };
}

function redeemStep(
  on: Deciding,
  held: ProposalGrant,
  plan: PlanProposal,
  at: { step: unknown; stopped: string | null },
): Decision {
  if (on.request.origin.session !== plan.session) {
    return refuse(
      refusal('grant_mismatch', `Plan ${plan.id} was approved for another session. Nothing was run.`),
    );
  }
  if (at.stopped !== null) {
    return refuse(refusal('plan_stopped', `Plan ${plan.id} stopped: ${at.stopped}. Nothing was run.`));
  }
  const claims = claimsOf(on.db, plan.id);
  const turn = turnOf(plan, claims, at.step);
  if (turn.kind === 'no') return refuse(turn.failure);
  const other = mismatch(turn.change, plan, on.request);
  if (other) return refuse(other);
  const sweep = planForbidden(on, plan);
  if (sweep) return refuse(sweep);
  const moved = stateMoved(turn.change, on.request.change);
  if (!moved) return { kind: 'permit', permit: { grant: held, step: turn.step } };
  if (stillUnderWay(turn.change, claims)) {
    return refuse(
      refusal(
        'invalid_state',
        `Step ${turn.step + 1} of plan ${plan.id} has to wait (${moved}). Nothing was run.`,
        {
          hint: 'An earlier step is still on its way. Send the same call again when it is done.',
        },
      ),
    );
  }
  const why = `step ${turn.step + 1} would not start from the state it was approved for (${moved})`;
  closeProposal(on.db, plan.id, 'stopped', why);
  return refuse(
    refusal('plan_stopped', `Plan ${plan.id} stopped: ${why}. Nothing was run.`, {
      hint: 'Look at the account, and propose the rest anew.',
    }),
  );
}

/** The whole plan against today's rules: the policy may be stricter than when it was proposed. */
function planForbidden(on: Deciding, plan: PlanProposal): Failure | null {
  const kinds = new Set(on.request.change.targets.map((target) => target.kind));
  const steps = plan.steps.map((change) => ({
    change,
    spellings: [],
    // Only this step's kind was counted just now.
    population: change.targets.every((target) => kinds.has(target.kind))
      ? on.request.population
      : Number.POSITIVE_INFINITY,
    protectedHere: on.request.protectedHere,
  }));
  const forbidden = forbiddenBy(steps, on.policy);
  if (!forbidden) return null;
  return refusal('forbidden', forbidden.message, { hint: forbidden.hint, rule: forbidden.rule });
}

/** `held`: a standing grant whose signature was checked, that came with the call. */
function redeemStanding(on: Deciding, held: StandingGrant): Decision {
  const kept = keepStanding(on.db, held, on.request.origin.session, on.by.now);
  if (kept) return refuse(kept);
  if (!standingCovers(held, on.request)) {
    const why =
      on.request.change.risk === 'change'
        ? 'this call is not the one it was signed for'
        : 'a destructive call needs a person each time';
    return refuse(
      refusal('grant_mismatch', `Standing grant ${held.id} does not help: ${why}. Nothing was run.`),
    );
  }
  if (rateLeft(on.db, held, on.by.now) > 0) return { kind: 'permit', permit: { grant: held, step: 0 } };
  return outOfRate(on, held);
}

function outOfRate(on: Deciding, held: StandingGrant): Decision {
  const asked = proposeCall(on.db, on.request.change, on.request.origin, on.by);
  return refuse(
    refusal(
      'grant_rate_exceeded',
      `Standing grant ${held.id} allows ${held.rate.count} runs in ${held.rate.seconds} seconds, and they are used up. Nothing was run.`,
      { hint: `Wait, or: ${approveHint(asked, on.by.now)}`, proposal: asked },
    ),
  );
}

/** The kept standing grants that are for this very call and count now. */
function coveringStanding(on: Deciding): StandingGrant[] {
  if (on.request.change.risk !== 'change') return [];
  return standingFor(on.db, on.request.change.tool).filter(
    (held) =>
      standingCovers(held, on.request) &&
      !timeProblem(held, on.by.now, 'It') &&
      !signatureProblem(held, on.approvers),
  );
}

/** A kept grant that counts no more stands in nobody's way: the call is asked about anew. */
const COUNTS_NO_MORE: readonly FailureCode[] = ['grant_invalid', 'grant_expired'];

/** A grant that was submitted beforehand, for exactly this call of this session. */
function decideBySubmitted(on: Deciding): Decision | null {
  const { change, origin } = on.request;
  const key = callKey(change, origin);
  for (const kept of grantedProposals(on.db, origin.session, on.by.now)) {
    const held = keptGrant(on.db, kept.proposal.id);
    if (!held || statusOf(on.db, kept, on.by.now) !== 'approved') continue;
    const turn =
      kept.proposal.kind === 'call'
        ? kept.proposal
        : kept.proposal.steps[claimsOf(on.db, kept.proposal.id).length];
    if (!turn || callKey(turn, kept.proposal) !== key) continue;
    const decision = decideByHeld(on, held);
    if (decision.kind === 'refuse' && COUNTS_NO_MORE.includes(decision.failure.code)) continue;
    return decision;
  }
  return null;
}

/** What lay in the store is checked like what arrives. */
function decideByHeld(on: Deciding, held: Grant): Decision {
  return decideByArrived({ ...on, request: { ...on.request, grant: held, step: undefined } });
}

/** More than a person could read; a client that asks for more is not asking a person. */
const MOST_WAITING = 200;

function ask(on: Deciding): Decision {
  if (waitingProposals(on.db, on.request.origin.session, on.by.now) >= MOST_WAITING) {
    return refuse(
      refusal(
        'rejected',
        `${MOST_WAITING} proposals of this session wait for an answer already. Nothing was run.`,
        {
          hint: 'See them with `aiops approvals`; decline them, or wait until they end.',
        },
      ),
    );
  }
  const asked = proposeCall(on.db, on.request.change, on.request.origin, on.by);
  return refuse(
    refusal(
      'approval_required',
      `${changeInWords(on.request.change)} is ${asked.risk === 'destructive' ? 'destructive' : 'a change'} and needs a person's approval. Nothing was run.`,
      { hint: approveHint(asked, on.by.now), proposal: asked },
    ),
  );
}

/** The subject a refused grant claimed to be for; only for the audit log. */
export function claimedSubject(held: unknown, db: DatabaseSync): string | null {
  const parsed = grant.safeParse(held);
  if (!parsed.success) return null;
  if (parsed.data.kind === 'standing') return findStanding(db, parsed.data.id)?.grant.id ?? null;
  return findProposal(db, parsed.data.proposal)?.proposal.id ?? null;
}
