import { expect, test } from 'vitest';
import type { Account } from '../../mcp-server/cloud/account.ts';
import type { Cloud } from '../../mcp-server/cloud/cloud.ts';
import { WAIT_LIMIT_MS, waitForState } from '../../mcp-server/tools/instance-waits.ts';

/** An account whose looks at an instance take their time, on a clock of the test's. */
function slowAccount(states: string[], lookMs: number) {
  let now = 0;
  let looks = 0;
  async function* pages() {
    now += lookMs;
    looks += 1;
    const Name = states[Math.min(looks, states.length) - 1];
    yield { Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name } }] }] };
  }
  const account = {
    backend: { kind: 'simulated' },
    connect: async () => ({ sdk: { paginateDescribeInstances: pages }, client: {} }),
  } as unknown as Account;
  return { place: { account, region: 'eu-west-1' }, stopwatch: () => now, looks: () => looks };
}

const cloud = { signal: new AbortController().signal, progress: () => {} } as unknown as Cloud;

test('the time the looks take counts: a slow AWS does not make a wait last for hours', async () => {
  const slow = slowAccount(['stopping'], WAIT_LIMIT_MS / 2);
  expect(await waitForState(cloud, slow.place, 'i-1', 'stopped', slow.stopwatch)).toBe('stopping');
  expect(slow.looks()).toBe(2);
});

test('ends as soon as the state is there', async () => {
  const quick = slowAccount(['stopping', 'stopped'], 10);
  expect(await waitForState(cloud, quick.place, 'i-1', 'stopped', quick.stopwatch)).toBe('stopped');
  expect(quick.looks()).toBe(2);
});
