import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LATER } from '../../mcp-server/contract/catalogue/later.ts';
import { CATALOGUE, type ToolName } from '../../mcp-server/contract/catalogue.ts';
import { directory } from '../../mcp-server/contract/directory.ts';
import { accountReport, RESOURCES } from '../../mcp-server/contract/wire.ts';
import { SHOP } from './accounts.ts';
import { type RunningServer, startServer } from './running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ account: SHOP });
});
afterAll(() => server.stop());

describe('what the server offers', () => {
  test('tools/list has the whole catalogue with schemas and hints', async () => {
    const { tools } = await server.client.listTools();
    const offered = [...Object.keys(CATALOGUE), ...LATER.map(({ contract }) => contract.name)];
    expect(tools.map((tool) => tool.name).sort()).toEqual(offered.sort());
    const stop = tools.find((tool) => tool.name === 'stop_instances');
    expect(stop).toMatchObject({
      inputSchema: { type: 'object', required: ['instances'], additionalProperties: false },
      outputSchema: { type: 'object' },
      annotations: { readOnlyHint: false, destructiveHint: true },
    });
    const list = tools.find((tool) => tool.name === 'list_instances');
    expect(list?.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    const row = JSON.stringify(list?.outputSchema);
    expect(row).toContain('x-untrusted');
  });

  test('the account resource says where calls go and as whom', async () => {
    const report = accountReport.parse(await server.resource(RESOURCES.account));
    expect(report.accounts).toMatchObject([
      {
        name: 'shop',
        account: '111122223333',
        regions: ['ap-northeast-2'],
        backend: { kind: 'simulated', file: `${server.home.folder}/account.yaml` },
        problem: null,
        current: true,
      },
    ]);
    expect(report.read_only).toBe(false);
    expect(Math.abs(Date.parse(report.now) - Date.parse('2026-11-20T09:00:00Z'))).toBeLessThan(60_000);
  });

  test('the directory holds every kind the account has', async () => {
    const { entries, complete } = directory.parse(await server.resource(RESOURCES.directory));
    expect(complete).toBe(true);
    const kinds = new Set(entries.map((entry) => entry.kind));
    expect([...kinds].sort()).toEqual([
      'alarm',
      'auto_scaling_group',
      'database',
      'instance',
      'load_balancer',
    ]);
    expect(entries.find((entry) => entry.name === 'batch-1')).toMatchObject({
      kind: 'instance',
      id: 'i-0b47c0de00000004',
      state: 'stopped',
      account: 'shop',
      region: 'ap-northeast-2',
      arn: 'arn:aws:ec2:ap-northeast-2:111122223333:instance/i-0b47c0de00000004',
    });
  });
});

describe('list_instances', () => {
  const names = async (args: object) =>
    (await server.call('list_instances', args)).output.instances.map((row) => row.name);

  test('all of them, with counts', async () => {
    const { output, text } = await server.call('list_instances');
    expect(output.instances).toHaveLength(8);
    expect(output.counts).toEqual({ running: 6, stopped: 2 });
    expect(text).toContain('8 instances: ');
    expect(output.call).toMatchObject({
      cli: ['aws ec2 describe-instances --region ap-northeast-2'],
      console: null,
      account: 'shop',
      regions: ['ap-northeast-2'],
      aws_calls: 1,
      retries: 0,
    });
    expect(output.coverage).toEqual({ looked_at: ['EC2 DescribeInstances ap-northeast-2'], gaps: [] });
  });

  test('by state, glob and tags', async () => {
    expect(await names({ state: 'stopped' })).toEqual(['batch-1', 'twin']);
    expect(await names({ name: 'web-*' })).toEqual(['web-1', 'web-2']);
    expect(await names({ name: 'WEB*' })).toEqual(['web-1', 'web-2']);
    expect(await names({ tags: { env: 'dev' } })).toEqual(['batch-1']);
    expect(await names({ tags: { env: '*' } })).toEqual([]);
    expect(await names({ name: 'nothing*' })).toEqual([]);
  });
});

describe('one instance', () => {
  test.each([
    'api-1',
    'API 1',
    'ａｐｉ１',
    'i-0b47c0de00000003',
    'arn:aws:ec2:ap-northeast-2:111122223333:instance/i-0b47c0de00000003',
  ])('%s is api-1', async (instance) => {
    const { output } = await server.call('describe_instance', { instance });
    expect(output).toMatchObject({
      matched: 'exact',
      instance: { id: 'i-0b47c0de00000003', checks: { system: 'ok' }, volumes: [{ size_gb: 100 }] },
    });
  });

  test('a read takes the one close match and says so', async () => {
    const { output, text } = await server.call('describe_instance', { instance: 'bastoin' });
    expect(output).toMatchObject({ matched: 'close', instance: { name: 'bastion' } });
    expect(text).toContain('There is no "bastoin"; this is bastion.');
  });

  test.each([
    ['web', 'ambiguous', ['web-1', 'web-2']],
    ['web-3', 'not_found', ['web-1', 'web-2']],
    ['twin', 'ambiguous', ['twin', 'twin']],
    ['zzz', 'not_found', []],
  ])('%s is %s', async (instance, code, candidates) => {
    const failed = await server.failing('describe_instance', { instance });
    expect(failed).toMatchObject({ code, mention: instance });
    expect(failed.candidates?.map((one) => one.name).sort()).toEqual(candidates);
  });

  test('its console output', async () => {
    const { output } = await server.call('get_console_output', { instance: 'api-1' });
    expect(output).toMatchObject({ instance: 'i-0b47c0de00000003', name: 'api-1' });
    expect(output.output).toContain('Linux version');
  });
});

test('alarms, firing ones first, and their history', async () => {
  const { output } = await server.call('list_alarms', { state: 'ALARM' });
  expect(output.alarms).toMatchObject([
    { name: 'api-cpu-high', state: 'ALARM', comparison: '>', threshold: 80, metric: 'CPUUtilization' },
  ]);
  expect(output.counts).toEqual({ ALARM: 1 });
  const history = await server.call('get_alarm_history', { alarm: 'api-cpu-high', last: '3h' });
  expect(history.output.events[0]).toMatchObject({ to: 'ALARM', at: '2026-11-20T08:40:00.000Z' });
});

test('what changed, newest first, and by resource', async () => {
  const { output, text } = await server.call('list_changes', { last: '1h' });
  expect(output.changes).toMatchObject([
    { who: 'deploy-bot', event: 'RunInstances', at: '2026-11-20T08:31:00.000Z' },
  ]);
  expect(text).toContain('15 minutes late');
  expect((await server.call('list_changes', { resource: 'api-1' })).output.changes).toHaveLength(1);
  expect((await server.call('list_changes', { resource: 'web-1' })).output.changes).toHaveLength(0);
  const unknown = await server.call('list_changes', { resource: 'some-role' });
  expect(unknown.text).toContain('"some-role" is no resource known here');
});

test('who depends on whom', async () => {
  const { output } = await server.call('get_dependencies', { resource: 'api-1' });
  expect(output).toMatchObject({
    resource: { kind: 'instance', name: 'api-1' },
    called_by: [{ name: 'web-1', kind: 'instance', id: 'i-0b47c0de00000001' }],
    calls: [{ name: 'orders-db', kind: 'database' }],
  });
  const web = await server.call('get_dependencies', { resource: 'web-1' });
  expect(web.output.member_of.map((one) => one.name).sort()).toEqual(['shop-alb', 'web-asg']);
});

test('Auto Scaling groups with their limits', async () => {
  const { output } = await server.call('list_auto_scaling_groups');
  expect(output.groups).toMatchObject([{ name: 'web-asg', min: 2, max: 4, desired: 2 }]);
  expect(output.groups[0]?.instances).toHaveLength(2);
});

describe('arguments are what the schema says, and nothing else', () => {
  test.each([
    ['stop_instances', { instances: ['web-1'], dry_run: 'none' }, 'dry_run'],
    ['stop_instances', { instances: [] }, 'instances'],
    ['stop_instances', {}, 'instances'],
    ['list_instances', { state: 'sleeping' }, 'state'],
    ['get_metric', { metric: 'CPUUtilization', resource: 'web-1', last: 'yesterday' }, 'last'],
    ['get_metric', { metric: 'CPUUtilization', resource: 'web-1', period: 61 }, '61'],
    ['list_instances', { region: 'the-moon' }, 'the-moon'],
    ['list_instances', { region: 'us-east-1' }, 'us-east-1'],
    ['get_metric', { metric: 'CPUUtilization' }, 'namespace'],
    ['list_changes', { start: '2026-11-20T09:00:00Z', end: '2026-11-20T08:00:00Z' }, 'empty'],
  ])('%s %j', async (name, args, word) => {
    const failed = await server.failing(name as ToolName, args);
    expect(failed).toMatchObject({ code: 'invalid_arguments', nothing_changed: true });
    expect(failed.message).toContain(word);
  });

  test('an unknown tool', async () => {
    expect(await server.failing('delete_everything')).toMatchObject({ code: 'unknown_tool' });
  });

  test('an unknown account names those there are', async () => {
    const failed = await server.failing('list_instances', { account: 'prod' });
    expect(failed).toMatchObject({ code: 'not_configured' });
    expect(failed.message).toContain('prod');
  });
});

test('every answer keeps to its output schema', async () => {
  const calls: [ToolName, object][] = [
    ['list_instances', {}],
    ['describe_instance', { instance: 'web-1' }],
    ['get_console_output', { instance: 'web-1' }],
    ['list_alarms', {}],
    ['get_alarm_history', { alarm: 'api-cpu-high' }],
    ['get_metric', { resource: 'web-1', metric: 'CPUUtilization' }],
    ['list_changes', {}],
    ['get_dependencies', { resource: 'web-asg' }],
    ['list_auto_scaling_groups', {}],
  ];
  for (const [name, args] of calls) {
    const { output } = await server.call(name, args);
    expect(CATALOGUE[name].output.safeParse(output).error, name).toBeUndefined();
  }
});
