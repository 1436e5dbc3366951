import { fileURLToPath } from 'node:url';
import { AutoScalingClient, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, RebootInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { readAccountFile } from '../../mcp-server/simulator/account-file.ts';
import { createSimulatedAccount } from '../../mcp-server/simulator/simulated-account.ts';
import { MINUTE, SECOND } from './opened-account.ts';

const DEMO = fileURLToPath(new URL('../../accounts/demo/account.yaml', import.meta.url));

async function openDemo(start: Date) {
  const file = await readAccountFile(DEMO);
  let elapsed = 0;
  const account = createSimulatedAccount({ file, clock: () => new Date(start.getTime() + elapsed) });
  const region = file.regions[0] ?? '';
  const cloudwatch = new CloudWatchClient({ region });
  const ec2 = new EC2Client({ region });
  const autoscaling = new AutoScalingClient({ region });
  account.attach(cloudwatch);
  account.attach(ec2);
  account.attach(autoscaling);
  return {
    ec2,
    autoscaling,
    idOf: (name: string) => file.ec2.find((one) => one.name === name)?.id ?? '',
    advance: (ms: number) => {
      elapsed += ms;
    },
    firing: async () => {
      const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
      return MetricAlarms.map((one) => one.AlarmName);
    },
  };
}

describe('the account that ships with the product', () => {
  it('has the lines of its checkout function, the error among them', async () => {
    const file = await readAccountFile(DEMO);
    const start = new Date('2026-11-20T10:00:00Z');
    const account = createSimulatedAccount({ file, clock: () => start });
    const logs = new CloudWatchLogsClient({ region: file.regions[0] ?? '' });
    account.attach(logs);
    const { queryId } = await logs.send(
      new StartQueryCommand({
        logGroupName: '/aws/lambda/checkout',
        startTime: start.getTime() / 1000 - 7_200,
        endTime: start.getTime() / 1000,
        queryString: 'filter @message like /ERROR/ | stats count(*) as errors',
      }),
    );
    expect(await logs.send(new GetQueryResultsCommand({ queryId }))).toMatchObject({
      status: 'Complete',
      results: [[{ field: 'errors', value: '1' }]],
    });
  });

  it.each(Array.from({ length: 8 }, (_, i) => i * 3))(
    'has one alarm firing at first, started at %i:07',
    async (hour) => {
      const { firing, advance } = await openDemo(new Date(Date.UTC(2027, 2, 9, hour, 7, 13)));
      expect(await firing()).toEqual(['api-5xx-high']);
      advance(85 * SECOND);
      expect(await firing()).toEqual(['api-5xx-high']);
    },
  );

  it('then loses web-2 and floods api-1, until both are mended', async () => {
    const { ec2, autoscaling, idOf, firing, advance } = await openDemo(new Date('2027-03-09T09:00:21Z'));
    advance(4 * MINUTE);
    expect(await firing()).toContain('web-2-status-check-failed');
    advance(5 * MINUTE);
    expect(await firing()).toEqual([
      'api-1-cpu-high',
      'api-5xx-high',
      'shop-slow',
      'web-2-status-check-failed',
    ]);
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [idOf('web-2')] }));
    await autoscaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'api-asg', DesiredCapacity: 3 }),
    );
    advance(6 * MINUTE);
    expect(await firing()).toEqual(['api-5xx-high']);
  });
});
