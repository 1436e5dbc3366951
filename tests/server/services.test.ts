import { describe, expect, test } from 'vitest';
import { META } from '../../mcp-server/contract/wire.ts';
import { composedServer } from './in-process.ts';
import { grantFor } from './running-server.ts';

const account = (more = '') => `
account: "111122223333"
alias: shop
regions: [ap-northeast-2, us-west-2]
clock: 2026-11-20T09:00:00Z
ec2:
  - {id: i-0b47c0de00000001, name: web-1, type: t3.medium, state: running, az: ap-northeast-2a}
  - {id: i-0b47c0de00000002, name: web-2, type: t3.medium, state: running, az: ap-northeast-2b}
  - {id: i-0b47c0de00000003, name: solo-1, type: t3.medium, state: running, az: ap-northeast-2b}
  - {id: i-0b47c0de00000004, name: other-1, type: t3.medium, state: running, az: ap-northeast-2b}
  - {id: i-0b47c0de00000005, name: other-2, type: t3.medium, state: running, az: ap-northeast-2b}
asg:
  - {name: web-asg, min: 1, max: 4, desired: 2, instances: [web-1, web-2]}
elb:
  - {name: shop-alb, targets: [{id: web-1}, {id: web-2}]}
  - {name: solo-alb, targets: [{id: solo-1}, {id: other-1, health: unhealthy, reason: Target.Timeout}]}
  - {name: services-alb, targets: [{id: cart}, {id: payment}]}
  - {name: old-elb, type: classic, targets: [{id: web-1}]}
ecs:
  - cluster: shop
    services:
      - {name: cart, desired: 3, task_definition: "cart:88"}
      - {name: payment, desired: 2, task_definition: "payment:1"}
      - {name: agent, desired: 2, scheduling: DAEMON}
      - {name: green, desired: 1, controller: CODE_DEPLOY}
      - {name: worker, desired: 2}
      - {name: idle, desired: 0}
  - cluster: lab
    services:
      - {name: worker, desired: 1}
dependencies:
  - {from: web-1, to: cart}
metrics:
  - {namespace: AWS/ECS, name: CPUUtilization, dimensions: {ClusterName: shop, ServiceName: cart}, shape: {base: 30}}
  - {namespace: AWS/ECS, name: CPUUtilization, dimensions: {ClusterName: lab, ServiceName: worker}, shape: {base: 70}}
  - {namespace: AWS/ApplicationELB, name: HTTPCode_Target_5XX_Count, dimensions: {LoadBalancer: services-alb}, shape: {base: 3}}
  - {namespace: AWS/ApplicationELB, name: TargetResponseTime, dimensions: {LoadBalancer: services-alb}, shape: {base: 0.2}}
  - {namespace: AWS/ApplicationELB, name: HealthyHostCount, dimensions: {LoadBalancer: services-alb, TargetGroup: targetgroup/blue/0123456789abcdef}, shape: {base: 4}}
${more}
`;
const shop = (more?: string) => composedServer({ account: account(more), args: ['--speed', '400'] });
type Shop = Awaited<ReturnType<typeof shop>>;

const serviceOf = async (server: Shop, name: string) =>
  (await server.call('list_services')).output.services.find((row) => row.name === name);

