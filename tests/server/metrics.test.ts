import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHOP } from './accounts.ts';
import { type RunningServer, startServer } from './running-server.ts';

const MANY = 1_200;
const manyInstances = Array.from({ length: MANY }, (_, i) => i.toString(16).padStart(8, '0'));
const FLEET = `
account: "111122223333"
regions: [us-east-1]
clock: 2026-11-20T09:00:00Z
ec2:
${manyInstances.map((id) => `  - {id: i-000000000${id}, name: node-${Number.parseInt(id, 16)}, type: t3.micro}`).join('\n')}
metrics:
${manyInstances.map((id) => `  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: i-000000000${id}}, shape: {base: 10}}`).join('\n')}
`;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ account: SHOP });
});
afterAll(() => server.stop());

test('a resource gives namespace, dimensions, statistic and period', async () => {
  const { output, text } = await server.call('get_metric', { resource: 'web1', metric: 'CPUUtilization' });
  expect(output.series).toMatchObject([
    {
      resource: { id: 'i-0b47c0de00000001', name: 'web-1' },
      namespace: 'AWS/EC2',
      dimensions: { InstanceId: 'i-0b47c0de00000001' },
      statistic: 'Average',
      unit: 'Percent',
      period_s: 60,
      start: '2026-11-20T06:00:00.000Z',
      status: 'Complete',
    },
  ]);
  const [series] = output.series;
  expect(series?.values.length).toBeGreaterThanOrEqual(180);
  expect(series?.summary?.average).toBeGreaterThan(30);
  expect(series?.summary?.average).toBeLessThan(50);
  expect(text).toContain('CPUUtilization of web-1 (Average, 60 s): now ');
});

test('a database and an alarm too', async () => {
  const database = await server.call('get_metric', {
    resource: 'orders-db',
    metric: 'CPUUtilization',
    last: '1d',
  });
  expect(database.output.series).toMatchObject([
    { namespace: 'AWS/RDS', dimensions: { DBInstanceIdentifier: 'orders-db' }, period_s: 480 },
  ]);
  const alarm = await server.call('get_metric', { resource: 'api-cpu-high', metric: 'CPUUtilization' });
  expect(alarm.output.series).toMatchObject([
    { namespace: 'AWS/EC2', dimensions: { InstanceId: 'i-0b47c0de00000003' } },
  ]);
});

test('a series that is not there is a gap', async () => {
  const { output } = await server.call('get_metrics', {
    queries: [
      { resource: 'web-1', metric: 'CPUUtilization' },
      { resource: 'bastion', metric: 'CPUUtilization' },
      { resource: 'nobody', metric: 'CPUUtilization' },
    ],
  });
  expect(output.series.map((one) => one.summary === null)).toEqual([false, true]);
  expect(output.coverage.gaps).toMatchObject([
    { what: 'CPUUtilization of nobody', why: 'no_data' },
    { what: 'CPUUtilization of bastion', why: 'no_data' },
  ]);
});

test('a metric that is not there comes with those that are', async () => {
  const { output } = await server.call('get_metric', { resource: 'web-1', metric: 'CpuUtilisation' });
  expect(output.coverage.gaps[0]?.detail).toContain('It has: CPUUtilization');
});

test('1,200 series are three requests', async () => {
  const fleet = await startServer({ account: FLEET });
  try {
    const byDimension = manyInstances.map((id) => ({
      metric: 'CPUUtilization',
      namespace: 'AWS/EC2',
      dimensions: { InstanceId: `i-000000000${id}` },
    }));
    const { output } = await fleet.call('get_metrics', { queries: byDimension });
    expect(output.call.aws_calls).toBe(3);
    expect(output.series).toHaveLength(MANY);
    expect(output.series.every((one) => one.summary !== null)).toBe(true);
    expect(output.series[777]?.dimensions).toEqual(byDimension[777]?.dimensions);

    const { instances, call } = (await fleet.call('list_instances')).output;
    expect(instances).toHaveLength(MANY);
    expect(call.aws_calls).toBe(2);

    const byName = Array.from({ length: 600 }, (_, i) => ({
      resource: `node-${i}`,
      metric: 'CPUUtilization',
    }));
    const named = await fleet.call('get_metrics', { queries: byName });
    expect(named.output.series.map((one) => one.resource?.name)).toEqual(
      byName.map((query) => query.resource),
    );
  } finally {
    await fleet.stop();
  }
});

test('more points than one answer holds come page by page', async () => {
  const { output } = await server.call('get_metrics', {
    queries: Array.from({ length: 100 }, () => ({
      metric: 'CPUUtilization',
      namespace: 'AWS/EC2',
      dimensions: { InstanceId: 'i-0b47c0de00000001' },
      period: 60,
    })),
    last: '24h',
  });
  // 100 series of 1,440 points are 144,000: two pages of at most 100,800.
  expect(output.call.aws_calls).toBe(2);
  const counts = new Set(output.series.map((one) => one.summary?.points));
  expect(counts.size).toBe(1);
  expect(output.series.every((one) => one.status === 'Complete')).toBe(true);
});
