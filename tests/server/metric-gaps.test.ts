import { expect, test } from 'vitest';
import { type RunningServer, startServer } from './running-server.ts';

// What could not be listed or is no longer kept: a result says so, and never "there is none".

const ACCOUNT = `
account: "111122223333"
alias: shop
regions: [ap-northeast-2]
clock: 2026-11-20T09:00:00Z
ec2:
  - {id: i-0b47c0de00000001, name: web-1, type: t3.medium, az: ap-northeast-2a}
asg:
  - {name: web-asg, min: 1, max: 4, desired: 1, instances: [web-1]}
metrics:
  - {namespace: CWAgent, name: mem_used_percent,
     dimensions: {InstanceId: web-1, AutoScalingGroupName: web-asg}, shape: {base: 60}}
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, shape: {base: 40}}
  - {namespace: AWS/RDS, name: CPUUtilization, dimensions: {DBInstanceIdentifier: orders-db}, shape: {base: 20}}
`;
const DENIED = 'trouble:\n  - {service: cloudwatch, action: ListMetrics, error: AccessDeniedException}\n';

async function withAccount(account: string, look: (server: RunningServer) => Promise<void>) {
  const server = await startServer({ account });
  try {
    await look(server);
  } finally {
    await server.stop();
  }
}

const MEMORY = { resource: 'web-1', metric: 'mem_used_percent' };
const NOT_LISTED = {
  what: 'mem_used_percent of web-1',
  why: 'denied',
  detail: 'Not allowed: cloudwatch:ListMetrics in shop ap-northeast-2.',
  account: 'shop',
  region: 'ap-northeast-2',
};

test('CONTROL: the memory of an instance is found by its other dimensions', () =>
  withAccount(ACCOUNT, async (server) => {
    const { output } = await server.call('get_metric', MEMORY);
    expect(output.series).toMatchObject([{ dimensions: { AutoScalingGroupName: 'web-asg' } }]);
    expect(output.series[0]?.summary).not.toBeNull();
    expect(output.coverage.looked_at).toContain('CloudWatch ListMetrics ap-northeast-2');
    expect(output.coverage.gaps).toEqual([]);
  }));

test('without the right to list metrics it is not said to be missing', () =>
  withAccount(ACCOUNT + DENIED, async (server) => {
    const { output, text } = await server.call('get_metric', MEMORY);
    expect(output.coverage.gaps).toEqual([NOT_LISTED]);
    expect(text).toContain('Not seen: Not allowed: cloudwatch:ListMetrics');
    expect(text).not.toContain('CloudWatch has no');
  }));

test('a name that only metrics carry is not said to be missing either', () =>
  withAccount(ACCOUNT + DENIED, async (server) => {
    const unknown = { resource: 'orders-db', metric: 'CPUUtilization' };
    const failed = await server.failing('get_metric', unknown);
    expect(failed.code).toBe('not_found');
    expect(failed.hint).toContain('Not every metric could be listed: Not allowed: cloudwatch:ListMetrics');
    const queries = [{ resource: 'web-1', metric: 'CPUUtilization' }, unknown];
    const { output } = await server.call('get_metrics', { queries });
    expect(output.coverage.gaps).toHaveLength(1);
    expect(output.coverage.gaps[0]?.detail).toContain('Not allowed: cloudwatch:ListMetrics');
  }));

test('the hint of what else there is says that it could not be listed', () =>
  withAccount(ACCOUNT + DENIED, async (server) => {
    const { output } = await server.call('get_metric', { resource: 'web-1', metric: 'CpuUtilisation' });
    expect(output.coverage.gaps).toMatchObject([{ why: 'no_data' }]);
    expect(output.coverage.gaps[0]?.detail).toContain('What it has could not all be listed: Not allowed');
  }));

test('a list of metrics that was not read to its end is truncated', () => {
  // Ten pages of 500 are read.
  const many = Array.from(
    { length: 5_001 },
    (_, at) =>
      `  - {namespace: AWS/ApplicationELB, name: HealthyHostCount, dimensions: {LoadBalancer: shop-alb, TargetGroup: targetgroup/g-${at}/1}, shape: {base: 1}}\n`,
  );
  const account = `${ACCOUNT}${many.join('')}elb:\n  - {name: shop-alb, type: application}\n`;
  return withAccount(account, async (server) => {
    const query = { resource: 'shop-alb', metric: 'HealthyHostCount', last: '5m' };
    const { output } = await server.call('get_metric', query);
    expect(output.coverage.gaps).toMatchObject([
      { what: 'HealthyHostCount of shop-alb', why: 'truncated', region: 'ap-northeast-2' },
    ]);
  });
});

test('a period finer than CloudWatch keeps is raised, and said to be', () =>
  withAccount(ACCOUNT, async (server) => {
    const cpu = { resource: 'web-1', metric: 'CPUUtilization' };
    const { output } = await server.call('get_metric', { ...cpu, last: '24h', period: 1 });
    expect(output.series).toMatchObject([{ period_s: 60 }]);
    expect(output.series[0]?.values.length).toBeLessThanOrEqual(1_441);
    expect(output.coverage.gaps).toMatchObject([
      {
        what: 'CPUUtilization of web-1 every 1 s',
        why: 'no_data',
        detail: 'CloudWatch keeps points of that age every 60 s, not every 1 s: these are every 60 s.',
      },
    ]);
    const endless = await server.failing('get_metric', { ...cpu, last: '9999d', period: 3_600 });
    expect(endless).toMatchObject({ code: 'invalid_arguments' });
    expect(endless.message).toContain('a series has at most 21601');
  }));
