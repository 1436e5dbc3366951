import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf } from './kit/account-file.ts';
import type { AttackClient } from './kit/mcp-client.ts';
import { Scene } from './kit/scene.ts';
import { expectNothingRan } from './kit/seen.ts';

// One yes for a list of calls: out of order, skipped, repeated, longer than it was.

let scene: Scene;
let client: AttackClient;
beforeAll(async () => {
  scene = new Scene();
  client = await scene.server();
});
afterAll(() => scene[Symbol.asyncDispose]());

const reboot = (name: string) => ({ tool: 'reboot_instances', arguments: { instances: [name] } });
const start = (name: string) => ({ tool: 'start_instances', arguments: { instances: [name] } });

async function approvedPlan(...steps: { tool: string; arguments: { instances: string[] } }[]) {
  const grant = scene.person.approve(await client.proposedPlan(steps));
  const run = (at: number, step: unknown = at) =>
    client.call(steps[at]!.tool, steps[at]!.arguments, { grant, step });
  return { grant, run };
}

it('CONTROL: in order, each step once', async () => {
  const plan = await approvedPlan(reboot('web-1'), start('batch-1'));
  const seen = await scene.watch(client, async () => [(await plan.run(0)).code, (await plan.run(1)).code]);
  expect(seen.answer).toEqual(['done', 'done']);
  expect(seen.reached.map(({ event }) => event)).toEqual(['RebootInstances', 'StartInstances']);
  expect(seen.audit).toEqual(['approved', 'intent', 'outcome done', 'intent', 'outcome done']);
});

it('the second step first', async () => {
  const plan = await approvedPlan(reboot('web-2'), start('batch-2'));
  for (const step of [1, undefined]) {
    const seen = await scene.watch(client, () => plan.run(1, step));
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
  }
});

it('the second step, called the first', async () => {
  const plan = await approvedPlan(reboot('web-3'), start('batch-3'));
  const seen = await scene.watch(client, () => plan.run(1, 0));
  expect(seen.answer.code).toBe('grant_mismatch');
  expectNothingRan(seen);
  expect(seen.audit).toEqual(['refused grant_mismatch']);
});

it('a step left out', async () => {
  const plan = await approvedPlan(reboot('web-4'), reboot('web-5'), start('batch-4'));
  expect((await plan.run(0)).code).toBe('done');
  const seen = await scene.watch(client, () => plan.run(2));
  expect(seen.answer.code).toBe('grant_mismatch');
  expectNothingRan(seen);
  expect(seen.audit).toEqual(['refused grant_mismatch']);
});

it('a step again', async () => {
  const plan = await approvedPlan(reboot('web-6'), start('batch-5'));
  expect((await plan.run(0)).code).toBe('done');
  for (const step of [0, undefined]) {
    const seen = await scene.watch(client, () => plan.run(0, step));
    expect(['grant_used', 'grant_mismatch']).toContain(seen.answer.code);
    expectNothingRan(seen);
    expect(seen.audit).toEqual([`refused ${seen.answer.code}`]);
  }
});

it('a step more than the plan has', async () => {
  const plan = await approvedPlan(reboot('web-7'));
  expect((await plan.run(0)).code).toBe('done');
  const extra = { instances: ['web-8'] };
  const seen = await scene.watch(client, () =>
    client.call('reboot_instances', extra, { grant: plan.grant, step: 1 }),
  );
  expect(seen.answer.code).toBe('grant_used');
  expectNothingRan(seen);
  expect(seen.audit).toEqual(['refused grant_used']);
});

it.each([-1, 1.5, '0', null, [0], 1e21])('a step that is %j', async (step) => {
  const plan = await approvedPlan(reboot('web-9'), start('batch-6'));
  const seen = await scene.watch(client, () => plan.run(1, step));
  expect(seen.answer.code).toBe('grant_mismatch');
  expectNothingRan(seen);
  expect((await client.audit()).at(-1)?.event).toMatch(/refused|proposed/);
});

it('a step’s place taken by another target', async () => {
  const plan = await approvedPlan(reboot('web-10'), start('batch-7'));
  const other = { instances: ['web-11'] };
  const seen = await scene.watch(client, () =>
    client.call('reboot_instances', other, { grant: plan.grant, step: 0 }),
  );
  expect(seen.answer.code).toBe('grant_mismatch');
  expectNothingRan(seen);
  expect(seen.audit).toEqual(['refused grant_mismatch']);
});

it('a plan at two servers at once: each step runs once', async () => {
  await using own = new Scene();
  const twins = await Promise.all([1, 2].map(() => own.server({ session: 'the-terminal' })));
  const [by] = twins;
  const steps = [reboot('web-1'), reboot('web-2'), reboot('web-3')];
  const grant = own.person.approve(await by!.proposedPlan(steps));
  const seen = await own.watch(by!, async () => {
    for (const [step, { tool, arguments: args }] of steps.entries()) {
      await Promise.all(twins.map((twin) => twin.call(tool, args, { grant, step })));
    }
  });
  expect(seen.reached.map(({ resources }) => resources[0])).toEqual([1, 2, 3].map((at) => idOf('web', at)));
  expect(seen.audit.filter((line) => line === 'intent')).toHaveLength(3);
});

it('a plan whose account moved meanwhile stops, and stays stopped', async () => {
  const plan = await approvedPlan(reboot('web-12'), reboot('web-13'), start('batch-8'));
  expect((await plan.run(0)).code).toBe('done');
  const stop = scene.person.approve(await client.proposed('stop_instances', { instances: ['web-13'] }));
  await client.call('stop_instances', { instances: ['web-13'] }, { grant: stop });
  const seen = await scene.watch(client, async () => [(await plan.run(1)).code, (await plan.run(2)).code]);
  expect(seen.answer[0]).not.toBe('done');
  expect(seen.answer[1]).not.toBe('done');
  expectNothingRan(seen);
  expect(seen.audit.every((line) => line.startsWith('refused '))).toBe(true);
  expect(seen.audit).toHaveLength(2);
});

it('a plan of another session', async () => {
  const plan = await approvedPlan(reboot('web-14'));
  const other = await scene.server({ session: 'somebody-else' });
  const args = { instances: ['web-14'] };
  const seen = await scene.watch(other, () =>
    other.call('reboot_instances', args, { grant: plan.grant, step: 0 }),
  );
  expect(seen.answer.code).toBe('grant_mismatch');
  expectNothingRan(seen);
  expect(seen.audit).toEqual(['refused grant_mismatch']);
});

it('a plan with a read in it, an unknown tool in it, or nothing in it is none', async () => {
  for (const steps of [
    [{ tool: 'list_instances', arguments: {} }],
    [{ tool: 'delete_everything', arguments: {} }],
    [{ ...reboot('web-15'), arguments: { instances: ['web-15'], dry_run: 'none' } }],
    [],
  ]) {
    const answer = await client.ask('aiops/propose_plan', { steps });
    expect(['invalid_arguments', 'unknown_tool', 'protocol']).toContain(answer.code);
  }
});
