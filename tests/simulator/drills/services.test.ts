import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { RebootInstancesCommand } from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { openDrill } from '../drill.ts';
import { MINUTE, shop, WEB_1, WEB_2 } from '../opened-account.ts';

const ALARMS = `
alarms:
  - {name: front-slow, namespace: AWS/ApplicationELB, metric: TargetResponseTime, dimensions: {LoadBalancer: front}, comparison: ">", threshold: 0.3, period: 60, periods: 2}
  - {name: front-5xx, namespace: AWS/ApplicationELB, metric: HTTPCode_Target_5XX_Count, dimensions: {LoadBalancer: front}, comparison: ">", threshold: 10, period: 60, periods: 2}
  - {name: cart-cpu, namespace: AWS/ECS, metric: CPUUtilization, dimensions: {ClusterName: shop, ServiceName: cart}, comparison: ">", threshold: 80, period: 60, periods: 2}
  - {name: api-5xx, namespace: AWS/ApplicationELB, metric: HTTPCode_Target_5XX_Count, dimensions: {LoadBalancer: cart-alb}, comparison: ">", threshold: 10, period: 60, periods: 2}
`;
const CART = `
  - {name: cart-alb, targets: [{id: cart}]}
ecs:
  - cluster: shop
    services: [{name: cart, desired: 3, task_definition: "cart:88"}]
`;
const CART_CPU = { ClusterName: 'shop', ServiceName: 'cart' };

async function drill(faults: string) {
  const opened = await openDrill(shop(`${CART}${ALARMS}faults:\n${faults}`));
  const { ecs, elbv2 } = opened;
  return {
    ...opened,
    service: async () => {
      const { services } = await ecs.send(
        new DescribeServicesCommand({ cluster: 'shop', services: ['cart'] }),
      );
      const [one] = services ?? [];
      const [primary] = one?.deployments ?? [];
      return {
        running: one?.runningCount ?? 0,
        version: one?.taskDefinition?.split('/')[1],
        rollout: primary?.rolloutState,
        failed: primary?.failedTasks ?? 0,
        events: (one?.events ?? []).map(({ message }) => message).join('\n'),
      };
    },
    update: (input: object) =>
      ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'cart', ...input })),
    group: async (name: string) => {
      const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({}));
      return TargetGroups.find((one) => one.TargetGroupName === name)?.TargetGroupArn ?? '';
    },
    states: async (group: string) => {
      const { TargetHealthDescriptions = [] } = await elbv2.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: group }),
      );
      return TargetHealthDescriptions.map((one) => one.TargetHealth?.State);
    },
  };
}

describe('bad_deploy on a service', () => {
  it('crashes the new version’s tasks until an earlier one is back, whatever is restarted', async () => {
    const { service, update, advance, alarm, changes, logLines, states, group } = await drill(
      '  - {at: +1m, kind: bad_deploy, on: cart}',
    );
    expect(await service()).toMatchObject({
      running: 3,
      version: 'cart:88',
      rollout: 'COMPLETED',
      failed: 0,
    });
    advance(6 * MINUTE);
    const broken = await service();
    expect(broken).toMatchObject({ version: 'cart:89', rollout: 'IN_PROGRESS' });
    expect(broken.running).toBeLessThan(3);
    expect(broken.failed).toBeGreaterThan(3);
    expect(broken.events).toMatch(/unable to consistently start tasks successfully/);
    expect(await alarm('api-5xx')).toBe('ALARM');
    expect(await states(await group('cart-alb-cart'))).not.toContain('healthy');
    expect(await changes('cart')).toContain('UpdateService by deploy-bot on cart');
    expect((await logLines('/ecs/cart', 3, '@message like /ERROR/')).length).toBeGreaterThan(5);

    await update({ forceNewDeployment: true });
    advance(5 * MINUTE);
    expect(await service()).toMatchObject({ version: 'cart:89', rollout: 'IN_PROGRESS' });
    expect(await alarm('api-5xx')).toBe('ALARM');

    await update({ taskDefinition: 'cart:88' });
    advance(5 * MINUTE);
    expect(await service()).toMatchObject({
      running: 3,
      version: 'cart:88',
      rollout: 'COMPLETED',
      failed: 0,
    });
    expect(await alarm('api-5xx')).toBe('OK');
    expect(await states(await group('cart-alb-cart'))).toEqual(['healthy', 'healthy', 'healthy']);
  });
});

