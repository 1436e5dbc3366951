import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackedAccount, idOf } from './kit/account-file.ts';
import type { AttackClient } from './kit/mcp-client.ts';
import { grantWith } from './kit/person.ts';
import { Scene } from './kit/scene.ts';
import { expectNothingRan } from './kit/seen.ts';

// A person's real yes, used for something it was not given for.

const EDGE = [
  { id: 'i-0d0000000001', name: 'edge-1', type: 't3.micro', az: 'eu-west-1a' },
  { id: 'i-0d0000000002', name: 'edge-1', type: 't3.micro', az: 'us-west-2a' },
];

let scene: Scene;
let client: AttackClient;
beforeAll(async () => {
  scene = new Scene({ account: attackedAccount({ ec2: EDGE }) });
  client = await scene.server({ session: 'the-terminal' });
});
afterAll(() => scene[Symbol.asyncDispose]());

/** A person's yes to stopping these. */
async function approvedStop(instances: string[], region?: string) {
  const args = { instances, ...(region && { region }) };
  return scene.person.approve(await client.proposed('stop_instances', args));
}

describe('a grant in other hands', () => {
  it('a second client that got hold of the grant', async () => {
    const grant = await approvedStop(['web-1']);
    const other = await scene.server({ session: 'somebody-else' });
    const seen = await scene.watch(other, () =>
      other.call('stop_instances', { instances: ['web-1'] }, { grant }),
    );
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
    expect(seen.entries[0]).toMatchObject({ session: 'somebody-else', subject: grant.proposal });
  });

  it('a second client that makes the call which another session has an accepted grant for', async () => {
    const grant = await approvedStop(['web-2']);
    const other = await scene.server({ session: 'a-third' });
    const seen = await scene.watch(other, async () => {
      expect((await other.submit(grant)).code).toBe('done');
      return other.call('stop_instances', { instances: ['web-2'] });
    });
    expect(seen.answer.code).toBe('approval_required');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['approved', 'proposed']);
    const own = await scene.watch(client, () => client.call('stop_instances', { instances: ['web-2'] }));
    expect(own.answer.code).toBe('done'); // CONTROL: whom it was given to
    expect(own.reached).toHaveLength(1);
  });

  it('a client that names its session like the terminal’s does not know it: sessions are not in proposals’ ids', async () => {
    const guess = await scene.server({ session: 'the-terminal ' });
    const grant = await approvedStop(['web-3']);
    const seen = await scene.watch(guess, () =>
      guess.call('stop_instances', { instances: ['web-3'] }, { grant }),
    );
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
  });
});

