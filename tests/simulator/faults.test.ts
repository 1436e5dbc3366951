import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  GetConsoleOutputCommand,
  ModifyInstanceAttributeCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetServiceGraphCommand } from '@aws-sdk/client-xray';
import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../mcp-server/simulator/account-file.ts';
import { rulesFor } from '../../mcp-server/simulator/world/faults/registry.ts';
import { BATCH_1, MINUTE, openAccount, SECOND, START, shop, WEB_1, WEB_2 } from './opened-account.ts';

const WATCHED = `alarms:
  - {name: checks, namespace: AWS/EC2, metric: StatusCheckFailed, dimensions: {InstanceId: web-1}, comparison: ">=", threshold: 1, period: 60, periods: 2}
  - {name: cpu, namespace: AWS/EC2, metric: CPUUtilization, dimensions: {InstanceId: web-1}, threshold: 80, period: 60, periods: 2}
metrics:
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, shape: {base: 30, noise: 0.1}}
  - {namespace: AWS/ApplicationELB, name: UnHealthyHostCount, dimensions: {LoadBalancer: front}, shape: {base: 0}}
  - {namespace: AWS/Lambda, name: Errors, dimensions: {FunctionName: checkout}, shape: {base: 0}}
lambda: [{name: checkout}]
dependencies: [{from: checkout, to: web-1}]
`;

async function drill(fault: string) {
  const account = await openAccount(shop(`${WATCHED}faults: [${fault}]\n`));
  const { ec2, cloudwatch, autoscaling, xray } = account;
  const ids = { InstanceIds: [WEB_1] };
  return {
    ...account,
    reboot: () => ec2.send(new RebootInstancesCommand(ids)),
    start: () => ec2.send(new StartInstancesCommand(ids)),
    stop: () => ec2.send(new StopInstancesCommand(ids)),
    resize: (Value: string) =>
      ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: WEB_1, InstanceType: { Value } })),
    scaleTo: (DesiredCapacity: number) =>
      autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web-asg', DesiredCapacity })),
    state: async () => {
      const { Reservations } = await ec2.send(new DescribeInstancesCommand(ids));
      return Reservations?.[0]?.Instances?.[0];
    },
    checks: async () => {
      const command = new DescribeInstanceStatusCommand({ ...ids, IncludeAllInstances: true });
      const status = (await ec2.send(command)).InstanceStatuses?.[0];
      return `${status?.SystemStatus?.Status}/${status?.InstanceStatus?.Status}`;
    },
    alarm: async (name: string) => {
      const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
      return MetricAlarms?.[0]?.StateValue;
    },
    /** The value of the last whole minute. */
    lastMinute: async (Namespace: string, MetricName: string, Name: string, Value: string) => {
      const now = account.account.now();
      const { MetricDataResults } = await cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(now.getTime() - 2 * MINUTE),
          EndTime: now,
          MetricDataQueries: [
            {
              Id: 'm',
              MetricStat: {
                Metric: { Namespace, MetricName, Dimensions: [{ Name, Value }] },
                Period: 60,
                Stat: 'Maximum',
              },
            },
          ],
        }),
      );
      return MetricDataResults?.[0]?.Values?.[0];
    },
    console: async () => {
      const { Output = '' } = await ec2.send(new GetConsoleOutputCommand({ InstanceId: WEB_1 }));
      return Buffer.from(Output, 'base64').toString();
    },
    faultsSeenIn: async (service: string) => {
      const EndTime = account.account.now();
      const { Services } = await xray.send(new GetServiceGraphCommand({ StartTime: START, EndTime }));
      return Services?.find((one) => one.Name === service)?.SummaryStatistics?.FaultStatistics?.TotalCount;
    },
  };
}

