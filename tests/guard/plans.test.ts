import { expect, it } from 'vitest';
import { CallFailure } from '../../mcp-server/cloud/call-failure.ts';
import type { Facts, PlannedChange, PlanProposal } from '../../mcp-server/contract/proposal.ts';
import type { Judged } from '../../mcp-server/guard/forbidden.ts';
import { expectedFacts } from '../../mcp-server/guard/plan-steps.ts';
import { Bench, failed, grantFor, instanceChange, ORIGIN, POLICY, request, seenOf } from './bench.ts';

function judged(change: PlannedChange): Judged {
  return { change, spellings: change.targets.map(({ id }) => [id]), population: 10, protectedHere: [] };
}

function withFacts(change: PlannedChange, was: Facts): PlannedChange {
  return { ...change, targets: change.targets.map((target) => ({ ...target, was })) };
}

const STOP = instanceChange('stop_instances');
const START_AGAIN = withFacts(instanceChange('start_instances'), { state: 'stopped', type: 't3.micro' });
const OTHER = instanceChange('stop_instances', ['web-2']);

function planned(bench: Bench, steps = [STOP, START_AGAIN, OTHER]): PlanProposal {
  return bench.desk().proposePlan({ origin: ORIGIN, steps: steps.map(judged) });
}

function refusedPlan(bench: Bench, steps: Judged[]): CallFailure {
  try {
    bench.desk().proposePlan({ origin: ORIGIN, steps });
  } catch (error) {
    if (error instanceof CallFailure) return error;
    throw error;
  }
  throw new Error('proposed');
}

it('a plan runs step by step under one grant, and is then used up', async () => {
  using bench = new Bench();
  const plan = planned(bench);
  const grant = grantFor(bench.person, plan);
  for (const [step, change] of plan.steps.entries()) {
    const asked = request(change, { grant, step });
    expect((await bench.run(asked)).kind).toBe('changed');
    expect(asked.attempts).toHaveLength(1);
  }
  expect(bench.desk().proposals({ id: plan.id })[0]?.status).toBe('used');
  const again = request(STOP, { grant, step: 0 });
  expect(failed(await bench.run(again)).code).toBe('grant_used');
  const beyond = request(STOP, { grant, step: 3 });
  expect(failed(await bench.run(beyond)).code).toBe('grant_used');
  expect([...again.attempts, ...beyond.attempts]).toEqual([]);
  expect(bench.story()).toEqual([
    'proposed',
    'approved',
    ...['intent', 'outcome done', 'intent', 'outcome done', 'intent', 'outcome done'],
    'refused grant_used',
    'refused grant_used',
  ]);
});

it('a submitted plan grant lets the session’s next step run without `_meta`', async () => {
  using bench = new Bench();
  const plan = planned(bench);
  bench.desk().submitGrant(grantFor(bench.person, plan), 'terminal');
  expect(failed(await bench.run(request(OTHER))).code).toBe('approval_required'); // it is third, not next
  expect((await bench.run(request(STOP))).kind).toBe('changed');
  expect((await bench.run(request(START_AGAIN))).kind).toBe('changed');
  expect((await bench.run(request(OTHER))).kind).toBe('changed');
});

it.each([
  ['the second first', 1, START_AGAIN, 'grant_mismatch'],
  ['another call at its turn', 0, OTHER, 'grant_mismatch'],
  ['a step that is no number', 'first', STOP, 'grant_mismatch'],
  ['a step before the first', -1, STOP, 'grant_mismatch'],
])('a plan’s order holds: %s', async (_, step, change, code) => {
  using bench = new Bench();
  const grant = grantFor(bench.person, planned(bench));
  const asked = request(change, { grant, step });
  expect(failed(await bench.run(asked)).code).toBe(code);
  expect(asked.attempts).toEqual([]);
  expect(bench.story()).toEqual(['proposed', `refused ${code}`]);
  expect((await bench.run(request(STOP, { grant, step: 0 }))).kind).toBe('changed');
});

it('a plan of another session is of no use, and is not stopped by trying', async () => {
  using bench = new Bench();
  const grant = grantFor(bench.person, planned(bench));
  const foreign = request(STOP, { grant, step: 0, origin: { ...ORIGIN, session: 'session-two' } });
  expect(failed(await bench.run(foreign)).code).toBe('grant_mismatch');
  expect(foreign.attempts).toEqual([]);
  expect((await bench.run(request(STOP, { grant, step: 0 }))).kind).toBe('changed');
});

