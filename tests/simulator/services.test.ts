import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  paginateListServices,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { MINUTE, openAccount, SECOND, shop } from './opened-account.ts';

const SERVICES = `
ecs:
  - cluster: shop
    services:
      - {name: cart, desired: 3, running: 3, image: "cart:5.2.0", task_definition: "cart:88", tags: {env: prod}}
      - {name: agent, desired: 2, scheduling: DAEMON}
      - {name: pay, desired: 2, controller: CODE_DEPLOY, task_definition: "pay:12"}
      - {name: slow, desired: 3, running: 1, pending: 2, task_definition: "slow:4",
         events: [{at: -5m, message: (service slow) failed to launch a task}]}
`;

async function opened() {
  const account = await openAccount(shop(SERVICES));
  const { ecs } = account;
  return {
    ...account,
    service: async (name = 'cart') => {
      const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: [name] }));
      const [one] = services ?? [];
      if (!one) throw new Error(`no ${name}`);
      return one;
    },
    update: (input: Partial<ConstructorParameters<typeof UpdateServiceCommand>[0]>) =>
      ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'cart', ...input })),
  };
}

const counts = (service: { desiredCount?: number; runningCount?: number; pendingCount?: number }) => [
  service.desiredCount,
  service.runningCount,
  service.pendingCount,
];

describe('a simulated service', () => {
  it('starts more tasks when more are wanted, and they take their time', async () => {
    const { service, update, advance } = await opened();
    const { service: answered } = await update({ desiredCount: 5 });
    expect(counts(answered ?? {})).toEqual([5, 3, 2]);
    advance(20 * SECOND);
    expect(counts(await service())).toEqual([5, 3, 2]);
    advance(30 * SECOND);
    expect(counts(await service())).toEqual([5, 5, 0]);
    expect((await service()).deployments).toHaveLength(1);
    await update({ desiredCount: 2 });
    advance(20 * SECOND);
    expect(counts(await service())).toEqual([2, 2, 0]);
  });

  it('rolls a forced deployment out beside the tasks there are, and says so', async () => {
    const { service, update, advance } = await opened();
    const before = (await service()).deployments?.[0]?.id;
    await update({ forceNewDeployment: true });
    advance(20 * SECOND);
    const rolling = await service();
    expect(counts(rolling)).toEqual([3, 3, 3]);
    expect(rolling.deployments?.map((one) => [one.status, one.rolloutState, one.runningCount])).toEqual([
      ['PRIMARY', 'IN_PROGRESS', 0],
      ['ACTIVE', 'COMPLETED', 3],
    ]);
    advance(MINUTE);
    const [primary, ...others] = (await service()).deployments ?? [];
    expect(others).toEqual([]);
    expect(primary).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 3, failedTasks: 0 });
    expect(primary?.id).not.toBe(before);
    expect((await service()).events?.[0]?.message).toMatch(/deployment completed|steady state/);
  });

  it('runs another version only while that can be run', async () => {
    const { service, update, advance, ecs } = await opened();
    await update({ taskDefinition: 'cart:87' });
    advance(2 * MINUTE);
    expect((await service()).taskDefinition).toMatch(/task-definition\/cart:87$/);
    await expect(update({ taskDefinition: 'cart:3' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition is inactive',
    });
    await expect(update({ taskDefinition: 'cart:99' })).rejects.toMatchObject({ name: 'ClientException' });
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'cart:87' }),
    );
    expect(taskDefinition).toMatchObject({ status: 'ACTIVE', revision: 87 });
    const list = new ListTaskDefinitionsCommand({ familyPrefix: 'cart', sort: 'DESC', maxResults: 2 });
    const { taskDefinitionArns } = await ecs.send(list);
    expect(taskDefinitionArns?.map((arn) => arn.split('/')[1])).toEqual(['cart:88', 'cart:87']);
    const history = await ecs.send(new ListServiceDeploymentsCommand({ cluster: 'shop', service: 'cart' }));
    expect(history.serviceDeployments?.length).toBeGreaterThan(2);
  });

  it('stays as the file has it, events and all', async () => {
    const { service, update, advance } = await opened();
    expect(counts(await service('slow'))).toEqual([3, 1, 2]);
    expect((await service('slow')).events?.[0]?.message).toBe('(service slow) failed to launch a task');
    await update({ service: 'slow', forceNewDeployment: true });
    advance(3 * MINUTE);
    expect((await service('slow')).runningCount).toBe(1);
    await update({ service: 'slow', taskDefinition: 'slow:3' });
    advance(3 * MINUTE);
    expect(counts(await service('slow'))).toEqual([3, 3, 0]);
  });

  it.each([
    ['agent', { desiredCount: 4 }, /daemon scheduling strategy/],
    ['pay', { forceNewDeployment: true }, /CODE_DEPLOY deployment controller/],
    ['pay', { taskDefinition: 'pay:11' }, /CODE_DEPLOY deployment controller/],
  ])('refuses what ECS refuses: %s %o', async (service, input, message) => {
    const { update } = await opened();
    await expect(update({ service, ...input })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  it('is listed ten at a time, and known by its cluster', async () => {
    const names = Array.from({ length: 23 }, (_, at) => `{name: s-${at}, desired: 1}`);
    const { ecs } = await openAccount(shop(`ecs: [{cluster: big, services: [${names.join(', ')}]}]`));
    const sizes: number[] = [];
    for await (const page of paginateListServices({ client: ecs }, { cluster: 'big' })) {
      sizes.push(page.serviceArns?.length ?? 0);
    }
    expect(sizes).toEqual([10, 10, 3]);
    await expect(ecs.send(new ListServicesCommand({ cluster: 'other' }))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
    const eleven = Array.from({ length: 11 }, (_, at) => `s-${at}`);
    await expect(
      ecs.send(new DescribeServicesCommand({ cluster: 'big', services: eleven })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { failures } = await ecs.send(new DescribeServicesCommand({ cluster: 'big', services: ['none'] }));
    expect(failures?.[0]?.reason).toBe('MISSING');
  });
});
