import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstanceStatusCommand,
  GetConsoleOutputCommand,
  ModifyInstanceAttributeCommand,
  ModifyVolumeCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { openDrill } from '../drill.ts';
import { MINUTE, SECOND, shop, WEB_1, WEB_2 } from '../opened-account.ts';

const HOUR = 60 * MINUTE;
const VOLUME = 'vol-0000000000000001a';
const ON_WEB_1 = { InstanceId: WEB_1 };
const FRONT = { LoadBalancer: 'front' };
const CHECKOUT = { FunctionName: 'checkout' };

const MORE = `lambda: [{name: checkout}]
dependencies: [{from: checkout, to: front}]
logs: [{group: /shop/web, file: web.log}]
alarms:
  - {name: unhealthy, namespace: AWS/ApplicationELB, metric: UnHealthyHostCount, dimensions: {LoadBalancer: front}, comparison: ">=", threshold: 1, period: 60, periods: 2}
  - {name: memory, namespace: CWAgent, metric: mem_used_percent, dimensions: {InstanceId: web-1}, threshold: 90, period: 60, periods: 2}
  - {name: disk, namespace: CWAgent, metric: disk_used_percent, dimensions: {InstanceId: web-1, path: /}, threshold: 90, period: 60, periods: 2}
  - {name: cpu, namespace: AWS/EC2, metric: CPUUtilization, dimensions: {InstanceId: web-1}, threshold: 80, period: 60, periods: 2}
metrics:
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, shape: {base: 40}}
  - {namespace: CWAgent, name: disk_used_percent, dimensions: {InstanceId: web-1, path: /}, unit: Percent, shape: {base: 61}}
  - {namespace: AWS/ApplicationELB, name: UnHealthyHostCount, dimensions: {LoadBalancer: front}, shape: {base: 0}}
  - {namespace: AWS/ApplicationELB, name: RequestCount, dimensions: {LoadBalancer: front}, shape: {base: 1000}}
`;

async function drill(kind: string, on = 'web-1', at = '+1m') {
  const yaml = shop(`${MORE}faults: [{at: ${at}, kind: ${kind}, on: ${on}}]\n`).replace(
    'tags: {env: prod}}',
    `tags: {env: prod}, volumes: [{id: ${VOLUME}, size_gb: 40, used_percent: 61}, {id: vol-0000000000000001b, size_gb: 10, used_percent: 12}]}`,
  );
  const opened = await openDrill(yaml, { beside: { 'web.log': '2026-11-20T09:59:00Z GET / 200\n' } });
  const { ec2, autoscaling, advance } = opened;
  const ids = { InstanceIds: [WEB_1] };
  return {
    ...opened,
    reboot: async () => {
      await ec2.send(new RebootInstancesCommand(ids));
      advance(4 * MINUTE);
    },
    /** Stops, takes another type, starts. */
    resize: async (Value: string) => {
      await ec2.send(new StopInstancesCommand(ids));
      advance(MINUTE);
      await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: WEB_1, InstanceType: { Value } }));
      await ec2.send(new StartInstancesCommand(ids));
      advance(4 * MINUTE);
    },
    grow: async (VolumeId: string, Size: number) => {
      await ec2.send(new ModifyVolumeCommand({ VolumeId, Size }));
      advance(4 * MINUTE);
    },
    scaleTo: async (DesiredCapacity: number) => {
      const group = { AutoScalingGroupName: 'web-asg', DesiredCapacity };
      await autoscaling.send(new SetDesiredCapacityCommand(group));
      advance(5 * MINUTE);
    },
    checks: async () => {
      const { InstanceStatuses } = await ec2.send(new DescribeInstanceStatusCommand(ids));
      return InstanceStatuses?.[0]?.InstanceStatus?.Status;
    },
    console: async () => {
      const { Output = '' } = await ec2.send(new GetConsoleOutputCommand({ InstanceId: WEB_1 }));
      return Buffer.from(Output, 'base64').toString();
    },
  };
}