it('a plan stops at the first step whose state is not the expected one', async () => {
  using bench = new Bench();
  const plan = planned(bench);
  const grant = grantFor(bench.person, plan);
  await bench.run(request(STOP, { grant, step: 0 }));
  const moved = withFacts(START_AGAIN, { state: 'stopped', type: 'm7i.large' });
  const asked = request(moved, { grant, step: 1 });
  expect(failed(await bench.run(asked))).toMatchObject({ code: 'plan_stopped', nothing_changed: true });
  const then = request(START_AGAIN, { grant, step: 1 });
  expect(failed(await bench.run(then)).code).toBe('plan_stopped');
  expect([...asked.attempts, ...then.attempts]).toEqual([]);
  expect(bench.desk().proposals({ id: plan.id })[0]?.status).toBe('stopped');
  expect(bench.story().slice(4)).toEqual(['refused plan_stopped', 'refused plan_stopped']);
});

it('a plan waits, and does not stop, while an earlier step on the same resource is on its way', async () => {
  using bench = new Bench();
  const grant = grantFor(bench.person, planned(bench));
  await bench.run(request(STOP, { grant, step: 0, verify: async () => seenOf(STOP, 'in_progress') }));
  const early = request(withFacts(START_AGAIN, { state: 'stopping', type: 't3.micro' }), { grant, step: 1 });
  expect(failed(await bench.run(early)).code).toBe('invalid_state');
  expect(early.attempts).toEqual([]);
  expect((await bench.run(request(START_AGAIN, { grant, step: 1 }))).kind).toBe('changed');
});

it.each([
  ['AWS refused', Object.assign(new Error('no'), { $metadata: { httpStatusCode: 400 } })],
  ['AWS did not answer', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
])('a plan stops at a step that did not succeed: %s', async (_, error) => {
  using bench = new Bench();
  const grant = grantFor(bench.person, planned(bench));
  const failing = request(STOP, {
    grant,
    step: 0,
    attempt: async () => {
      throw error;
    },
  });
  failed(await bench.run(failing));
  const next = request(START_AGAIN, { grant, step: 1 });
  expect(failed(await bench.run(next)).code).toBe('plan_stopped');
  expect(next.attempts).toEqual([]);
});

it('a plan is not proposed when its steps do not follow from each other, or are a sweep, or hide their risk', async () => {
  using bench = new Bench();
  const loose = [STOP, instanceChange('stop_instances')].map(judged);
  const namesake = { ...STOP, targets: STOP.targets.map((target) => ({ ...target, kind: 'group' })) };
  expect(
    bench.desk().proposePlan({ origin: ORIGIN, steps: [STOP, namesake].map(judged) }).steps,
  ).toHaveLength(2);
  expect(refusedPlan(bench, loose).failure.code).toBe('unchecked');
  const sweep = ['a', 'b', 'c', 'd'].map((name) => judged(instanceChange('stop_instances', [name])));
  expect(refusedPlan(bench, sweep).failure).toMatchObject({ code: 'forbidden', rule: 'max_targets' });
  const hidden = [judged({ ...STOP, risk: 'change' })];
  expect(refusedPlan(bench, hidden).failure.code).toBe('unchecked');
  expect(bench.story()).toEqual(['proposed', 'refused unchecked', 'refused forbidden', 'refused unchecked']);
});

it('a plan that today’s policy forbids as a whole does not begin', async () => {
  using bench = new Bench();
  const plan = planned(bench);
  const grant = grantFor(bench.person, plan);
  bench.policy = { ok: true, policy: { ...POLICY, maxTargets: 1 } };
  const asked = request(STOP, { grant, step: 0 });
  expect(failed(await bench.run(asked)).code).toBe('forbidden');
  expect(asked.attempts).toEqual([]);
});

it('expected facts are what the earlier steps leave', () => {
  const now = [{ kind: 'instance', id: 'i-web-1', facts: { state: 'running', type: 't3.micro' } }];
  expect(expectedFacts(now, [STOP])[0]?.facts).toEqual({ state: 'stopped', type: 't3.micro' });
  expect(expectedFacts(now, [STOP, START_AGAIN])[0]?.facts).toEqual({ state: 'running', type: 't3.micro' });
  expect(expectedFacts(now, [OTHER])[0]?.facts).toEqual(now[0]?.facts);
  const namesake = [{ kind: 'service', id: 'i-web-1', facts: { state: 'running' } }];
  expect(expectedFacts(namesake, [STOP])[0]?.facts).toEqual({ state: 'running' });
});
