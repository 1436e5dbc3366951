import { DescribeAutoScalingGroupsCommand, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { RebootInstancesCommand, StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { MINUTE, openAccount, SECOND, shop, WEB_1, WEB_2 } from './opened-account.ts';

const MORE = `
  - {name: pool, type: network, targets: [{id: cart}, {id: 10.9.0.4, health: unhealthy, reason: Target.Timeout}]}
  - {name: old, type: classic, targets: [{id: web-1}]}
  - {name: sick, targets: [{id: web-1, health: unhealthy}]}
ecs:
  - {cluster: shop, services: [{name: cart, desired: 2}]}
`;

async function opened() {
  const account = await openAccount(shop(MORE));
  const { elbv2 } = account;
  const groups = async () => (await elbv2.send(new DescribeTargetGroupsCommand({}))).TargetGroups ?? [];
  return {
    ...account,
    groups,
    arnOf: async (name: string) =>
      (await groups()).find((one) => one.TargetGroupName === name)?.TargetGroupArn ?? '',
    health: async (name: string) => {
      const group = (await groups()).find((one) => one.TargetGroupName === name);
      const command = new DescribeTargetHealthCommand({ TargetGroupArn: group?.TargetGroupArn });
      const { TargetHealthDescriptions = [] } = await elbv2.send(command);
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) =>
        [Target?.Id, TargetHealth?.State, TargetHealth?.Reason].filter(Boolean).join(' '),
      );
    },
  };
}

describe('a simulated load balancer', () => {
  it('is listed with its target groups, but the classic one', async () => {
    const { elbv2, groups } = await opened();
    const { LoadBalancers = [] } = await elbv2.send(new DescribeLoadBalancersCommand({}));
    expect(LoadBalancers.map((one) => [one.LoadBalancerName, one.Type, one.State?.Code])).toEqual([
      ['front', 'application', 'active'],
      ['pool', 'network', 'active'],
      ['sick', 'application', 'active'],
    ]);
    expect((await groups()).map((one) => [one.TargetGroupName, one.TargetType, one.Protocol])).toEqual([
      ['front-targets', 'instance', 'HTTP'],
      ['pool-cart', 'ip', 'TCP'],
      ['pool-ips', 'ip', 'TCP'],
      ['sick-targets', 'instance', 'HTTP'],
    ]);
    await expect(elbv2.send(new DescribeLoadBalancersCommand({ Names: ['none'] }))).rejects.toMatchObject({
      name: 'LoadBalancerNotFound',
    });
  });

  it('says of a target what its instance does', async () => {
    const { health, ec2, advance } = await opened();
    expect(await health('front-targets')).toEqual([`${WEB_1} healthy`, `${WEB_2} healthy`]);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(MINUTE);
    expect(await health('front-targets')).toContain(`${WEB_1} unused Target.InvalidState`);
    await ec2.send(new StartInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(30 * SECOND);
    expect(await health('front-targets')).toContain(`${WEB_1} initial Elb.InitialHealthChecking`);
    advance(MINUTE);
    expect(await health('front-targets')).toContain(`${WEB_1} healthy`);
  });

  it('has the file’s word for a target until that comes up anew', async () => {
    const { health, ec2, advance } = await opened();
    expect(await health('pool-ips')).toEqual(['10.9.0.4 unhealthy Target.Timeout']);
    expect(await health('sick-targets')).toEqual([`${WEB_1} unhealthy Target.FailedHealthChecks`]);
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(2 * MINUTE);
    expect(await health('sick-targets')).toEqual([`${WEB_1} healthy`]);
  });

  it('takes in what the group behind it launches', async () => {
    const { health, autoscaling, advance } = await opened();
    const { AutoScalingGroups } = await autoscaling.send(new DescribeAutoScalingGroupsCommand({}));
    expect(AutoScalingGroups?.[0]?.TargetGroupARNs).toHaveLength(2);
    await autoscaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web-asg', DesiredCapacity: 3 }),
    );
    advance(2 * MINUTE);
    expect(await health('front-targets')).toHaveLength(3);
  });

  it('has a service’s tasks for targets, draining ones among them', async () => {
    const { health, ecs, advance } = await opened();
    const before = await health('pool-cart');
    expect(before).toHaveLength(2);
    await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'cart', forceNewDeployment: true }));
    advance(50 * SECOND);
    const rolling = await health('pool-cart');
    expect(rolling.filter((one) => one.includes('draining'))).toHaveLength(2);
    expect(rolling.filter((one) => one.includes('initial'))).toHaveLength(2);
    advance(MINUTE);
    const after = await health('pool-cart');
    expect(after.every((one) => one.endsWith(' healthy'))).toBe(true);
    expect(after).not.toEqual(before);
  });

  it('forgets a target that is taken out', async () => {
    const { health, elbv2, arnOf } = await opened();
    await elbv2.send(
      new DeregisterTargetsCommand({
        TargetGroupArn: await arnOf('front-targets'),
        Targets: [{ Id: WEB_2 }],
      }),
    );
    expect(await health('front-targets')).toEqual([`${WEB_1} healthy`]);
  });
});
