import { RebootInstancesCommand } from '@aws-sdk/client-ec2';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeDimensionKeysCommand, GetResourceMetricsCommand } from '@aws-sdk/client-pi';
import {
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, test } from 'vitest';
import { openDrill } from '../drill.ts';
import { MINUTE, SECOND, shop, WEB_1 } from '../opened-account.ts';

const DATABASE = { DBInstanceIdentifier: 'orders-db' };

async function drill(fault: string, database = '', more = '', calls = '') {
  const opened = await openDrill(
    shop(`rds:
  - {id: orders-db, engine: postgres, class: db.r6g.large, storage_gb: 100, parameters: {max_connections: "200"}${database}}
  - {id: quiet-db, engine: postgres, class: db.r6g.large, storage_gb: 100}
dependencies:
  - {from: web-1, to: orders-db}
${calls}alarms:
  - {name: connections, namespace: AWS/RDS, metric: DatabaseConnections, dimensions: {DBInstanceIdentifier: orders-db}, threshold: 160, period: 60, periods: 2}
  - {name: slow-reads, namespace: AWS/RDS, metric: ReadLatency, dimensions: {DBInstanceIdentifier: orders-db}, threshold: 0.005, period: 60, periods: 2}
  - {name: space, namespace: AWS/RDS, metric: FreeStorageSpace, dimensions: {DBInstanceIdentifier: orders-db}, comparison: "<", threshold: 5.0e9, period: 60, periods: 2}
faults: [${fault}]
${more}`),
  );
  const { rds, pi, account } = opened;
  const described = async (id = 'orders-db') =>
    (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }))).DBInstances?.[0];
  const asked = async () => ({
    ServiceType: 'RDS' as const,
    Identifier: (await described())?.DbiResourceId,
    StartTime: new Date(account.now().getTime() - 3 * MINUTE),
    EndTime: account.now(),
  });
  return {
    ...opened,
    described,
    status: async () => (await described())?.DBInstanceStatus,
    reboot: () => rds.send(new RebootDBInstanceCommand(DATABASE)),
    modify: (wish: { DBInstanceClass?: string; AllocatedStorage?: number }) =>
      rds.send(new ModifyDBInstanceCommand({ ...DATABASE, ...wish, ApplyImmediately: true })),
    allow: (connections: string) =>
      rds.send(
        new ModifyDBParameterGroupCommand({
          DBParameterGroupName: 'orders-db-params',
          Parameters: [
            {
              ParameterName: 'max_connections',
              ParameterValue: connections,
              ApplyMethod: 'pending-reboot',
            },
          ],
        }),
      ),
    metric: (name: string) => opened.lastMinute('AWS/RDS', name, { DBInstanceIdentifier: 'orders-db' }),
    events: async () => {
      const command = new DescribeEventsCommand({
        SourceIdentifier: 'orders-db',
        SourceType: 'db-instance',
        Duration: 60,
      });
      return ((await rds.send(command)).Events ?? []).map((event) => event.Message ?? '');
    },
    load: async () => {
      const MetricQueries = [{ Metric: 'db.load.avg' }];
      const command = new GetResourceMetricsCommand({ ...(await asked()), MetricQueries });
      return (await pi.send(command)).MetricList?.[0]?.DataPoints?.at(-1)?.Value ?? 0;
    },
    top: async (Group: string) => {
      const command = new DescribeDimensionKeysCommand({
        ...(await asked()),
        Metric: 'db.load.avg',
        GroupBy: { Group },
      });
      return Object.values((await pi.send(command)).Keys?.[0]?.Dimensions ?? {}).join(' ');
    },
  };
}

describe('database_connections_exhausted', () => {
  const FAULT = '{at: +5m, kind: database_connections_exhausted, on: orders-db}';

  test('is seen in connections, events, logs of both sides, load; before its time it is not', async () => {
    const it = await drill(FAULT);
    it.advance(4 * MINUTE);
    expect(await it.metric('DatabaseConnections')).toBeLessThan(60);
    expect(await it.events()).toEqual([]);
    it.advance(7 * MINUTE);
    expect(await it.metric('DatabaseConnections')).toBe(197);
    expect(await it.alarm('connections')).toBe('ALARM');
    expect((await it.events()).at(-1)).toContain('no connection slots left: 200 of 200');
    expect((await it.logLines('/aws/rds/instance/orders-db/postgresql'))[0]).toContain('FATAL:');
    const groups = await it.logGroups();
    expect(groups).toContain('/aws/rds/instance/orders-db/postgresql');
    expect((await it.logLines('/var/log/messages', 5, "@message like 'pool'")).length).toBeGreaterThan(5);
    expect(await it.top('db.wait_event')).toContain('Client:ClientRead');
    expect(await it.top('db.user')).toContain('web');
    expect(await it.load()).toBeGreaterThan(2);
  });

  test('a reboot of the database helps for a moment, and it comes back', async () => {
    const it = await drill(FAULT);
    it.advance(10 * MINUTE);
    await it.reboot();
    expect(await it.status()).toBe('rebooting');
    it.advance(2 * MINUTE);
    expect(await it.status()).toBe('available');
    expect(await it.metric('DatabaseConnections')).toBeLessThan(60);
    it.advance(6 * MINUTE);
    expect(await it.metric('DatabaseConnections')).toBe(197);
    expect(await it.alarm('connections')).toBe('ALARM');
  });

  test('a restart of the one that leaks mends it', async () => {
    const it = await drill(FAULT);
    it.advance(10 * MINUTE);
    await it.ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
    it.advance(5 * MINUTE);
    expect(await it.metric('DatabaseConnections')).toBeLessThan(60);
    expect(await it.alarm('connections')).toBe('OK');
  });

  test('a restart of the service that leaks mends it, and that of another does not', async () => {
    const it = await drill(
      FAULT,
      '',
      'ecs: [{cluster: shop, services: [{name: cart, desired: 2, running: 2}, {name: search, desired: 2, running: 2}]}]\n',
      '  - {from: cart, to: orders-db}\n',
    );
    const restart = (service: string) =>
      it.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service, forceNewDeployment: true }));
    it.advance(10 * MINUTE);
    expect(await it.top('db.user')).toContain('cart');
    await restart('search');
    it.advance(5 * MINUTE);
    expect(await it.metric('DatabaseConnections')).toBe(197);
    await restart('cart');
    it.advance(5 * MINUTE);
    expect(await it.metric('DatabaseConnections')).toBeLessThan(60);
  });

  test('more connections mend it once they are in effect: after a reboot, for PostgreSQL', async () => {
    const it = await drill(FAULT);
    it.advance(10 * MINUTE);
    await it.allow('400');
    it.advance(5 * MINUTE);
    expect((await it.described())?.DBParameterGroups?.[0]?.ParameterApplyStatus).toBe('pending-reboot');
    expect(await it.metric('DatabaseConnections')).toBe(197);
    await it.reboot();
    it.advance(8 * MINUTE);
    expect((await it.described())?.DBParameterGroups?.[0]?.ParameterApplyStatus).toBe('in-sync');
    expect(await it.metric('DatabaseConnections')).toBeLessThan(60);
  });
});