describe('instance_impaired', () => {
  const FAULT = '{at: +90s, kind: instance_impaired, on: web-1}';

  it('shows wherever a person would look, from its time on', async () => {
    const { advance, checks, alarm, lastMinute, console: output, faultsSeenIn } = await drill(FAULT);
    advance(89 * SECOND);
    expect(await checks()).toBe('ok/ok');
    expect(await alarm('checks')).toBe('OK');
    expect(await lastMinute('AWS/EC2', 'StatusCheckFailed', 'InstanceId', WEB_1)).toBeUndefined();
    expect(await output()).not.toMatch(/panic/);
    advance(3 * MINUTE);
    expect(await checks()).toBe('ok/impaired');
    expect(await alarm('checks')).toBe('ALARM');
    expect(await lastMinute('AWS/EC2', 'StatusCheckFailed', 'InstanceId', WEB_1)).toBe(1);
    expect(await lastMinute('AWS/EC2', 'StatusCheckFailed_System', 'InstanceId', WEB_1)).toBe(0);
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', 'InstanceId', WEB_1)).toBeLessThan(5);
    expect(await lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', 'LoadBalancer', 'front')).toBe(1);
    expect(
      await lastMinute('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'LoadBalancer', 'front'),
    ).toBeGreaterThan(30);
    expect(await lastMinute('AWS/Lambda', 'Errors', 'FunctionName', 'checkout')).toBeGreaterThan(5);
    expect(await faultsSeenIn('checkout')).toBeGreaterThan(0);
    expect(await output()).toMatch(/Kernel panic/);
  });

  it('is mended by a reboot', async () => {
    const { advance, reboot, checks, alarm, lastMinute, console: output } = await drill(FAULT);
    advance(5 * MINUTE);
    await reboot();
    expect(await checks()).toBe('ok/impaired');
    advance(45 * SECOND);
    expect(await checks()).toBe('ok/initializing');
    advance(5 * MINUTE);
    expect(await checks()).toBe('ok/ok');
    expect(await alarm('checks')).toBe('OK');
    expect(await lastMinute('AWS/EC2', 'StatusCheckFailed', 'InstanceId', WEB_1)).toBe(0);
    expect(await lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', 'LoadBalancer', 'front')).toBe(0);
    expect(await lastMinute('AWS/Lambda', 'Errors', 'FunctionName', 'checkout')).toBe(0);
    expect(await output()).not.toMatch(/panic/);
  });

  it('is mended by a stop and a start', async () => {
    const { advance, stop, start, checks } = await drill(FAULT);
    advance(5 * MINUTE);
    await stop();
    advance(MINUTE);
    await start();
    advance(5 * MINUTE);
    expect(await checks()).toBe('ok/ok');
  });

  it('is not mended by a start alone, nor by more instances, nor by a reboot before it', async () => {
    const { advance, start, reboot, scaleTo, checks } = await drill(FAULT);
    advance(MINUTE);
    await reboot();
    advance(4 * MINUTE);
    await start();
    await scaleTo(3);
    advance(10 * MINUTE);
    expect(await checks()).toBe('ok/impaired');
  });
});

describe('instance_stopped', () => {
  const FAULT = '{at: +1m, kind: instance_stopped, on: web-1}';

  it('stops the instance from within, and its alarms lack data', async () => {
    const { advance, state, alarm, lastMinute, console: output } = await drill(FAULT);
    advance(50 * SECOND);
    expect(await state()).toMatchObject({ State: { Name: 'running' } });
    advance(15 * SECOND);
    expect(await state()).toMatchObject({ State: { Name: 'stopping' } });
    advance(5 * MINUTE);
    expect(await state()).toMatchObject({
      State: { Name: 'stopped' },
      StateReason: { Code: 'Client.InstanceInitiatedShutdown' },
    });
    expect(await alarm('cpu')).toBe('INSUFFICIENT_DATA');
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', 'InstanceId', WEB_1)).toBeUndefined();
    expect(await lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', 'LoadBalancer', 'front')).toBe(1);
    expect(await output()).toMatch(/Power down/);
  });

  it('is mended by a start, which a reboot is not', async () => {
    const { advance, reboot, start, state, alarm } = await drill(FAULT);
    advance(5 * MINUTE);
    await expect(reboot()).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    expect(await state()).toMatchObject({ State: { Name: 'stopped' } });
    await start();
    advance(5 * MINUTE);
    expect(await state()).toMatchObject({ State: { Name: 'running' } });
    expect(await alarm('cpu')).toBe('OK');
  });
});

describe('cpu_saturation', () => {
  const FAULT = '{at: +1m, kind: cpu_saturation, on: web-1, severity: 0.9}';
  const cpu = ['AWS/EC2', 'CPUUtilization', 'InstanceId', WEB_1] as const;

  it('fills the CPU and slows down what stands before it', async () => {
    const { advance, lastMinute, alarm, checks } = await drill(FAULT);
    advance(MINUTE);
    expect(await lastMinute(...cpu)).toBeLessThan(50);
    advance(4 * MINUTE);
    expect(await lastMinute(...cpu)).toBeGreaterThan(85);
    expect(await lastMinute(...cpu)).toBeLessThanOrEqual(100);
    expect(
      await lastMinute('AWS/ApplicationELB', 'TargetResponseTime', 'LoadBalancer', 'front'),
    ).toBeGreaterThan(0.1);
    expect(await alarm('cpu')).toBe('ALARM');
    expect(await checks()).toBe('ok/ok');
  });

  it('is mended by more instances in its group', async () => {
    const { advance, scaleTo, lastMinute, alarm } = await drill(FAULT);
    advance(5 * MINUTE);
    await scaleTo(3);
    advance(4 * MINUTE);
    expect(await lastMinute(...cpu)).toBeLessThan(50);
    expect(await alarm('cpu')).toBe('OK');
  });

  it('is mended by a bigger type, once started again', async () => {
    const { advance, stop, resize, start, lastMinute } = await drill(FAULT);
    advance(5 * MINUTE);
    await stop();
    advance(MINUTE);
    await resize('t3.xlarge');
    await start();
    advance(4 * MINUTE);
    expect(await lastMinute(...cpu)).toBeLessThan(50);
  });

  it('is not mended by a reboot, by a stop and a start, by a smaller type, nor by as many instances', async () => {
    const { advance, reboot, stop, start, resize, scaleTo, lastMinute } = await drill(FAULT);
    advance(5 * MINUTE);
    await reboot();
    await stop();
    advance(MINUTE);
    await resize('t3.small');
    await start();
    advance(MINUTE);
    await scaleTo(2);
    advance(4 * MINUTE);
    expect(await lastMinute(...cpu)).toBeGreaterThan(85);
  });

  it('is not mended by fewer instances', async () => {
    const { advance, scaleTo, lastMinute } = await drill('{at: +2m, kind: cpu_saturation, on: web-2}');
    await scaleTo(3);
    advance(4 * MINUTE);
    await scaleTo(2);
    advance(4 * MINUTE);
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', 'InstanceId', WEB_2)).toBeGreaterThan(85);
  });

  it('falls on a whole group when it names one', async () => {
    const { advance, lastMinute } = await drill('{at: +1m, kind: cpu_saturation, on: web-asg}');
    advance(5 * MINUTE);
    expect(await lastMinute(...cpu)).toBeGreaterThan(85);
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', 'InstanceId', WEB_2)).toBeGreaterThan(85);
  });
});

describe('faults that do not act', () => {
  it('are known, and leave the account alone', async () => {
    const idle = FAULT_KINDS.filter((kind) => rulesFor(kind).length === 0);
    expect(idle).toEqual([
      'pod_crashloop',
      'image_pull_error',
      'pod_oom_killed',
      'scaled_to_zero',
      'cpu_stress_pod',
      'node_not_ready',
    ]);
    const { advance, checks, alarm } = await drill(
      idle.map((kind) => `{at: +1s, kind: ${kind}, on: web-1}`).join(', '),
    );
    advance(10 * MINUTE);
    expect(await checks()).toBe('ok/ok');
    expect(await alarm('cpu')).toBe('OK');
  });

  it('include any on an instance that is not running', async () => {
    const { ec2, advance } = await openAccount(
      shop('faults: [{at: +1m, kind: instance_impaired, on: batch-1}]\n'),
    );
    advance(5 * MINUTE);
    await ec2.send(new StartInstancesCommand({ InstanceIds: [BATCH_1] }));
    advance(5 * MINUTE);
    const { InstanceStatuses } = await ec2.send(
      new DescribeInstanceStatusCommand({ InstanceIds: [BATCH_1] }),
    );
    expect(InstanceStatuses?.[0]?.InstanceStatus?.Status).toBe('ok');
  });
});