describe('list_services', () => {
  test('tasks, deployments, who deploys, and only the cluster that is meant', async () => {
    const server = await shop();
    const { output, text } = await server.call('list_services');
    expect(output.services).toHaveLength(7);
    expect(output.services.find((row) => row.name === 'cart')).toMatchObject({
      cluster: 'shop',
      desired: 3,
      running: 3,
      pending: 0,
      task_definition: 'cart:88',
      scheduling: 'REPLICA',
      controller: 'ECS',
      deployments: [{ status: 'PRIMARY', rollout: 'COMPLETED', failed: 0 }],
      target_groups: ['services-alb-cart'],
    });
    expect(output.services.find((row) => row.name === 'agent')?.scheduling).toBe('DAEMON');
    expect(text).toContain('cart  3/3 running');
    const { output: lab } = await server.call('list_services', { cluster: 'lab' });
    expect(lab.services.map((row) => row.name)).toEqual(['worker']);
    const close = await server.call('list_services', { cluster: 'shopp' });
    expect(close.text).toContain('There is no "shopp"; this is shop.');
    const unknown = await server.failing('list_services', { cluster: 'nowhere-at-all' });
    expect(unknown).toMatchObject({ code: 'not_found' });
    expect(unknown.message).toContain('lab, shop');
  });

  test('a bad deployment comes first, with what ECS says; every page is read', async () => {
    const many = Array.from({ length: 23 }, (_, at) => `{name: s-${at}, desired: 1}`).join(', ');
    const server = await composedServer({
      account: `account: "111122223333"\nregions: [ap-northeast-2]\necs: [{cluster: big, services: [${many}]}]\nfaults:\n  - {at: -10m, kind: bad_deploy, on: s-7}\n`,
    });
    const { output, text } = await server.call('list_services');
    expect(output.services).toHaveLength(23);
    expect(output.services[0]).toMatchObject({ name: 's-7', deployments: [{ rollout: 'IN_PROGRESS' }] });
    expect(text).toContain('1 not as wanted');
    expect(output.services[0]?.events.length).toBeGreaterThan(2);
  });

  test('a region that is denied is a gap, and the directory says what it could not list', async () => {
    const server = await shop(
      'trouble:\n  - {service: ecs, action: ListClusters, region: us-west-2, error: AccessDenied}\n',
    );
    const { output } = await server.call('list_services');
    expect(output.services).toHaveLength(7);
    expect(output.coverage.gaps).toMatchObject([{ what: 'services', why: 'denied', region: 'us-west-2' }]);
    expect(output.coverage.gaps[0]?.detail).toContain('Not allowed: ecs:ListClusters');
    const { entries, gaps } = await server.directory();
    expect(gaps).toMatchObject([{ what: 'clusters' }, { what: 'services' }]);
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'service', id: 'cart', parent: 'shop' }),
        expect.objectContaining({ kind: 'service', id: 'lab/worker', name: 'worker', parent: 'lab' }),
        expect.objectContaining({ kind: 'load_balancer', id: 'shop-alb', state: 'active' }),
        expect.objectContaining({ kind: 'load_balancer', id: 'old-elb' }),
      ]),
    );
  });
});