describe('process_crash', () => {
  test('takes the application away from a machine that is well', async () => {
    const { advance, lastMinute, alarm, logLines, checks } = await drill('process_crash');
    advance(50 * SECOND);
    expect(await logLines('/shop/web')).toEqual(['2026-11-20T09:59:00Z GET / 200']);
    expect(await lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', FRONT)).toBe(0);
    advance(4 * MINUTE);
    expect(await checks()).toBe('ok');
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', ON_WEB_1)).toBeLessThan(10);
    expect(await lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', FRONT)).toBe(1);
    expect(await alarm('unhealthy')).toBe('ALARM');
    const lines = await logLines('/shop/web');
    expect(lines.find((line) => /app\.service: Main process exited/.test(line))).toMatch(
      /^Nov 20 10:01:0\d web-1 systemd\[\d+\]: /,
    );
    expect(lines.filter((line) => /Connection refused|no live upstreams/.test(line)).length).toBeGreaterThan(
      30,
    );
    // Who calls it through the balancer says so, by the name it knows.
    expect((await logLines('/aws/lambda/checkout')).join('\n')).toMatch(/\tERROR\tcall to front failed/);
    expect(await lastMinute('AWS/Lambda', 'Errors', CHECKOUT)).toBeGreaterThan(5);
  });

  test('is left by a bigger machine and mended by a reboot', async () => {
    const { advance, resize, reboot, lastMinute, alarm, logLines } = await drill('process_crash');
    advance(5 * MINUTE);
    await resize('t3.large');
    expect(await lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', FRONT)).toBe(1);
    expect((await logLines('/shop/web', 2)).length).toBeGreaterThan(5);
    await reboot();
    expect(await lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', FRONT)).toBe(0);
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', ON_WEB_1)).toBeGreaterThan(35);
    expect(await alarm('unhealthy')).toBe('OK');
    expect((await logLines('/shop/web')).join('\n')).toMatch(/Started app\.service/);
    expect(await logLines('/shop/web', 2)).toEqual([]);
  });
});

describe('memory_exhaustion', () => {
  test('fills the memory, after it could be seen coming', async () => {
    const { advance, lastMinute, alarm, logLines, console: output } = await drill('memory_exhaustion');
    expect(await lastMinute('CWAgent', 'mem_used_percent', ON_WEB_1)).toBeGreaterThan(85);
    expect(
      (await logLines('/shop/web', 60, '@message like /heap usage high|gc pause/')).length,
    ).toBeGreaterThan(20);
    expect((await logLines('/shop/web', 60)).join('\n')).not.toMatch(/Out of memory|heap out of memory/);
    advance(5 * MINUTE);
    expect(await lastMinute('CWAgent', 'mem_used_percent', ON_WEB_1)).toBeGreaterThan(93);
    expect(await alarm('memory')).toBe('ALARM');
    expect(await alarm('unhealthy')).toBe('ALARM');
    expect(await output()).toMatch(/Out of memory: Killed process/);
    expect((await logLines('/shop/web')).join('\n')).toMatch(/OOM killer/);
  });

  test('is left by a bigger machine, mended by a reboot for now, and comes back in plain sight', async () => {
    const { advance, resize, reboot, lastMinute, alarm, logLines } = await drill('memory_exhaustion');
    advance(5 * MINUTE);
    await resize('t3.large');
    expect(await lastMinute('CWAgent', 'mem_used_percent', ON_WEB_1)).toBeGreaterThan(93);
    expect(await alarm('memory')).toBe('ALARM');
    await reboot();
    expect(await lastMinute('CWAgent', 'mem_used_percent', ON_WEB_1)).toBeLessThan(45);
    expect(await alarm('memory')).toBe('OK');
    expect(await logLines('/shop/web', 2, '@message like /kernel/')).toEqual([]);
    const before: number[] = [];
    for (let hour = 0; hour < 3; hour += 1) {
      advance(HOUR);
      before.push((await lastMinute('CWAgent', 'mem_used_percent', ON_WEB_1)) ?? 0);
    }
    expect(before).toEqual([...before].sort((a, b) => a - b));
    expect(before.at(-1)).toBeGreaterThan(70);
    expect(await alarm('memory')).toBe('OK');
    expect((await logLines('/shop/web', 30)).join('\n')).toMatch(/heap usage high/);
    advance(HOUR + 5 * MINUTE);
    expect(await lastMinute('CWAgent', 'mem_used_percent', ON_WEB_1)).toBeGreaterThan(93);
    expect(await alarm('memory')).toBe('ALARM');
  });
});

describe('disk_full', () => {
  test('fills the fullest disk and fails what is written', async () => {
    const { advance, lastMinute, alarm, logLines, checks } = await drill('disk_full');
    const disk = { ...ON_WEB_1, path: '/' };
    expect(await lastMinute('CWAgent', 'disk_used_percent', disk)).toBe(61);
    advance(6 * MINUTE);
    expect(await lastMinute('CWAgent', 'disk_used_percent', disk)).toBe(100);
    expect(await alarm('disk')).toBe('ALARM');
    expect(await checks()).toBe('ok');
    const written = await logLines('/shop/web', 3, '@message like /(?i)no space left on device/');
    expect(written.length).toBeGreaterThan(15);
    expect(new Set(written).size).toBeGreaterThan(10);
    expect(await lastMinute('AWS/Lambda', 'Errors', CHECKOUT)).toBeGreaterThan(1);
  });

  test('is left by a reboot and by the wrong disk, and mended by growing the full one', async () => {
    const { advance, reboot, grow, lastMinute, alarm, logLines } = await drill('disk_full');
    const disk = { ...ON_WEB_1, path: '/' };
    advance(5 * MINUTE);
    await reboot();
    await grow('vol-0000000000000001b', 20);
    expect(await lastMinute('CWAgent', 'disk_used_percent', disk)).toBe(100);
    expect((await logLines('/shop/web', 2)).length).toBeGreaterThan(5);
    await grow(VOLUME, 60);
    expect(await lastMinute('CWAgent', 'disk_used_percent', disk)).toBeCloseTo(66.7, 1);
    expect(await alarm('disk')).toBe('OK');
    expect(await logLines('/shop/web', 2)).toEqual([]);
  });
});

describe('traffic_spike', () => {
  test('on a group reaches all of its instances and what stands before them', async () => {
    const { advance, lastMinute, alarm, logLines } = await drill('traffic_spike', 'web-asg');
    expect(await lastMinute('AWS/ApplicationELB', 'RequestCount', FRONT)).toBe(1000);
    advance(6 * MINUTE);
    for (const InstanceId of [WEB_1, WEB_2]) {
      expect(await lastMinute('AWS/EC2', 'CPUUtilization', { InstanceId })).toBeGreaterThan(85);
    }
    expect(await lastMinute('AWS/ApplicationELB', 'RequestCount', FRONT)).toBe(3400);
    expect(await lastMinute('AWS/ApplicationELB', 'TargetResponseTime', FRONT)).toBeGreaterThan(0.2);
    expect(await alarm('cpu')).toBe('ALARM');
    const lines = await logLines('/shop/web', 3, '@message like /waiting|worker_connections|limiting/');
    expect(new Set(lines.map((line) => line.split(' ')[3]))).toEqual(new Set(['web-1', 'web-2']));
  });

  test('is left by a reboot and by a bigger machine, and mended by more instances', async () => {
    const { advance, reboot, resize, scaleTo, lastMinute, alarm } = await drill('traffic_spike');
    advance(4 * MINUTE);
    await reboot();
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', ON_WEB_1)).toBeGreaterThan(85);
    await resize('t3.xlarge');
    expect(await alarm('cpu')).toBe('ALARM');
    await scaleTo(3);
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', ON_WEB_1)).toBeLessThan(50);
    expect(await lastMinute('AWS/ApplicationELB', 'RequestCount', FRONT)).toBe(1000);
    expect(await alarm('cpu')).toBe('OK');
  });
});

describe('what faults of instances write', () => {
  test('instance_impaired: the last the kernel could say, and then nothing but the complaints of callers', async () => {
    const { advance, logLines } = await drill('instance_impaired');
    advance(30 * MINUTE);
    const lines = await logLines('/shop/web', 30, '@message like /web-1/');
    expect(lines.slice(0, 3).join('\n')).toMatch(/10:01:00 web-1 kernel: watchdog: BUG: soft lockup/);
    expect(lines).toHaveLength(3);
    expect((await logLines('/aws/lambda/checkout', 1)).join('\n')).toMatch(/call to front failed/);
  });

  test('instance_stopped: its shutdown', async () => {
    const { advance, logLines } = await drill('instance_stopped');
    advance(30 * MINUTE);
    const lines = await logLines('/shop/web', 30, '@message like /web-1/');
    expect(lines[0]).toMatch(/^Nov 20 10:01:00 web-1 systemd-logind\[\d+\]: System is powering down/);
    expect(lines.at(-1)).toMatch(/Power Off/);
  });

  test('cpu_saturation: slow requests, until there are more instances', async () => {
    const { advance, scaleTo, reboot, logLines } = await drill('cpu_saturation');
    advance(5 * MINUTE);
    const slow = '@message like /slow request|event loop blocked|timed out/';
    expect((await logLines('/shop/web', 3, slow)).length).toBeGreaterThan(10);
    await reboot();
    expect((await logLines('/shop/web', 2, slow)).length).toBeGreaterThan(5);
    await scaleTo(3);
    expect(await logLines('/shop/web', 2, slow)).toEqual([]);
  });

  test('cpu_saturation: as many instances as there were are not more', async () => {
    const { advance, scaleTo, lastMinute } = await drill('cpu_saturation', 'web-2', '+10m');
    const cpu = () => lastMinute('AWS/EC2', 'CPUUtilization', { InstanceId: WEB_2 });
    await scaleTo(3);
    advance(10 * MINUTE);
    for (const size of [2, 3]) {
      await scaleTo(size);
      expect(await cpu()).toBeGreaterThan(80);
    }
    await scaleTo(4);
    expect((await cpu()) ?? 0).toBeLessThan(60);
  });
});
