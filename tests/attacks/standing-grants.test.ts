import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandingGrant } from '../../mcp-server/contract/grant.ts';
import type { CallProposal } from '../../mcp-server/contract/proposal.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import { idOf } from './kit/account-file.ts';
import type { AttackClient } from './kit/mcp-client.ts';
import { standingWith, stranger } from './kit/person.ts';
import { Scene } from './kit/scene.ts';
import { expectNothingRan } from './kit/seen.ts';

// A yes for the future, stretched.

let scene: Scene;
let client: AttackClient;
let scaleUp: CallProposal;
beforeAll(async () => {
  scene = new Scene();
  client = await scene.server();
  scaleUp = await client.proposed('set_desired_capacity', { group: 'web-asg', desired: 4 });
});
afterAll(() => scene[Symbol.asyncDispose]());

let number = 0;
/** A standing grant of its own id for the scale-up, otherwise in some members. */
function standing(more: Partial<StandingGrant> = {}): StandingGrant {
  number += 1;
  return standingWith(scene.person.key, scaleUp, { id: `standing-${number}`, ...more });
}

describe('a standing grant for a destructive call', () => {
  it.each<[tried: string, tool: string, args: object]>([
    ['stopping', 'stop_instances', { instances: ['web-1'] }],
    ['terminating', 'terminate_instances', { instances: ['web-2'] }],
    ['a scale to zero called a scale', 'set_desired_capacity', { group: 'web-asg', desired: 0 }],
    ['a scale down by one', 'set_desired_capacity', { group: 'web-asg', desired: 2 }],
  ])('%s', async (_, tool, args) => {
    const proposal = await client.proposed(tool, args);
    const grant = standingWith(scene.person.key, proposal, {
      id: `destructive ${tool} ${JSON.stringify(args)}`,
    });
    const seen = await scene.watch(client, () => client.call(tool, args, { grant }));
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['standing_signed', 'refused grant_mismatch']);
    expect((await client.call(tool, args)).code).toBe('approval_required');
  });
});

describe('a standing grant, stretched', () => {
  it.each<[tried: string, args: object, more: Partial<StandingGrant>]>([
    [
      'any target',
      { group: 'web-asg', desired: 5 },
      {
        template: { group: { any: true }, desired: { is: 5 }, account: { any: true }, region: { any: true } },
        target: 'guarded-asg',
      },
    ],
    [
      'any number: {any} stands for free text only',
      { group: 'web-asg', desired: 5 },
      {
        template: {
          group: { is: 'web-asg' },
          desired: { any: true },
          account: { any: true },
          region: { any: true },
        },
      },
    ],
    ['another number', { group: 'web-asg', desired: 6 }, {}],
    ['a template that leaves an argument out', { group: 'web-asg', desired: 5 }, { template: {} }],
    ['another region', { group: 'web-asg', desired: 5 }, { region: 'us-west-2' }],
    ['another account', { group: 'web-asg', desired: 5 }, { account: '999999999999' }],
    ['another backend', { group: 'web-asg', desired: 5 }, { backend: { kind: 'aws', endpoint: null } }],
    ['another tool', { group: 'web-asg', desired: 5 }, { tool: 'start_instances' }],
  ])('%s', async (_, args, more) => {
    const grant = standing(more);
    const seen = await scene.watch(client, () => client.call('set_desired_capacity', args, { grant }));
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['standing_signed', 'refused grant_mismatch']);
  });

  it.each<[tried: string, code: string, make: () => StandingGrant]>([
    ['expired', 'grant_expired', () => standing({ expires_at: new Date(Date.now() - 1_000).toISOString() })],
    ['by a key nobody trusts', 'grant_invalid', () => standingWith(stranger(), scaleUp, { id: 'stranger' })],
    [
      'with a rate changed after signing',
      'grant_invalid',
      () => ({ ...standing(), rate: { count: 9_999, seconds: 1 } }),
    ],
    ['for a tool that reads', 'grant_invalid', () => standing({ tool: 'list_instances' })],
  ])('%s', async (_, code, make) => {
    const grant = make();
    const args = { group: 'web-asg', desired: 4 };
    const seen = await scene.watch(client, () => client.call('set_desired_capacity', args, { grant }));
    expect(seen.answer.code).toBe(code);
    expectNothingRan(seen);
    expect((await client.audit()).map(({ detail }) => detail.code)).toContain(code);
    const submitted = await client.submit(grant);
    expect(submitted.code).toBe(code);
  });
});

describe('a standing grant, used up', () => {
  it('CONTROL: what it was signed for runs; over the rate, after a revocation and for another it does not', async () => {
    await using own = new Scene();
    const by = await own.server();
    const args = { instances: ['batch-1'] };
    const proposal = await by.proposed('start_instances', args);
    const grant = standingWith(own.person.key, proposal);
    expect((await by.submit(grant)).code).toBe('done');

    const ran = await own.watch(by, () => by.call('start_instances', args));
    expect(ran.answer.code).toBe('done');
    expect(ran.reached).toEqual([{ event: 'StartInstances', resources: [idOf('batch', 1)] }]);
    expect(ran.audit).toEqual(['intent', 'outcome done']);

    const neighbour = await own.watch(by, () => by.call('start_instances', { instances: ['batch-2'] }));
    expect(neighbour.answer.code).toBe('approval_required');
    expectNothingRan(neighbour);

    // The same start asked for again once it is stopped: its one run an hour is used.
    const late = await own.server({ args: ['--speed', '100000'] });
    const stop = await late.call('stop_instances', args);
    expect(['approval_required', 'invalid_state']).toContain(stop.code);

    expect((await by.ask(METHODS.revokeStanding, { id: grant.id })).code).toBe('done');
    const again = await own.watch(by, () => by.submit(grant));
    expect(again.answer.code).toBe('grant_revoked');
    expect(again.audit).toEqual(['refused grant_revoked']);
  });

  it('over its rate', async () => {
    await using own = new Scene();
    const by = await own.server();
    const up = { group: 'web-asg', desired: 4 };
    const proposal = await by.proposed('set_desired_capacity', up);
    const grant = standingWith(own.person.key, proposal);
    expect((await by.call('set_desired_capacity', up, { grant })).code).toBe('done');
    // Back down by the person's own yes, so that the same scale-up makes sense again.
    const down = { group: 'web-asg', desired: 3 };
    const yes = own.person.approve(await by.proposed('set_desired_capacity', down));
    expect((await by.call('set_desired_capacity', down, { grant: yes })).code).toBe('done');
    const seen = await own.watch(by, () => by.call('set_desired_capacity', up, { grant }));
    expect(seen.answer.code).toBe('grant_rate_exceeded');
    expectNothingRan(seen);
    expect(seen.audit.at(-1)).toBe('refused grant_rate_exceeded');
  });

  it('at the same moment by two servers: its one run is run once', async () => {
    await using own = new Scene();
    const servers = await Promise.all([own.server(), own.server()]);
    const [by] = servers;
    const args = { instances: ['batch-3'] };
    const grant = standingWith(own.person.key, await by!.proposed('start_instances', args));
    await by!.submit(grant);
    const seen = await own.watch(by!, () =>
      Promise.all(servers.map((one) => one.call('start_instances', args))),
    );
    expect(seen.answer.filter(({ code }) => code === 'done')).toHaveLength(1);
    expect(seen.reached).toHaveLength(1);
    expect(seen.audit.filter((line) => line === 'intent')).toHaveLength(1);
  });
});