describe('restart_service', () => {
  test('replaces the tasks by new ones of the same version', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('restart_service', { service: 'cart' });
    expect(proposal).toMatchObject({
      risk: 'destructive',
      irreversible: false,
      arguments: { service: 'cart', cluster: 'shop', region: 'ap-northeast-2' },
      blast_radius: {
        affected: [
          { name: 'services-alb', how: 'balancer_sends_to_it' },
          { name: 'web-1', how: 'calls_it' },
        ],
        gaps: [],
      },
      undo: { possible: false, why: 'nothing_to_take_back' },
      cli: [
        'aws ecs update-service --cluster shop --service cart --force-new-deployment --region ap-northeast-2',
      ],
    });
    expect(output.changes[0]).toMatchObject({ result: 'in_progress', after: { task_definition: 'cart:88' } });
    await expect
      .poll(async () => (await serviceOf(server, 'cart'))?.deployments.map((one) => one.rollout))
      .toEqual(['COMPLETED']);
    await expect
      .poll(async () => (await server.call('list_changes', { resource: 'cart' })).output.changes[0]?.event)
      .toBe('UpdateService');
  });

  test.each([
    ['green', 'CodeDeploy'],
    ['idle', 'runs no tasks'],
  ])('is refused where it makes no sense: %s', async (service, words) => {
    const server = await shop();
    const failed = await server.failing('restart_service', { service });
    expect(failed).toMatchObject({ code: 'invalid_state', nothing_changed: true });
    expect(failed.message).toContain(words);
  });

  test('a name in two clusters is a question; the cluster answers it', async () => {
    const server = await shop();
    const asked = await server.failing('restart_service', { service: 'worker' });
    expect(asked).toMatchObject({
      code: 'ambiguous',
      candidates: [{ id: 'shop/worker' }, { id: 'lab/worker' }],
    });
    for (const args of [{ service: 'worker', cluster: 'lab' }, { service: 'lab/worker' }]) {
      const { proposal } = await server.failing('restart_service', args);
      expect(proposal).toMatchObject({
        arguments: { service: 'worker', cluster: 'lab' },
        targets: [{ id: 'lab/worker', name: 'worker' }],
      });
    }
    const elsewhere = await server.failing('restart_service', { service: 'cart', cluster: 'lab' });
    expect(elsewhere.code).toBe('not_found');
    const nowhere = await server.failing('restart_service', { service: 'cart', cluster: 'prod' });
    expect(nowhere.message).toContain('There is lab, shop.');
  });

  test('one cluster said with the name and another beside it is a question', async () => {
    const server = await shop();
    const failed = await server.failing('restart_service', { service: 'shop/worker', cluster: 'lab' });
    expect(failed).toMatchObject({ code: 'invalid_arguments', nothing_changed: true });
  });

  test('a protected cluster protects what runs in it', async () => {
    const server = await composedServer({ account: account(), configuration: 'protected: [shop]\n' });
    const kept = { code: 'forbidden', rule: 'protected' };
    expect(await server.failing('restart_service', { service: 'cart' })).toMatchObject(kept);
    expect(await server.failing('scale_service', { service: 'cart', desired: 1 })).toMatchObject(kept);
    const more = await server.failing('scale_service', { service: 'cart', desired: 5 });
    expect(more.code).toBe('approval_required');
  });

  test('is not redeemed after somebody else has deployed', async () => {
    const server = await shop();
    const { proposal } = await server.failing('restart_service', { service: 'cart' });
    if (proposal?.kind !== 'call') throw new Error('nothing was proposed');
    await server.approved('rollback_service', { service: 'cart' });
    const late = { [META.grant]: grantFor(proposal, server.home.key) };
    expect(await server.failing('restart_service', { service: 'cart' }, late)).toMatchObject({
      code: 'state_moved',
      nothing_changed: true,
    });
  });
});

describe('scale_service', () => {
  test('up is a change, down destructive, and each is the other’s undo', async () => {
    const server = await shop();
    const up = await server.approved('scale_service', { service: 'cart', desired: 5 });
    expect(up.proposal).toMatchObject({
      risk: 'change',
      targets: [{ was: { desired: 3 }, becomes: { desired: 5 } }],
      undo: { possible: true, tool: 'scale_service', arguments: { service: 'cart', desired: 3 } },
    });
    expect(up.output.changes[0]).toMatchObject({ result: 'in_progress', after: { desired: 5, running: 3 } });
    await expect.poll(async () => (await serviceOf(server, 'cart'))?.running).toBe(5);
    const { proposal } = await server.failing('scale_service', { service: 'cart', desired: 0 });
    expect(proposal).toMatchObject({
      risk: 'destructive',
      blast_radius: { affected: [{ name: 'services-alb' }, { name: 'web-1' }] },
    });
  });

  test.each([
    ['agent', 5, 'DAEMON service'],
    ['cart', 3, 'wants 3 tasks already'],
  ])('%s to %i is refused', async (service, desired, words) => {
    const failed = await (await shop()).failing('scale_service', { service, desired });
    expect(failed).toMatchObject({ code: 'invalid_state', nothing_changed: true });
    expect(failed.message).toContain(words);
  });
});