describe('a grant used again', () => {
  it('the same grant, replayed', async () => {
    const grant = await approvedStop(['web-4']);
    const args = { instances: ['web-4'] };
    expect((await client.call('stop_instances', args, { grant })).code).toBe('done');
    const seen = await scene.watch(client, () => client.call('stop_instances', args, { grant }));
    expect(['grant_used', 'state_moved']).toContain(seen.answer.code);
    expectNothingRan(seen);
    expect(seen.audit).toEqual([`refused ${seen.answer.code}`]);
  });

  it('replayed when the resource is in the old state again', async () => {
    const args = { instances: ['web-5'] };
    const proposal = await client.proposed('reboot_instances', args);
    const grant = scene.person.approve(proposal);
    expect((await client.call('reboot_instances', args, { grant })).code).toBe('done');
    const seen = await scene.watch(client, () => client.call('reboot_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_used');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_used']);
  });

  it('submitted after it was redeemed', async () => {
    const args = { instances: ['web-6'] };
    const grant = scene.person.approve(await client.proposed('reboot_instances', args));
    await client.call('reboot_instances', args, { grant });
    const seen = await scene.watch(client, async () => {
      const submitted = await client.submit(grant);
      return [submitted.code, (await client.call('reboot_instances', args)).code];
    });
    expect(seen.answer).toEqual(['grant_used', 'approval_required']);
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_used', 'proposed']);
  });

  it('a proposal that the person declined, then a grant for it', async () => {
    const args = { instances: ['web-7'] };
    const proposal = await client.proposed('stop_instances', args);
    const grant = scene.person.approve(proposal);
    await client.ask('aiops/decline', { id: proposal.id });
    const seen = await scene.watch(client, () => client.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_revoked');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_revoked']);
  });

  it('by eight calls of one client at once: one runs', async () => {
    const args = { instances: ['web-8'] };
    const grant = scene.person.approve(await client.proposed('reboot_instances', args));
    const seen = await scene.watch(client, () =>
      Promise.all(Array.from({ length: 8 }, () => client.call('reboot_instances', args, { grant }))),
    );
    expect(seen.answer.map(({ code }) => code).sort()).toEqual(['done', ...Array(7).fill('grant_used')]);
    expect(seen.reached).toEqual([{ event: 'RebootInstances', resources: [idOf('web', 8)] }]);
    expect(seen.audit.filter((line) => line === 'intent')).toHaveLength(1);
  });

  it('at two servers at once, ten rounds: one runs each time', async () => {
    const twins = await Promise.all([1, 2].map(() => scene.server({ session: 'the-terminal' })));
    const args = { instances: ['web-9'] };
    for (let round = 0; round < 10; round += 1) {
      const grant = scene.person.approve(await client.proposed('reboot_instances', args));
      const seen = await scene.watch(client, () =>
        Promise.all(twins.map((twin) => twin.call('reboot_instances', args, { grant }))),
      );
      expect(seen.answer.map(({ code }) => code).sort()).toEqual(['done', 'grant_used']);
      expect(seen.reached).toHaveLength(1);
      expect(seen.audit.filter((line) => line === 'intent')).toHaveLength(1);
      expect(seen.audit).toContain('refused grant_used');
    }
  });
});

