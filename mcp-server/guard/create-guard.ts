import { CallFailure } from '../cloud/call-failure.ts';
import type { Failure } from '../contract/failure.ts';
import { plannedChange } from '../contract/proposal.ts';
import type { Approvers } from './approvers.ts';
import { carryOut } from './carry-out.ts';
import { claimedSubject, type Decision, decide } from './decide.ts';
import { forbiddenBy } from './forbidden.ts';
import { clockProblem } from './grant-check.ts';
import type { ChangeOutcome, ChangeRequest, Guard } from './guard.ts';
import { latestTimeSeen } from './installation.ts';
import type { Ledger } from './ledger.ts';
import { riskProblem } from './lighter-than-gravest.ts';
import { type Claimed, claim } from './permit.ts';
import type { LoadedPolicy, Policy } from './policy.ts';
import { auditRefusal, refusal, type Tried } from './refusal.ts';

export type GuardParts = {
  ledger: Ledger;
  approvers: Approvers;
  policy: LoadedPolicy;
  /** Real time in milliseconds since 1970, also where the account has a clock of its own: grants end in real time. */
  clock: () => number;
  random: (bytes: number) => Buffer;
};

/** What the rules say before any grant is looked at. Pure. */
export function screen(request: ChangeRequest, loaded: LoadedPolicy): Failure | null {
  if (!loaded.ok) {
    return refusal(
      'configuration',
      `The configuration did not load, so nothing may change: ${loaded.problem}`,
      {
        hint: 'Mend the configuration, then start again.',
      },
    );
  }
  if (loaded.policy.readOnly) {
    return refusal('read_only', 'This server only reads: nothing may change.', {
      hint: 'Start it without --read-only (and without read_only in the configuration) to allow changes.',
    });
  }
  const unchecked = uncheckable(request);
  if (unchecked) return refusal('unchecked', `${unchecked} What cannot be checked is not run.`);
  return forbidden(request, loaded.policy);
}

function uncheckable(request: ChangeRequest): string | null {
  const parsed = plannedChange.safeParse(request.change);
  if (!parsed.success) return 'The change is not described as it has to be.';
  if (request.spellings.length !== request.change.targets.length) {
    return 'Not every target came with the names it goes by.';
  }
  if (!Number.isInteger(request.population) || request.population < 0) {
    return 'How many resources the account holds is not known.';
  }
  return riskProblem(parsed.data);
}

function forbidden(request: ChangeRequest, policy: Policy): Failure | null {
  const found = forbiddenBy([request], policy);
  if (!found) return null;
  return refusal('forbidden', `${found.message} Nothing was run.`, { hint: found.hint, rule: found.rule });
}

function triedBy(request: ChangeRequest, subject: string | null): Tried {
  return {
    origin: request.origin,
    tool: request.change.tool,
    arguments: request.change.arguments,
    targets: request.change.targets.map((target) => target.id),
    subject,
    ...(typeof request.step === 'number' && { step: request.step }),
  };
}

/** Refused by a rule: that stands also when it cannot be written down. */
function refusedOutright(parts: GuardParts, request: ChangeRequest, failure: Failure): ChangeOutcome {
  try {
    parts.ledger.write((db) => auditRefusal(db, parts.clock(), triedBy(request, null), failure));
    return { kind: 'not_changed', failure };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint = `${failure.hint ?? ''} (The refusal itself could not be logged: ${why})`.trim();
    return { kind: 'not_changed', failure: { ...failure, hint } };
  }
}

type Settled = { kind: 'claimed'; claimed: Claimed } | { kind: 'refused'; failure: Failure };

/** Checks, claims and writes the intent, or writes the refusal: one immediate transaction. */
function settle(parts: GuardParts, policy: Policy, request: ChangeRequest): Settled {
  return parts.ledger.write((db): Settled => {
    const now = parts.clock();
    const by = { now, random: parts.random, approvalSeconds: policy.approvalSeconds };
    const decision = ((): Decision => {
      const clock = clockProblem(now, latestTimeSeen(db), parts.ledger.folder);
      if (clock) return { kind: 'refuse', failure: clock };
      try {
        return decide({ db, request, approvers: parts.approvers, policy, by });
      } catch (error) {
        // Approvers that cannot be trusted are a refusal; a store that fails ends the transaction.
        if (error instanceof CallFailure && error.failure.code !== 'store') {
          return { kind: 'refuse', failure: error.failure };
        }
        throw error;
      }
    })();
    if (decision.kind === 'permit')
      return { kind: 'claimed', claimed: claim(db, request, decision.permit, now) };
    const { failure } = decision;
    // A call that is merely asked about is in the log as its proposal.
    if (failure.code !== 'approval_required') {
      auditRefusal(db, now, triedBy(request, claimedSubject(request.grant, db)), failure);
    }
    return { kind: 'refused', failure };
  });
}

function failureOf(error: unknown): Failure {
  if (error instanceof CallFailure) {
    return { ...error.failure, message: `${error.failure.message} Nothing was run.` };
  }
  const why = error instanceof Error ? error.message : String(error);
  return refusal('internal', `The guard itself failed (${why}). Nothing was run.`);
}

export function createGuard(parts: GuardParts): Guard {
  return {
    run: async (request) => {
      const refused = screen(request, parts.policy);
      if (refused || !parts.policy.ok) {
        return refusedOutright(parts, request, refused ?? refusal('configuration', 'No policy is loaded.'));
      }
      let settled: Settled;
      try {
        settled = settle(parts, parts.policy.policy, request);
      } catch (error) {
        return { kind: 'not_changed', failure: failureOf(error) };
      }
      if (settled.kind === 'refused') return { kind: 'not_changed', failure: settled.failure };
      return carryOut(parts.ledger, parts.clock, request, settled.claimed);
    },
  };
}
