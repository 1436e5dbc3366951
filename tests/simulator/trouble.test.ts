import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand, EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { GetServiceGraphCommand } from '@aws-sdk/client-xray';
import { describe, expect, it } from 'vitest';
import { openAccount, START, shop, WEB_1 } from './opened-account.ts';

const HOUR_AGO = new Date(START.getTime() - 3_600_000);

describe('what AWS refuses', () => {
  it.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'])(
    '%s, in each service’s words',
    async (error) => {
      const services = ['ec2', 'cloudwatch', 'cloudtrail', 'xray', 'autoscaling', 'sts'];
      const trouble = services.map((one) => `  - {service: ${one}, error: ${error}}`).join('\n');
      const account = await openAccount(shop(`trouble:\n${trouble}\n`));
      await expect(account.ec2.send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
        name: 'UnauthorizedOperation',
        $metadata: { httpStatusCode: 403, attempts: 1 },
        message: expect.stringMatching(
          /arn:aws:iam::111122223333:user\/operator is not authorized to perform: ec2:DescribeInstances/,
        ),
      });
      await expect(account.cloudwatch.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      await expect(account.cloudtrail.send(new LookupEventsCommand({}))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      const range = { StartTime: HOUR_AGO, EndTime: START };
      await expect(account.xray.send(new GetServiceGraphCommand(range))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      await expect(account.autoscaling.send(new DescribeAutoScalingGroupsCommand({}))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
    },
  );

  it('only where, and for what, it was asked for', async () => {
    const account = await openAccount(
      shop('trouble: [{service: ec2, action: DescribeInstances, region: us-west-2, error: AccessDenied}]\n'),
    );
    await account.ec2.send(new DescribeInstancesCommand({}));
    const far = account.clientsIn('us-west-2');
    await expect(far.ec2.send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
    await far.cloudwatch.send(new DescribeAlarmsCommand({}));
  });

  it('an expired token', async () => {
    const account = await openAccount(
      shop('trouble: [{service: sts, error: ExpiredToken}, {service: cloudtrail, error: ExpiredToken}]\n'),
    );
    await expect(account.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
    await expect(account.cloudtrail.send(new LookupEventsCommand({}))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    });
  });
});

describe('throttling', () => {
  it('is retried by the SDK, and given up as the SDK does', async () => {
    const always = await openAccount(
      shop('trouble: [{service: ec2, action: "*", error: ThrottlingException}]\n'),
    );
    const ec2 = new EC2Client({ region: 'ap-northeast-2', maxAttempts: 2 });
    always.account.attach(ec2);
    await expect(ec2.send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      $metadata: { attempts: 2, httpStatusCode: 503 },
      $retryable: { throttling: true },
    });
  });

  it('hits a share of the calls, the same ones each time', async () => {
    const yaml = shop(
      'trouble: [{service: ec2, action: DescribeInstances, error: ThrottlingException, rate: 0.4}]\n',
    );
    const run = async () => {
      const { account } = await openAccount(yaml);
      const ec2 = new EC2Client({ region: 'ap-northeast-2', maxAttempts: 1 });
      account.attach(ec2);
      const hits: boolean[] = [];
      for (let call = 0; call < 60; call += 1) {
        hits.push(
          await ec2.send(new DescribeInstancesCommand({})).then(
            () => false,
            () => true,
          ),
        );
      }
      return hits;
    };
    const hits = await run();
    const share = hits.filter(Boolean).length / hits.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.6);
    expect(await run()).toEqual(hits);
  });

  it('that passes ends in an answer', async () => {
    const { ec2 } = await openAccount(
      shop('trouble: [{service: ec2, action: DescribeInstances, error: ThrottlingException, rate: 0.4}]\n'),
    );
    const attempts: (number | undefined)[] = [];
    for (let call = 0; call < 4; call += 1) {
      attempts.push((await ec2.send(new DescribeInstancesCommand({}))).$metadata.attempts);
    }
    expect(Math.max(...attempts.map((one) => one ?? 0))).toBeGreaterThan(1);
  });
});

describe('delay', () => {
  it('comes before the effect, and ends when the caller gives up', async () => {
    const { ec2 } = await openAccount(shop('trouble: [{service: ec2, action: StopInstances, delay: 1h}]\n'));
    const giveUp = new AbortController();
    const stop = ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }), { abortSignal: giveUp.signal });
    const state = async () => {
      const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [WEB_1] }));
      return Reservations?.[0]?.Instances?.[0]?.State?.Name;
    };
    // The calls between have been answered: the first one is on its way and waits.
    for (let call = 0; call < 3; call += 1) expect(await state()).toBe('running');
    giveUp.abort();
    await expect(stop).rejects.toMatchObject({ name: 'AbortError' });
    expect(await state()).toBe('running');
  });
});

describe('partial data', () => {
  const query = (Id: string, MetricName: string) => ({
    Id,
    MetricStat: { Metric: { Namespace: 'Shop', MetricName }, Period: 60, Stat: 'Average' },
  });
  const metrics = `metrics:
  - {namespace: Shop, name: Orders, shape: {base: 10}}
  - {namespace: Shop, name: Returns, shape: {base: 1}, status: PartialData}
`;

  it('is told apart from what is complete', async () => {
    const whole = await openAccount(shop(metrics));
    const request = new GetMetricDataCommand({
      StartTime: HOUR_AGO,
      EndTime: START,
      MetricDataQueries: [query('a', 'Orders'), query('b', 'Returns')],
    });
    const { MetricDataResults } = await whole.cloudwatch.send(request);
    expect(MetricDataResults?.map((one) => [one.StatusCode, one.Values?.length])).toEqual([
      ['Complete', 60],
      ['PartialData', 60],
    ]);
    const troubled = await openAccount(
      shop(`${metrics}trouble: [{service: cloudwatch, error: PartialData}]\n`),
    );
    const partial = await troubled.cloudwatch.send(request);
    expect(partial.NextToken).toBeUndefined();
    expect(partial.MetricDataResults?.[0]).toMatchObject({
      StatusCode: 'PartialData',
      Messages: [{ Code: 'PartialData' }],
    });
    expect(partial.MetricDataResults?.[0]?.Values?.length).toBeLessThan(60);
  });
});
