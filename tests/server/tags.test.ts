import { describe, expect, test } from 'vitest';
import { composedServer } from './in-process.ts';

const INSTANCE = 'arn:aws:ec2:ap-northeast-2:111122223333:instance/';
const account = (more = '') => `
account: "111122223333"
alias: shop
regions: [ap-northeast-2, us-east-1]
clock: 2026-11-20T09:00:00Z
ec2:
  - {id: i-0b47c0de00000001, name: web-1, type: t3.medium, tags: {env: prod, owner: web}}
  - {id: i-0b47c0de00000002, name: web-2, type: t3.medium, tags: {env: dev}}
  - {id: i-0b47c0de00000003, type: t3.medium}
  - {id: i-0b47c0de00000004, name: far-1, type: t3.medium, az: us-east-1a, tags: {owner: far}}
lambda: [{name: checkout, tags: {owner: pay}}, {name: mailer}]
s3: [{name: assets}, {name: backups, tags: {owner: ops}}]
${more}
`;
const shop = (more = '', args: string[] = []) => composedServer({ account: account(more), args });

describe('find_untagged_resources', () => {
  test('lists what has no tag at all, also what never had one', async () => {
    const { output, text } = await (await shop()).call('find_untagged_resources');
    expect(output.resources.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual([
      'bucket assets',
      'function mailer',
      'instance i-0b47c0de00000003',
      ...['/aws/lambda/checkout', '/aws/lambda/mailer'].map((name) => `log_group ${name}`),
    ]);
    expect(output.counts).toEqual({ bucket: 1, function: 1, instance: 1, log_group: 2 });
    expect(output.checked).toBe(10);
    expect(text).toContain('5 of 10 resources seen have no tag');
    expect(output.coverage.gaps).toMatchObject([{ why: 'partial' }]);
    expect(output.coverage.gaps[0]?.detail).toContain('Volumes, snapshots');
  });

  test('or lacks one of those that are required', async () => {
    const { output } = await (await shop()).call('find_untagged_resources', {
      required_tags: ['owner', 'env'],
      region: 'us-east-1',
    });
    expect(output.resources).toMatchObject([{ name: 'far-1', missing: ['env'], region: 'us-east-1' }]);
  });

  test('where tags may not be read in one region, it is a gap and nothing is said of what is there', async () => {
    const server = await shop(
      'trouble: [{service: tag, action: GetResources, region: us-east-1, error: AccessDenied}]',
    );
    const { output } = await server.call('find_untagged_resources', { required_tags: ['env'] });
    expect(output.resources.some(({ region }) => region === 'us-east-1')).toBe(false);
    expect(output.coverage.gaps).toMatchObject([
      { what: 'tags', why: 'denied', region: 'us-east-1' },
      { why: 'partial' },
    ]);
  });
});

describe('tag_resources', () => {
  test('that only adds is a change; it is seen at once, in the trail, and taken back by removing', async () => {
    const server = await shop('', ['--speed', '600']);
    const { proposal, output } = await server.approved('tag_resources', {
      resources: ['web2', 'checkout'],
      tags: { cost: 'c-1' },
    });
    expect(proposal).toMatchObject({
      risk: 'change',
      irreversible: false,
      targets: [
        { kind: 'instance', name: 'web-2', was: { cost: null }, becomes: { cost: 'c-1' } },
        { kind: 'function', name: 'checkout' },
      ],
      undo: { possible: true, tool: 'tag_resources', arguments: { tags: { cost: null } } },
    });
    expect(proposal.cli).toEqual([
      `aws resourcegroupstaggingapi tag-resources --resource-arn-list ${INSTANCE}i-0b47c0de00000002 arn:aws:lambda:ap-northeast-2:111122223333:function:checkout --tags '{"cost":"c-1"}' --region ap-northeast-2`,
    ]);
    expect(output.changes).toMatchObject([
      { before: { cost: null }, after: { cost: 'c-1' }, result: 'done' },
      { result: 'done' },
    ]);
    const seen = await server.call('describe_instance', { instance: 'web-2' });
    expect(seen.output.instance.tags).toMatchObject({ env: 'dev', cost: 'c-1' });
    await expect
      .poll(async () => (await server.call('list_changes', { last: '24h' })).output.changes)
      .toMatchObject([{ event: 'TagResources', source: 'tagging.amazonaws.com' }]);
  });

  test('that overwrites or removes is destructive, and undone by the values before', async () => {
    const server = await shop();
    const args = { resources: ['web-1'], tags: { env: 'test', owner: null, team: 'x' } };
    const { proposal, output } = await server.approved('tag_resources', args);
    expect(proposal).toMatchObject({
      risk: 'destructive',
      targets: [
        {
          id: `${INSTANCE}i-0b47c0de00000001`,
          was: { env: 'prod', owner: 'web', team: null },
          becomes: { env: 'test', owner: null, team: 'x' },
        },
      ],
      undo: { possible: true, arguments: { tags: { env: 'prod', owner: 'web', team: null } } },
    });
    expect(proposal.cli).toHaveLength(2);
    expect(output.changes[0]?.after).toEqual({ env: 'test', owner: null, team: 'x' });
    if (!proposal.undo.possible) throw new Error('there is no undo');
    const back = await server.approved('tag_resources', proposal.undo.arguments);
    expect(back.output.changes[0]?.after).toEqual({ env: 'prod', owner: 'web', team: null });
  });

  test('leaves out what has the tag already; nothing left to do is said', async () => {
    const server = await shop();
    const some = await server.failing('tag_resources', {
      resources: ['web-1', 'web-2'],
      tags: { env: 'prod' },
    });
    expect(some.proposal).toMatchObject({ targets: [{ name: 'web-2' }] });
    expect(
      await server.failing('tag_resources', { resources: ['web-1'], tags: { env: 'prod' } }),
    ).toMatchObject({ code: 'invalid_state' });
  });

  test('values that differ before are not undone by one call', async () => {
    const server = await shop();
    const { proposal } = await server.failing('tag_resources', {
      resources: ['web-1', 'web-2'],
      tags: { env: 'test' },
    });
    expect(proposal).toMatchObject({ undo: { possible: false, why: 'values_differ' } });
  });

  test('protection and the limits on sweeps hold for what overwrites, not for what adds', async () => {
    const server = await shop('protected: [web-1]');
    const overwriting = await server.failing('tag_resources', { resources: ['web-1'], tags: { env: 'x' } });
    expect(overwriting).toMatchObject({ code: 'forbidden', rule: 'protected' });
    const adding = await server.failing('tag_resources', { resources: ['web-1'], tags: { team: 'x' } });
    expect(adding.code).toBe('approval_required');
    const four = ['web-1', 'web-2', 'i-0b47c0de00000003', 'checkout'];
    expect((await server.failing('tag_resources', { resources: four, tags: { team: 'x' } })).code).toBe(
      'approval_required',
    );
    const sweep = await (await shop()).failing('tag_resources', {
      resources: ['backups', 'web-1', 'web-2', 'checkout'],
      tags: { owner: 'x', env: 'x' },
    });
    expect(sweep).toMatchObject({ code: 'forbidden', rule: 'max_targets' });
  });

  test('an ARN is taken where its kind is not listed, of this account only; regions are not mixed', async () => {
    const server = await shop();
    const topic = 'arn:aws:sns:ap-northeast-2:111122223333:alerts';
    // There is no such topic in the simulated account: AWS says so of this one, and does the other.
    const { proposal } = await server.failing('tag_resources', {
      resources: [topic, 'web-1'],
      tags: { team: 'x' },
    });
    expect(proposal).toMatchObject({ targets: [{ kind: 'sns', name: 'alerts' }, { name: 'web-1' }] });
    await expect(
      server.approved('tag_resources', { resources: [topic, 'web-1'], tags: { team: 'x' } }),
    ).rejects.toThrow(
      /refused tag:TagResources for 1 of 2 resources\. alerts: .* does not exist.*web-1 .*team x/s,
    );
    const foreign = await server.failing('tag_resources', {
      resources: [topic.replace('111122223333', '999900001111')],
      tags: { team: 'x' },
    });
    expect(foreign.code).toBe('invalid_arguments');
    const mixed = await server.failing('tag_resources', {
      resources: ['web-1', 'far-1'],
      tags: { team: 'x' },
    });
    expect(mixed.message).toContain('ap-northeast-2 and us-east-1');
    const unknown = await server.failing('tag_resources', { resources: ['web-9'], tags: { team: 'x' } });
    expect(unknown.candidates?.length).toBeGreaterThan(0);
    for (const tags of [{}, { 'aws:x': '1' }]) {
      expect((await server.failing('tag_resources', { resources: ['web-1'], tags })).code).toBe(
        'invalid_arguments',
      );
    }
  });

  test('whatever is listed with an ARN in the account that ships with the product can be tagged there', async () => {
    const server = await composedServer({ account: null, args: ['--account', 'demo'] });
    const { entries } = await server.directory();
    const arns: string[] = entries
      .filter((one: { arn?: string; region: string }) => one.arn && one.region === 'ap-northeast-2')
      .map((one: { arn: string }) => one.arn);
    expect(arns.length).toBeGreaterThan(25);
    const { output } = await server.approved('tag_resources', { resources: arns, tags: { audit: 'x' } });
    expect(output.changes.map(({ result }) => result)).toEqual(arns.map(() => 'done'));
    const { output: left } = await server.call('find_untagged_resources', { required_tags: ['audit'] });
    expect(left.resources.filter(({ region, arn }) => arn && region === 'ap-northeast-2')).toEqual([]);
  });

  test('more resources than one request takes go in several', async () => {
    const functions = Array.from({ length: 45 }, (_, i) => `f-${i}`);
    const server = await composedServer({
      account: `account: "111122223333"\nregions: [us-east-1]\nlambda: [${functions.map((name) => `{name: ${name}}`).join(', ')}]\n`,
    });
    const { output, proposal } = await server.approved('tag_resources', {
      resources: functions.map((name) => `arn:aws:lambda:us-east-1:111122223333:function:${name}`),
      tags: { team: 'x' },
    });
    expect(proposal.cli).toHaveLength(3);
    expect(output.changes.filter(({ result }) => result === 'done')).toHaveLength(45);
  });
});
