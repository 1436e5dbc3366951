import type { Failure } from '../contract/failure.ts';
import type { Facts, PlannedChange, PlanProposal } from '../contract/proposal.ts';
import type { Claim } from './claims.ts';
import { plain } from './outside-text.ts';
import { refusal } from './refusal.ts';

type State = { kind: string; id: string; facts: Facts };

/** A group and a service may be called the same. */
function isSame(a: { kind: string; id: string }, b: { kind: string; id: string }): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/**
 * Facts as they should be once the earlier steps are done: each step's `becomes` laid over what was seen, as far
 * as both speak of the same. A tool does not look at everything that another one changes.
 */
export function expectedFacts<Of extends State>(states: Of[], earlier: PlannedChange[]): Of[] {
  const targets = earlier.flatMap((step) => step.targets);
  return states.map((state) => {
    const left = targets
      .filter((target) => isSame(target, state))
      .flatMap(({ becomes }) => Object.entries(becomes));
    const seen = left.filter(([name]) => Object.hasOwn(state.facts, name));
    return { ...state, facts: { ...state.facts, ...Object.fromEntries(seen) } };
  });
}

/** Why the steps are not one story, in a sentence: a step must start where the one before it on the same target ends. */
export function planProblem(steps: PlannedChange[]): string | null {
  const left = new Map<string, Facts>();
  for (const [at, step] of steps.entries()) {
    for (const target of step.targets) {
      const key = JSON.stringify([target.kind, target.id]);
      const expected = left.get(key);
      if (expected && !agree(expected, target.was)) {
        return `Step ${at + 1} does not start where the steps before it leave ${plain(target.id)}.`;
      }
      left.set(key, { ...expected, ...target.was, ...target.becomes });
    }
  }
  return null;
}

/** On the facts that both have. */
function agree(expected: Facts, was: Facts): boolean {
  const both = Object.keys(was).filter((name) => Object.hasOwn(expected, name));
  return both.every((name) => expected[name] === was[name]);
}

export type Turn = { kind: 'turn'; step: number; change: PlannedChange } | { kind: 'no'; failure: Failure };

function no(code: Failure['code'], message: string): Turn {
  return { kind: 'no', failure: refusal(code, message) };
}

/** Which step of a plan is next. `asked`: the step the call says it is, where it says so. */
export function turnOf(plan: PlanProposal, claims: Claim[], asked: unknown): Turn {
  const step = claims.length;
  if (asked !== undefined && (!Number.isInteger(asked) || Number(asked) < 0)) {
    return no('grant_mismatch', 'The step is not a number from 0. Nothing was run.');
  }
  if (asked !== undefined && Number(asked) < step) {
    return no(
      'grant_used',
      `Step ${Number(asked) + 1} of plan ${plan.id} was redeemed already. Nothing was run again.`,
    );
  }
  const stopped = claims.find((claim) => claim.state !== 'done');
  if (stopped) {
    const why = stopped.state === 'running' ? 'is not finished' : 'did not succeed';
    return no(
      'plan_stopped',
      `Plan ${plan.id} cannot go on: step ${stopped.step + 1} ${why}. Nothing was run.`,
    );
  }
  const change = plan.steps[step];
  if (!change) return no('grant_used', `All steps of plan ${plan.id} have run. Nothing was run again.`);
  if (asked !== undefined && asked !== step) {
    return no(
      'grant_mismatch',
      `Step ${step + 1} of plan ${plan.id} is next, not ${Number(asked) + 1}. Nothing was run.`,
    );
  }
  return { kind: 'turn', step, change };
}

/** Whether a state that does not fit yet may still come: an earlier step on the same target was on its way. */
export function stillUnderWay(change: PlannedChange, claims: Claim[]): boolean {
  const wanted = new Set(change.targets.map((target) => target.id));
  return claims.some((claim) =>
    claim.seen.some((seen) => wanted.has(seen.id) && seen.result === 'in_progress'),
  );
}