describe('rollback_service', () => {
  test('goes back to the version before, and mends a bad deployment', async () => {
    const server = await shop('faults:\n  - {at: -10m, kind: bad_deploy, on: cart}\n');
    expect(await serviceOf(server, 'cart')).toMatchObject({ task_definition: 'cart:89' });
    const { proposal, output } = await server.approved('rollback_service', { service: 'cart' });
    expect(proposal).toMatchObject({
      risk: 'destructive',
      targets: [{ was: { task_definition: 'cart:89' }, becomes: { task_definition: 'cart:88' } }],
      undo: { possible: false, why: 'deploy_again' },
      blast_radius: { gaps: [] },
    });
    expect(output.changes[0]).toMatchObject({ after: { task_definition: 'cart:88' } });
    await expect
      .poll(async () => {
        const row = await serviceOf(server, 'cart');
        return [row?.running, row?.deployments[0]?.rollout];
      })
      .toEqual([3, 'COMPLETED']);
  });

  test('without an earlier version says so', async () => {
    const failed = await (await shop()).failing('rollback_service', { service: 'payment' });
    expect(failed).toMatchObject({ code: 'invalid_state', nothing_changed: true });
    expect(failed.message).toContain('payment:1 has no earlier revision');
  });

  test('without sight of what it ran, takes the revision before and says that it did', async () => {
    const server = await shop(
      'trouble:\n  - {service: ecs, action: ListServiceDeployments, error: AccessDenied}\n',
    );
    const { proposal } = await server.failing('rollback_service', { service: 'cart' });
    expect(proposal).toMatchObject({
      targets: [{ becomes: { task_definition: 'cart:87' } }],
      blast_radius: {
        gaps: [
          { what: 'earlier deployments of cart', why: 'denied' },
          { what: 'versions cart ran', why: 'no_data' },
        ],
      },
    });
  });
});

