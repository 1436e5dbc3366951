import {
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { MINUTE, openAccount, SECOND, shop } from './opened-account.ts';

async function scaled() {
  const opened = await openAccount(shop());
  const { autoscaling, ec2 } = opened;
  return {
    ...opened,
    scaleTo: (DesiredCapacity: number) =>
      autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web-asg', DesiredCapacity })),
    group: async () => {
      const { AutoScalingGroups } = await autoscaling.send(new DescribeAutoScalingGroupsCommand({}));
      return AutoScalingGroups?.[0];
    },
    names: async (state: string) => {
      const { Reservations = [] } = await ec2.send(
        new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: [state] }] }),
      );
      return Reservations.flatMap((one) => one.Instances ?? []).map(
        (one) => one.Tags?.find((tag) => tag.Key === 'Name')?.Value,
      );
    },
  };
}

describe('an Auto Scaling group', () => {
  it('launches instances like those it has', async () => {
    const { scaleTo, group, names, advance, ec2 } = await scaled();
    await scaleTo(4);
    expect(await names('pending')).toEqual(['web-3', 'web-4']);
    expect(await group()).toMatchObject({ DesiredCapacity: 4, MinSize: 1, MaxSize: 4 });
    expect((await group())?.Instances?.map((one) => one.LifecycleState)).toEqual([
      'InService',
      'InService',
      'Pending',
      'Pending',
    ]);
    advance(2 * MINUTE);
    expect(await names('running')).toEqual(['web-1', 'web-2', 'web-3', 'web-4']);
    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['web-3'] }] }),
    );
    expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({
      InstanceType: 't3.medium',
      Tags: expect.arrayContaining([{ Key: 'aws:autoscaling:groupName', Value: 'web-asg' }]),
    });
  });

  it('terminates those it has too many of', async () => {
    const { scaleTo, group, names, advance } = await scaled();
    await scaleTo(1);
    expect(await names('shutting-down')).toHaveLength(1);
    advance(MINUTE);
    expect(await names('running')).toHaveLength(1);
    expect((await group())?.Instances).toHaveLength(1);
    await scaleTo(2);
    advance(MINUTE);
    expect(await names('running')).toHaveLength(2);
  });

  it('tells what it did', async () => {
    const { scaleTo, autoscaling, advance } = await scaled();
    await scaleTo(3);
    const activity = async () => {
      const command = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'web-asg' });
      return (await autoscaling.send(command)).Activities?.[0];
    };
    expect(await activity()).toMatchObject({
      StatusCode: 'InProgress',
      Description: expect.stringMatching(/^Launching a new EC2 instance: i-[0-9a-f]{17}$/),
      Cause: expect.stringMatching(/capacity from 2 to 3/),
    });
    advance(70 * SECOND);
    expect(await activity()).toMatchObject({ StatusCode: 'Successful', Progress: 100 });
  });

  it.each([
    [5, /above max value 4/],
    [0, /below min value 1/],
  ])('keeps within its bounds: %i', async (desired, message) => {
    const { scaleTo, group } = await scaled();
    await expect(scaleTo(desired)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(message),
    });
    expect((await group())?.DesiredCapacity).toBe(2);
  });

  it('is not found under another name', async () => {
    const { autoscaling } = await openAccount(shop());
    const command = new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 2 });
    await expect(autoscaling.send(command)).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