describe('database_slow', () => {
  test('a bad query: the load has it, and no call of ours ends it', async () => {
    const it = await drill('{at: +2m, kind: database_slow, on: orders-db}');
    it.advance(MINUTE);
    const usual = await it.load();
    it.advance(7 * MINUTE);
    expect(await it.metric('CPUUtilization')).toBeGreaterThan(90);
    expect(await it.alarm('slow-reads')).toBe('ALARM');
    expect(await it.load()).toBeGreaterThan(usual + 3);
    expect((await it.events())[0]).toContain('CPU utilization of DB instance orders-db has exceeded 90%');
    const query = await it.top('db.sql_tokenized');
    expect(query).toContain('FROM orders t JOIN orders_history');
    const [line] = await it.logLines('/aws/rds/instance/orders-db/postgresql');
    expect(line).toContain('duration:');
    await it.modify({ DBInstanceClass: 'db.r6g.2xlarge', AllocatedStorage: 200 });
    it.advance(10 * MINUTE);
    expect((await it.described())?.DBInstanceClass).toBe('db.r6g.2xlarge');
    await it.reboot();
    it.advance(5 * MINUTE);
    expect(await it.metric('CPUUtilization')).toBeGreaterThan(90);
    expect(await it.alarm('slow-reads')).toBe('ALARM');
  });

  test.each([
    ['as the fault says', '{at: +2m, kind: database_slow, on: orders-db, cause: storage_full}', '', ''],
    [
      'as its free space says',
      '{at: +2m, kind: database_slow, on: orders-db}',
      '',
      'metrics: [{namespace: AWS/RDS, name: FreeStorageSpace, dimensions: {DBInstanceIdentifier: orders-db}, shape: {base: 3.0e8}}]',
    ],
  ])('a full storage, %s: more storage mends it, nothing else', async (_, fault, database, more) => {
    const it = await drill(fault, database, more);
    it.advance(MINUTE);
    expect(await it.status()).toBe('available');
    it.advance(9 * MINUTE);
    expect(await it.status()).toBe('storage-full');
    expect(await it.metric('FreeStorageSpace')).toBeLessThan(1_000);
    expect(await it.alarm('space')).toBe('ALARM');
    expect((await it.events()).join(' ')).toContain('Allocated storage has been exhausted');
    expect((await it.logLines('/aws/rds/instance/orders-db/postgresql'))[0]).toContain(
      'No space left on device',
    );
    await expect(it.modify({ DBInstanceClass: 'db.r6g.2xlarge' })).rejects.toThrow('not in available state');
    await expect(it.reboot()).rejects.toThrow('not in available state');
    await expect(it.modify({ AllocatedStorage: 105 })).rejects.toThrow('at least 10 percent');
    await it.modify({ AllocatedStorage: 200 });
    it.advance(8 * MINUTE);
    expect(await it.status()).toBe('storage-optimization');
    expect(await it.metric('FreeStorageSpace')).toBeGreaterThan(90e9);
    expect(await it.alarm('space')).toBe('OK');
    await expect(it.modify({ AllocatedStorage: 400 })).rejects.toThrow('six hours');
  });
});

test('a quiet database has nothing of it, and records no load unless it is asked to', async () => {
  const it = await drill('{at: +1s, kind: database_slow, on: orders-db}');
  it.advance(5 * MINUTE + SECOND);
  const quiet = await it.described('quiet-db');
  expect(quiet).toMatchObject({ DBInstanceStatus: 'available', PerformanceInsightsEnabled: false });
  const command = new GetResourceMetricsCommand({
    ServiceType: 'RDS',
    Identifier: quiet?.DbiResourceId,
    MetricQueries: [{ Metric: 'db.load.avg' }],
    StartTime: new Date(it.account.now().getTime() - MINUTE),
    EndTime: it.account.now(),
  });
  await expect(it.pi.send(command)).rejects.toThrow('not enabled');
});