describe('a grant for another call', () => {
  it.each<[tried: string, tool: string, args: object]>([
    ['another target', 'stop_instances', { instances: ['web-11'] }],
    ['one target more', 'stop_instances', { instances: ['web-10', 'web-11'] }],
    ['another tool on the same target', 'terminate_instances', { instances: ['web-10'] }],
    ['a gentler tool on the same target', 'reboot_instances', { instances: ['web-10'] }],
  ])('%s', async (_, tool, args) => {
    const grant = await approvedStop(['web-10']);
    const seen = await scene.watch(client, () => client.call(tool, args, { grant }));
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
    expect(seen.entries[0]?.detail).toMatchObject({ tool });
  });

  it('another number', async () => {
    const proposal = await client.proposed('set_desired_capacity', { group: 'web-asg', desired: 4 });
    const grant = scene.person.approve(proposal);
    const lower = { group: 'web-asg', desired: 0 };
    const seen = await scene.watch(client, () => client.call('set_desired_capacity', lower, { grant }));
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
  });

  it('another order of two targets is another call', async () => {
    const grant = await approvedStop(['web-12', 'web-13']);
    const args = { instances: ['web-13', 'web-12'] };
    const seen = await scene.watch(client, () => client.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
  });

  it('the namesake in another region', async () => {
    const grant = await approvedStop(['edge-1'], 'eu-west-1');
    const args = { instances: ['edge-1'], region: 'us-west-2' };
    const seen = await scene.watch(client, () => client.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
  });
});

describe('a grant at another place', () => {
  it('the same account from a file elsewhere', async () => {
    const grant = await approvedStop(['web-14']);
    const copy = join(scene.folder, 'copy.yaml');
    copyFileSync(scene.accountFile, copy);
    const there = await scene.server({ session: 'the-terminal', accountFile: copy });
    const seen = await scene.watch(there, () =>
      there.call('stop_instances', { instances: ['web-14'] }, { grant }),
    );
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
    expect((await there.states())[idOf('web', 14)]).toBe('running');
  });

  it('the same file, saying something else since: web-15’s name is now another machine’s', async () => {
    const own = new Scene();
    await using _ = own;
    const first = await own.server({ session: 'one' });
    const grant = own.person.approve(await first.proposed('stop_instances', { instances: ['web-15'] }));
    const text = JSON.stringify(attackedAccount())
      .replace('"web-15"', '"old"')
      .replace('"web-16"', '"web-15"');
    writeFileSync(own.accountFile, text);
    const second = await own.server({ session: 'one' });
    const seen = await own.watch(second, () =>
      second.call('stop_instances', { instances: ['web-15'] }, { grant }),
    );
    expect(seen.answer.code).toBe('grant_mismatch');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_mismatch']);
  });

  it('another home: what was proposed there was not proposed here', async () => {
    await using elsewhere = new Scene();
    const other = await elsewhere.server({ session: 'the-terminal' });
    const args = { instances: ['web-16'] };
    const grant = elsewhere.person.approve(await other.proposed('stop_instances', args));
    const seen = await scene.watch(client, () => client.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_invalid');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_invalid']);
  });
});

describe('a grant at another time', () => {
  const HOUR = 3_600_000;

  it('the state has moved since the yes', async () => {
    const args = { instances: ['web-17'] };
    const grant = scene.person.approve(await client.proposed('reboot_instances', args));
    const stop = scene.person.approve(await client.proposed('stop_instances', args));
    await client.call('stop_instances', args, { grant: stop });
    const seen = await scene.watch(client, () => client.call('reboot_instances', args, { grant }));
    expect(seen.answer.code).toBe('state_moved');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused state_moved']);
  });

  it('an hour later, and then with the clock set back', async () => {
    await using own = new Scene();
    const args = { instances: ['web-1'] };
    const now = await own.server({ session: 'one' });
    const grant = own.person.approve(await now.proposed('stop_instances', args));
    const late = await own.server({ session: 'one', clockOffsetMs: HOUR });
    const expired = await own.watch(late, () => late.call('stop_instances', args, { grant }));
    expect(expired.answer.code).toBe('grant_expired');
    expectNothingRan(expired);
    expect(expired.audit).toEqual(['refused grant_expired']);

    const submitted = await own.watch(late, () => late.submit(grant));
    expect(submitted.answer.code).toBe('grant_expired');
    expect(submitted.audit).toEqual(['refused grant_expired']);

    const back = await own.watch(now, () => now.call('stop_instances', args, { grant }));
    expect(back.answer.code).toBe('clock_moved_back');
    expectNothingRan(back);
    expect(back.audit).toEqual(['refused clock_moved_back']);

    const asked = await own.watch(now, () => now.call('stop_instances', args));
    expect(asked.answer.code).toBe('clock_moved_back');
    expectNothingRan(asked);
  });

  it('a server whose own clock is set back lets nothing new begin either', async () => {
    await using own = new Scene();
    const args = { instances: ['web-1'] };
    const now = await own.server({ session: 'one' });
    const grant = own.person.approve(await now.proposed('stop_instances', args));
    const early = await own.server({ session: 'one', clockOffsetMs: -HOUR });
    const seen = await own.watch(early, () => early.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('clock_moved_back');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused clock_moved_back']);
  });

  it('a grant signed for longer than its proposal lives', async () => {
    await using own = new Scene();
    const args = { instances: ['web-1'] };
    const now = await own.server({ session: 'one' });
    const proposal = await now.proposed('stop_instances', args);
    const grant = grantWith(own.person.key, proposal, {
      expires_at: new Date(Date.now() + 30 * 24 * HOUR).toISOString(),
    });
    const late = await own.server({ session: 'one', clockOffsetMs: HOUR });
    const seen = await own.watch(late, () => late.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_expired');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_expired']);
  });
});
