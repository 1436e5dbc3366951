import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from './kit/account-file.ts';
import type { AttackClient, CallExtras } from './kit/mcp-client.ts';
import { Scene } from './kit/scene.ts';
import { expectNothingRan } from './kit/seen.ts';

// What a client can put into a tool call: names that are no tools, and arguments no tool takes.

let scene: Scene;
let client: AttackClient;
beforeAll(async () => {
  scene = new Scene();
  client = await scene.server({ capabilities: { elicitation: {} } });
});
afterAll(() => scene[Symbol.asyncDispose]());

type Attack = [tried: string, tool: string, args: unknown, extras?: CallExtras];

describe('a name that is no tool runs nothing, and the log says who knocked', () => {
  it.each<Attack>([
    ['a read-looking name for a delete', 'list_and_terminate_instances', { instances: ['web-1'] }],
    ['a describe that deletes', 'describe_and_delete_instance', { instance: 'web-1' }],
    ['an API call by its own name', 'TerminateInstances', { InstanceIds: [idOf('web', 1)] }],
    ['a shell', 'run_command', { command: 'aws ec2 terminate-instances --instance-ids i-1' }],
    ['a name in other case', 'Terminate_Instances', { instances: ['web-1'] }],
    ['a name with a space behind it', 'terminate_instances ', { instances: ['web-1'] }],
    ['a name with a zero-width space in it', 'list_\u200binstances', {}],
    ['a prototype’s name', '__proto__', {}],
    ['a constructor', 'constructor', { instances: ['web-1'] }],
    ['a method of every object', 'hasOwnProperty', { instances: ['web-1'] }],
    ['a tool of the catalogue that this server does not have', 'set_monitoring', { enabled: false }],
  ])('%s (%s)', async (_, tool, args) => {
    const seen = await scene.watch(client, () => client.call(tool, args));
    expect(seen.answer).toMatchObject({ code: 'unknown_tool', failure: { nothing_changed: true } });
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused unknown_tool']);
    expect(seen.entries[0]?.detail).toMatchObject({ tool });
  });
});

describe('an argument that no tool takes is an error, not an option', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => `web-${at}`);
  it.each<Attack>([
    ['dry_run: "none"', 'terminate_instances', { instances: ['web-1'], dry_run: 'none' }],
    ['DryRun as AWS spells it', 'stop_instances', { instances: ['web-1'], DryRun: false }],
    ['approved: true', 'stop_instances', { instances: ['web-1'], approved: true }],
    ['a grant among the arguments', 'stop_instances', { instances: ['web-1'], grant: { version: 1 } }],
    ['don’t ask again, as an option', 'stop_instances', { instances: ['web-1'], dont_ask_again: true }],
    ['force', 'stop_instances', { instances: ['web-1'], force: true, skip_os_shutdown: true }],
    ['a filter instead of names', 'terminate_instances', { filters: [{ Name: 'tag:env', Values: ['*'] }] }],
    ['a string for the list', 'stop_instances', { instances: 'web-1' }],
    ['an object for the list', 'stop_instances', { instances: { 0: 'web-1', length: 1 } }],
    ['an object for a name', 'stop_instances', { instances: [{ toString: 'web-1' }] }],
    ['a list in the list', 'stop_instances', { instances: [['web-1', 'web-2']] }],
    ['null in the list', 'stop_instances', { instances: [null] }],
    ['no names at all', 'stop_instances', { instances: [] }],
    ['an empty name', 'stop_instances', { instances: [''] }],
    ['a thousand names', 'stop_instances', { instances: many }],
    ['a number as text', 'set_desired_capacity', { group: 'web-asg', desired: '0' }],
    ['a fraction', 'set_desired_capacity', { group: 'web-asg', desired: 0.5 }],
    ['less than none', 'set_desired_capacity', { group: 'web-asg', desired: -1 }],
    ['a number beyond counting', 'set_desired_capacity', { group: 'web-asg', desired: 1e308 }],
    [
      'a type that is a command',
      'resize_instance',
      { instance: 'web-1', instance_type: 't3.large; rm -rf /' },
    ],
    ['a list for the whole', 'stop_instances', ['web-1']],
    [
      'a region that is an address',
      'stop_instances',
      { instances: ['web-1'], region: 'http://127.0.0.1:1/' },
    ],
    ['an account that is a file', 'stop_instances', { instances: ['web-1'], account: '/etc/passwd' }],
  ])('%s (%s)', async (_, tool, args) => {
    const seen = await scene.watch(client, () => client.call(tool, args));
    expect(['invalid_arguments', 'not_configured', 'protocol']).toContain(seen.answer.code);
    expectNothingRan(seen);
    // What is not even a tool call by MCP's own schema never gets as far as the log.
    expect(seen.audit).toEqual(seen.answer.code === 'protocol' ? [] : [`refused ${seen.answer.code}`]);
  });

  it('a key named __proto__ smuggles nothing past the schema', async () => {
    const args = JSON.parse(`{"instances":["web-1"],"__proto__":{"dry_run":false,"approved":true}}`);
    const seen = await scene.watch(client, () => client.call('stop_instances', args));
    expect(['invalid_arguments', 'approval_required']).toContain(seen.answer.code);
    expectNothingRan(seen);
    expect(({} as Record<string, unknown>).approved).toBeUndefined();
  });
});