describe('target_unhealthy', () => {
  it('ends with the recovery of the instance, and not with its deregistration', async () => {
    const { advance, states, group, elbv2, ec2, alarm } = await drill(
      '  - {at: +1m, kind: target_unhealthy, on: web-1}',
    );
    const front = await group('front-targets');
    expect(await states(front)).toEqual(['healthy', 'healthy']);
    advance(5 * MINUTE);
    expect(await states(front)).toEqual(['unhealthy', 'healthy']);
    expect(await alarm('front-5xx')).toBe('ALARM');

    const Targets = [{ Id: WEB_1 }];
    await elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn: front, Targets }));
    expect(await states(front)).toEqual(['healthy']);
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: front, Targets }));
    advance(MINUTE);
    expect((await states(front)).sort()).toEqual(['healthy', 'unhealthy']);
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_2] }));
    advance(3 * MINUTE);
    expect((await states(front)).sort()).toEqual(['healthy', 'unhealthy']);

    await ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(5 * MINUTE);
    expect(await states(front)).toEqual(['healthy', 'healthy']);
    expect(await alarm('front-5xx')).toBe('OK');
  });

  it.each(['cart', 'cart-alb'])('of a service ends with new tasks, and not with more: %s', async (on) => {
    const { advance, states, group, update } = await drill(
      `  - {at: +1m, kind: target_unhealthy, on: ${on}}`,
    );
    const tasks = await group('cart-alb-cart');
    advance(4 * MINUTE);
    expect(await states(tasks)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
    await update({ desiredCount: 4 });
    advance(3 * MINUTE);
    expect(await states(tasks)).toContain('unhealthy');
    await update({ forceNewDeployment: true });
    advance(3 * MINUTE);
    expect(await states(tasks)).toEqual(['healthy', 'healthy', 'healthy', 'healthy']);
  });
});

describe('traffic_spike', () => {
  it('on a service is carried by more tasks, and not by new ones', async () => {
    const { advance, update, alarm, lastMinute } = await drill(
      '  - {at: +1m, kind: traffic_spike, on: cart}',
    );
    advance(6 * MINUTE);
    expect(await alarm('cart-cpu')).toBe('ALARM');
    expect(await lastMinute('AWS/ECS', 'CPUUtilization', CART_CPU)).toBeGreaterThan(85);
    await update({ forceNewDeployment: true });
    advance(5 * MINUTE);
    expect(await alarm('cart-cpu')).toBe('ALARM');
    await update({ desiredCount: 6 });
    advance(5 * MINUTE);
    expect(await alarm('cart-cpu')).toBe('OK');
    expect(await lastMinute('AWS/ECS', 'CPUUtilization', CART_CPU)).toBeLessThan(60);
  });

  it('on a load balancer is carried by more of what stands behind it, and not by a reboot', async () => {
    const { advance, alarm, ec2, autoscaling, lastMinute } = await drill(
      '  - {at: +1m, kind: traffic_spike, on: front}',
    );
    advance(6 * MINUTE);
    expect(await alarm('front-slow')).toBe('ALARM');
    expect(await lastMinute('AWS/EC2', 'CPUUtilization', { InstanceId: WEB_1 })).toBeGreaterThan(85);
    expect(await lastMinute('AWS/ECS', 'CPUUtilization', CART_CPU)).toBeUndefined();
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(5 * MINUTE);
    expect(await alarm('front-slow')).toBe('ALARM');
    await autoscaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web-asg', DesiredCapacity: 4 }),
    );
    advance(6 * MINUTE);
    expect(await alarm('front-slow')).toBe('OK');
  });
});
