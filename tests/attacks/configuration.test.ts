import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { idOf } from './kit/account-file.ts';
import type { AttackClient } from './kit/mcp-client.ts';
import { grantWith, standingWith } from './kit/person.ts';
import { Scene } from './kit/scene.ts';
import { expectNothingRan } from './kit/seen.ts';

// A server whose policy cannot be read, or that may only read: no grant helps.

/** One call of every changing tool that makes sense on the account. */
const CHANGES: [tool: string, args: object][] = [
  ['start_instances', { instances: ['batch-1'] }],
  ['stop_instances', { instances: ['web-1'] }],
  ['reboot_instances', { instances: ['web-2'] }],
  ['terminate_instances', { instances: ['web-3'] }],
  ['resize_instance', { instance: 'web-4', instance_type: 't3.large' }],
  ['grow_volume', { instance: 'web-5', size_gb: 900 }],
  ['set_desired_capacity', { group: 'web-asg', desired: 4 }],
];

/** Grants for all of them, from a server of the same home that could still be asked. */
async function grantsFor(scene: Scene): Promise<unknown[]> {
  const asked = await scene.server({ session: 'one' });
  const grants = [];
  for (const [tool, args] of CHANGES) grants.push(scene.person.approve(await asked.proposed(tool, args)));
  return grants;
}

async function expectRefused(scene: Scene, by: AttackClient, grants: unknown[], code: string): Promise<void> {
  for (const [at, [tool, args]] of CHANGES.entries()) {
    for (const grant of [undefined, grants[at]]) {
      const seen = await scene.watch(by, () => by.call(tool, args, { grant }));
      expect([tool, seen.answer.code]).toEqual([tool, code]);
      expectNothingRan(seen);
    }
  }
  const refusals = (await by.audit()).filter(
    ({ event, detail }) => event === 'refused' && detail.code === code,
  );
  expect(new Set(refusals.map(({ detail }) => detail.tool))).toEqual(new Set(CHANGES.map(([tool]) => tool)));
}

describe('a configuration that does not load: changes are denied, grant or not; reads go on', () => {
  it.each<[tried: string, spoil: (scene: Scene) => void]>([
    [
      'YAML that is none',
      (scene) => writeFileSync(scene.configurationFile, 'protected: [bastion\nmax_targets: {'),
    ],
    ['a key nobody knows', (scene) => writeFileSync(scene.configurationFile, 'protect: [web-1]\n')],
    [
      'a text for the list of protected',
      (scene) => writeFileSync(scene.configurationFile, 'protected: web-1\n'),
    ],
    [
      'the same key twice',
      (scene) => writeFileSync(scene.configurationFile, 'protected: [web-1]\nprotected: []\n'),
    ],
    ['aliases that multiply', (scene) => writeFileSync(scene.configurationFile, bomb())],
    ['a folder in its place', (scene) => mkdirSync(scene.configurationFile)],
    ['a link that goes nowhere', (scene) => symlinkSync('/nowhere/config.yaml', scene.configurationFile)],
    ['a link to itself', (scene) => symlinkSync(scene.configurationFile, scene.configurationFile)],
    [
      'bytes that are no text',
      (scene) => writeFileSync(scene.configurationFile, Buffer.from([0xff, 0xfe, 0x00, 0xd8])),
    ],
    ['no limit at all', (scene) => writeFileSync(scene.configurationFile, 'max_targets: .inf\n')],
  ])('%s', async (_, spoil) => {
    await using scene = new Scene();
    spoil(scene);
    const by = await scene.server();
    const seen = await scene.watch(by, () => by.call('stop_instances', { instances: ['web-1'] }));
    expect(seen.answer.code).toBe('configuration');
    expect(seen.answer.failure?.message).toContain('config.yaml');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused configuration']);
    expect((await by.account()).notes).toEqual([expect.stringContaining('does not load')]);
  });

  it('every changing tool, with and without a grant from before it broke', async () => {
    await using scene = new Scene();
    const grants = await grantsFor(scene);
    writeFileSync(scene.configurationFile, 'read_only: nope\n');
    const by = await scene.server({ session: 'one' });
    await expectRefused(scene, by, grants, 'configuration');
    expect((await by.call('list_instances', {})).code).toBe('done');
    expect(
      (
        await by.ask('aiops/propose_plan', {
          steps: [{ tool: 'stop_instances', arguments: { instances: ['web-1'] } }],
        })
      ).code,
    ).toBe('configuration');
  });

  it('a file asked for by name that is not there', async () => {
    await using scene = new Scene();
    const by = await scene.server({ args: ['--config', '/nowhere/at-all.yaml'] });
    const seen = await scene.watch(by, () => by.call('stop_instances', { instances: ['web-1'] }));
    expect(seen.answer.code).toBe('configuration');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused configuration']);
  });
});

describe('a server that only reads', () => {
  it.each<[how: string, args: string[], configuration: string | undefined]>([
    ['by the switch', ['--read-only'], undefined],
    ['by the configuration', [], 'read_only: true\n'],
    ['by the switch, whatever the configuration says', ['--read-only'], 'read_only: false\n'],
  ])('%s: every changing tool, with and without a valid grant', async (_, args, configuration) => {
    await using scene = new Scene();
    const grants = await grantsFor(scene);
    if (configuration) writeFileSync(scene.configurationFile, configuration);
    const by = await scene.server({ session: 'one', args });
    await expectRefused(scene, by, grants, 'read_only');
    expect(await by.account()).toMatchObject({ read_only: true });
  });

  it('a standing grant, or one handed in before, does not help', async () => {
    await using scene = new Scene();
    const writer = await scene.server({ session: 'one' });
    const start = await writer.proposed('start_instances', { instances: ['batch-1'] });
    await writer.submit(standingWith(scene.person.key, start));
    const stop = await writer.proposed('stop_instances', { instances: ['web-1'] });
    await writer.submit(grantWith(scene.person.key, stop));
    const by = await scene.server({ session: 'one', args: ['--read-only'] });
    const seen = await scene.watch(by, async () => [
      (await by.call('start_instances', { instances: ['batch-1'] })).code,
      (await by.call('stop_instances', { instances: [idOf('web', 1)] })).code,
    ]);
    expect(seen.answer).toEqual(['read_only', 'read_only']);
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused read_only', 'refused read_only']);
  });
});

/** Each line holds ten of the one before: a billion in the end, were it read. */
function bomb(): string {
  const lines = ['a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol,lol]'];
  for (let at = 1; at < 10; at += 1)
    lines.push(
      `a${at}: &a${at} [${Array(10)
        .fill(`*a${at - 1}`)
        .join(',')}]`,
    );
  return `${lines.join('\n')}\nprotected: *a9\n`;
}