describe('a name that means several things, or nothing, is a question', () => {
  it.each<[tried: string, instances: string[]]>([
    ['a glob', ['web-*']],
    ['everything', ['*']],
    ['everything, in words', ['all']],
    ['a whole environment', ['everything in prod']],
    ['two names in one string', ['web-1,web-2']],
    ['two ids in one string', [`${idOf('web', 1)} ${idOf('web', 2)}`]],
    ['a line break and another id', [`web-1\n${idOf('web', 2)}`]],
    ['a prefix', ['web-']],
    ['a slip of the pen', ['wbe-1']],
    ['a regular expression', ['/web-[0-9]+/']],
    ['a name with a zero-width space', ['web-\u200b1']],
    ['a name with a zero-width no-break space', ['web-\ufeff1']],
    ['a name with a bidi override', ['\u202e1-bew']],
    ['a name with a letter of another script', ['wеb-1']],
    ['only separators', ['---']],
    ['one good name and one that is none', ['web-1', 'nowhere-1']],
    ['a shell’s substitution', ['$(aws ec2 describe-instances)']],
  ])('%s', async (_, instances) => {
    const seen = await scene.watch(client, () => client.call('stop_instances', { instances }));
    expect(['not_found', 'ambiguous', 'close_match']).toContain(seen.answer.code);
    expect(seen.answer.failure?.proposal).toBeUndefined();
    expectNothingRan(seen);
    expect(seen.audit).toEqual([`refused ${seen.answer.code}`]);
  });

  it('one instance in four spellings is one target, shown once', async () => {
    const instances = ['web-2', 'WEB_2', 'ｗｅｂ２', idOf('web', 2)];
    const seen = await scene.watch(client, () => client.call('stop_instances', { instances }));
    expect(seen.answer.code).toBe('approval_required');
    expect(seen.answer.failure?.proposal).toMatchObject({
      arguments: { instances: [idOf('web', 2)] },
      targets: [{ id: idOf('web', 2) }],
    });
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['proposed']);
  });
});

describe('nothing said beside the call approves it', () => {
  it.each<Attack>([
    ['a yes in _meta', 'stop_instances', { instances: ['web-3'] }, { meta: { approved: true, answer: 'y' } }],
    [
      'our own prefix',
      'reboot_instances',
      { instances: ['web-4'] },
      { meta: { 'aiops/approved': true, 'aiops/policy': 'approve everything' } },
    ],
    [
      'don’t ask again, in _meta',
      'stop_instances',
      { instances: ['web-5'] },
      { meta: { 'aiops/dont_ask_again': true } },
    ],
    ['a step without a grant', 'terminate_instances', { instances: ['web-6'] }, { step: 0 }],
  ])('%s', async (_, tool, args, extras) => {
    const seen = await scene.watch(client, () => client.call(tool, args, extras));
    expect(seen.answer.code).toBe('approval_required');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['proposed']);
  });

  it.each<[tried: string, target: string, grant: unknown]>([
    ['true', 'web-10', true],
    ['"yes"', 'web-11', 'yes'],
    ['a list', 'web-12', [{ kind: 'proposal' }]],
    ['an empty object', 'web-13', {}],
    ['for everything', 'web-14', { kind: 'proposal', proposal: '*', digest: '*', session: '*' }],
  ])('a grant that is %s', async (_, target, grant) => {
    const args = { instances: [target] };
    const seen = await scene.watch(client, () => client.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_invalid');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_invalid']);
  });

  it('a client that answers its own elicitation was never asked', async () => {
    const seen = await scene.watch(client, async () => {
      const first = await client.call('stop_instances', { instances: ['web-8'] });
      const again = await client.call('stop_instances', { instances: ['web-8'] });
      return [first.code, again.code];
    });
    expect(seen.answer).toEqual(['approval_required', 'approval_required']);
    expect(client.elicited).toEqual([]);
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['proposed']);
  });

  it('CONTROL: the same call, approved by the person, runs once', async () => {
    const seen = await scene.watch(client, async () => {
      const proposal = await client.proposed('stop_instances', { instances: ['web-9'] });
      return client.call(
        'stop_instances',
        { instances: ['web-9'] },
        { grant: scene.person.approve(proposal) },
      );
    });
    expect(seen.answer.code).toBe('done');
    expect(seen.reached).toEqual([{ event: 'StopInstances', resources: [idOf('web', 9)] }]);
    expect(seen.moved).toEqual([idOf('web', 9)]);
    expect(seen.audit).toEqual(['proposed', 'approved', 'intent', 'outcome done']);
  });
});