describe('load balancers', () => {
  test('are listed with their target groups; the classic kind is not theirs', async () => {
    const { output } = await (await shop()).call('list_load_balancers');
    expect(output.load_balancers.map((row) => [row.name, row.type, row.target_groups])).toEqual([
      ['services-alb', 'application', ['services-alb-cart', 'services-alb-payment']],
      ['shop-alb', 'application', ['shop-alb-targets']],
      ['solo-alb', 'application', ['solo-alb-targets']],
    ]);
  });

  test('the health of all targets, with names and reasons', async () => {
    const server = await shop();
    const { output, text } = await server.call('get_target_health', { load_balancer: 'solo-alb' });
    expect(output.target_groups).toMatchObject([
      {
        name: 'solo-alb-targets',
        healthy: 1,
        health_check: 'HTTP:traffic-port /health',
        targets: [
          { name: 'other-1', state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' },
          { name: 'solo-1', state: 'healthy' },
        ],
      },
    ]);
    expect(text).toContain('Target.Timeout: Request timed out');
    const { output: services } = await server.call('get_target_health', { load_balancer: 'services-alb' });
    expect(services.target_groups.map((group) => [group.target_type, group.healthy])).toEqual([
      ['ip', 3],
      ['ip', 2],
    ]);
    const classic = await server.failing('get_target_health', { load_balancer: 'old-elb' });
    expect(classic.message).toContain('Classic');
  });

  test('a group whose health is denied is a gap', async () => {
    const server = await shop(
      'trouble:\n  - {service: elbv2, action: DescribeTargetHealth, error: AccessDenied}\n',
    );
    const { output } = await server.call('get_target_health', { load_balancer: 'shop-alb' });
    expect(output.coverage.gaps).toMatchObject([{ what: 'targets of shop-alb-targets', why: 'denied' }]);
  });
});

describe('what stands behind a load balancer', () => {
  test('is known to get_dependencies from both ends', async () => {
    const server = await shop();
    const { output: web } = await server.call('get_dependencies', { resource: 'web-1' });
    expect(web.member_of).toMatchObject([
      { id: 'web-asg', via: 'Auto Scaling' },
      { id: 'shop-alb', kind: 'load_balancer', via: 'target group shop-alb-targets' },
    ]);
    expect(web.coverage.gaps).toEqual([]);
    const { output: cart } = await server.call('get_dependencies', { resource: 'cart' });
    expect(cart.member_of).toMatchObject([{ id: 'shop', kind: 'cluster' }, { id: 'services-alb' }]);
    const { output: group } = await server.call('get_dependencies', { resource: 'web-asg' });
    expect(group.member_of).toMatchObject([{ id: 'shop-alb' }]);
    const { output: balancer } = await server.call('get_dependencies', { resource: 'services-alb' });
    expect(balancer.calls.map((one) => [one.kind, one.name])).toEqual([
      ['service', 'cart'],
      ['service', 'payment'],
    ]);
    const { output: front } = await server.call('get_dependencies', { resource: 'shop-alb' });
    expect(front.calls.map((one) => one.name)).toEqual(['web-1', 'web-2']);
    const untraced = await shop('trouble:\n  - {service: xray, error: AccessDenied}\n');
    const { text } = await untraced.call('get_dependencies', { resource: 'shop-alb' });
    expect(text).toContain('calls: web-1, web-2');
  });

  test('is in the blast radius of a stop, and the last healthy one is said to be', async () => {
    const server = await shop();
    const affectedBy = async (tool: string, instances: string[]) => {
      const { proposal } = await server.failing(tool, { instances });
      return proposal?.kind === 'call' ? proposal.blast_radius.affected : [];
    };
    expect(await affectedBy('stop_instances', ['web-1'])).toContainEqual({
      id: 'shop-alb',
      name: 'shop-alb',
      how: 'balancer_sends_to_it',
    });
    expect(await affectedBy('stop_instances', ['web-1', 'web-2'])).toContainEqual({
      id: 'shop-alb',
      name: 'shop-alb',
      how: 'balancer_without_healthy',
    });
    expect(await affectedBy('reboot_instances', ['solo-1'])).toContainEqual({
      id: 'solo-alb',
      name: 'solo-alb',
      how: 'balancer_without_healthy',
    });
    expect(await affectedBy('reboot_instances', ['other-2'])).toEqual([]);
    const { proposal } = await server.failing('set_desired_capacity', { group: 'web-asg', desired: 3 });
    expect(proposal).toMatchObject({ blast_radius: { affected: [{ id: 'shop-alb' }] } });
  });

  test('that could not be looked at is a gap of the proposal', async () => {
    const server = await shop(
      'trouble:\n  - {service: elbv2, action: DescribeTargetGroups, error: AccessDenied}\n',
    );
    const { proposal } = await server.failing('stop_instances', { instances: ['web-1'] });
    expect(proposal).toMatchObject({
      blast_radius: {
        gaps: [
          {
            what: 'load balancers in front of it',
            why: 'denied',
            detail: expect.stringContaining('elasticloadbalancing:DescribeTargetGroups'),
          },
        ],
      },
    });
  });
});

test('metrics of services, load balancers and target groups resolve by name', async () => {
  const server = await shop();
  const of = async (resource: string, metric: string) =>
    (await server.call('get_metric', { resource, metric, last: '30m' })).output.series.map((one) => [
      one.summary?.last,
      one.dimensions,
    ]);
  expect(await of('cart', 'CPUUtilization')).toEqual([[30, { ClusterName: 'shop', ServiceName: 'cart' }]]);
  expect(await of('lab/worker', 'CPUUtilization')).toEqual([
    [70, { ClusterName: 'lab', ServiceName: 'worker' }],
  ]);
  const LoadBalancer = expect.stringMatching(/^app\/services-alb\/[0-9a-f]{16}$/);
  expect(await of('services-alb', 'HTTPCode_Target_5XX_Count')).toEqual([[3, { LoadBalancer }]]);
  expect(await of('services-alb', 'TargetResponseTime')).toEqual([[0.2, { LoadBalancer }]]);
  const TargetGroup = 'targetgroup/blue/0123456789abcdef';
  expect(await of('services-alb', 'HealthyHostCount')).toEqual([[4, { LoadBalancer, TargetGroup }]]);
  expect(await of('blue', 'HealthyHostCount')).toEqual([[4, { LoadBalancer, TargetGroup }]]);
});
