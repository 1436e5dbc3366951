import { expect, test } from 'vitest';
import { accountReport, RESOURCES } from '../../mcp-server/contract/wire.ts';
import { SHOP } from './accounts.ts';
import { type Start, startServer } from './running-server.ts';

const configuration = (...accounts: string[]) =>
  `accounts:\n${accounts.map((one) => `  - ${one}\n`).join('')}`;
const GOOD = '{name: good, file: shop.yaml}';
const GONE = '{name: gone, file: nowhere.yaml}';
const BROKEN = '{name: broken, file: broken.yaml}';

async function withAccounts(
  start: Start,
  look: (server: Awaited<ReturnType<typeof startServer>>) => Promise<void>,
) {
  const folder = 'config/aiops';
  const files = { [`${folder}/shop.yaml`]: SHOP, [`${folder}/broken.yaml`]: 'ec2: 7\n' };
  const server = await startServer({ account: null, files, ...start });
  try {
    await look(server);
  } finally {
    await server.stop();
  }
}

test('one account that cannot be opened is a gap, and the others answer', () =>
  withAccounts({ configuration: configuration(GOOD, GONE, BROKEN) }, async (server) => {
    const { output, text } = await server.call('list_instances', { account: 'all' });
    expect(output.instances).toHaveLength(8);
    expect(output.call).toMatchObject({ account: 'good', regions: ['ap-northeast-2'] });
    expect(output.coverage.gaps).toMatchObject([
      { what: 'the account', why: 'not_configured', account: 'gone' },
      { what: 'the account', why: 'not_configured', account: 'broken' },
    ]);
    expect(text).toMatch(/Not seen: .*nowhere.yaml: there is no such file/);
    const series = { metric: 'CPUUtilization', namespace: 'AWS/RDS', account: 'all' };
    const metric = await server.call('get_metric', {
      ...series,
      dimensions: { DBInstanceIdentifier: 'orders-db' },
    });
    expect(metric.output.series).toHaveLength(1);
    expect(metric.output.coverage.gaps.map(({ account }) => account)).toEqual(['gone', 'broken']);
  }));

test('a region that only some accounts have is looked at in those', () =>
  withAccounts(
    {
      configuration: configuration(GOOD, '{name: far, file: far.yaml}'),
      files: {
        'config/aiops/shop.yaml': SHOP,
        'config/aiops/far.yaml': SHOP.replaceAll('ap-northeast-2', 'eu-west-1'),
      },
    },
    async (server) => {
      const { output } = await server.call('list_instances', { account: 'all', region: 'eu-west-1' });
      expect(output.call).toMatchObject({ account: 'far', regions: ['eu-west-1'] });
      expect(output.coverage.gaps).toMatchObject([{ account: 'good', why: 'wrong_region' }]);
    },
  ));

test('none that can be opened is a failure', () =>
  withAccounts({ configuration: configuration(GONE, BROKEN) }, async (server) => {
    const failed = await server.failing('list_instances', { account: 'all' });
    expect(failed).toMatchObject({ code: 'configuration' });
    expect(failed.message).toContain('nowhere.yaml: there is no such file');
  }));

test('an account and a profile that contradict each other: nothing is opened', () =>
  withAccounts(
    { configuration: configuration(GOOD), args: ['--account', 'good', '--profile', 'other'] },
    async (server) => {
      const failed = await server.failing('list_instances');
      expect(failed).toMatchObject({ code: 'invalid_arguments' });
      expect(failed.message).toContain('--account good and --profile other contradict each other');
      const report = accountReport.parse(await server.resource(RESOURCES.account));
      expect(report.accounts[0]?.problem?.detail).toBe(failed.message);
    },
  ));

test('a mistyped account is told which there are', () =>
  withAccounts(
    { configuration: configuration(GOOD, BROKEN), args: ['--account', 'goood'] },
    async (server) => {
      const { message } = await server.failing('list_instances');
      expect(message).toContain('goood: there is no such file.');
      expect(message).toContain('Did you mean good? Accounts by name: good, broken, demo, aws.');
    },
  ));

test('a file that is there and does not hold together is told what is wrong with it, and no names', () =>
  withAccounts({ account: 'ec2: 7\n' }, async (server) => {
    const { message } = await server.failing('list_instances');
    expect(message).toContain('account.yaml');
    expect(message).not.toContain('Accounts by name');
  }));
