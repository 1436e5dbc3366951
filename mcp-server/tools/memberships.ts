import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { describeServices, readServiceNames } from '../cloud/ecs-services.ts';
import { readInstances } from '../cloud/instances.ts';
import { createLimit } from '../cloud/limit.ts';
import { readTargetGroups, readTargetHealth } from '../cloud/load-balancers.ts';
import { joined, lookBeside } from '../cloud/look.ts';
import { readScalingGroups } from '../cloud/scaling-groups.ts';
import { readTraffic, type Traffic, type TrafficWish } from '../cloud/traffic.ts';
import type { ToolOutput } from '../contract/catalogue.ts';
import type { Coverage, Gap } from '../contract/coverage.ts';
import type { DirectoryEntry } from '../contract/directory.ts';

type Neighbour = ToolOutput<'get_dependencies'>['calls'][number];

/** Where requests come from and go to by configuration, traced or not. */
export type Memberships = { memberOf: Neighbour[]; targets: Neighbour[]; coverage: Coverage };

const NONE: Coverage = { looked_at: [], gaps: [] };

/** The groups and load balancers a resource belongs to, and what a load balancer sends requests to. */
export async function membershipsOf(cloud: Cloud, place: Place, of: DirectoryEntry): Promise<Memberships> {
  switch (of.kind) {
    case 'instance':
      return ofInstance(cloud, place, of);
    case 'service':
      return ofService(cloud, place, of);
    case 'auto_scaling_group':
      return ofGroup(cloud, place, of);
    case 'load_balancer':
      return ofBalancer(cloud, place, of);
    default:
      return { memberOf: [], targets: [], coverage: NONE };
  }
}

async function ofInstance(cloud: Cloud, place: Place, of: DirectoryEntry): Promise<Memberships> {
  const [groups, instances] = await Promise.all([
    lookBeside(
      cloud,
      place,
      { what: `groups of ${of.name}`, action: 'autoscaling:DescribeAutoScalingGroups' },
      () => readScalingGroups(cloud, place),
    ),
    lookBeside(cloud, place, { what: `network of ${of.name}`, action: 'ec2:DescribeInstances' }, () =>
      readInstances(cloud, place, [{ Name: 'instance-id', Values: [of.id] }]),
    ),
  ]);
  const { PrivateIpAddress: address, VpcId: vpc } = instances.value?.[0] ?? {};
  const traffic = await readTraffic(cloud, place, { instances: [{ id: of.id, address, vpc }] });
  const holding = (groups.value ?? []).filter((group) =>
    group.Instances?.some((one) => one.InstanceId === of.id),
  );
  return {
    memberOf: [
      ...holding.map(({ AutoScalingGroupName: name = '' }) => groupNeighbour(name)),
      ...balancersIn(traffic),
    ],
    targets: [],
    coverage: joined(groups.coverage, instances.coverage, traffic.coverage),
  };
}

function groupNeighbour(name: string): Neighbour {
  return { id: name, name, kind: 'auto_scaling_group', via: 'Auto Scaling' };
}

async function ofService(cloud: Cloud, place: Place, of: DirectoryEntry): Promise<Memberships> {
  const { id, name, parent = '' } = of;
  const cluster: Neighbour[] = parent ? [{ id: parent, name: parent, kind: 'cluster', via: 'ECS' }] : [];
  const services = await lookBeside(
    cloud,
    place,
    { what: `target groups of ${name}`, action: 'ecs:DescribeServices' },
    () => describeServices(cloud, place, [{ cluster: parent, name }]),
  );
  const filled = (services.value ?? []).flatMap(({ loadBalancers = [] }) =>
    loadBalancers.flatMap(({ targetGroupArn: arn }) => arn ?? []),
  );
  return behind(cloud, place, { services: [{ id, targetGroups: filled }] }, cluster, services.coverage);
}

async function ofGroup(cloud: Cloud, place: Place, of: DirectoryEntry): Promise<Memberships> {
  const groups = await lookBeside(
    cloud,
    place,
    { what: `target groups of ${of.name}`, action: 'autoscaling:DescribeAutoScalingGroups' },
    () => readScalingGroups(cloud, place, [of.id]),
  );
  const filled = (groups.value ?? []).flatMap(({ TargetGroupARNs: arns = [] }) => arns);
  return behind(cloud, place, { services: [{ id: of.id, targetGroups: filled }] }, [], groups.coverage);
}

async function behind(
  cloud: Cloud,
  place: Place,
  wish: TrafficWish,
  others: Neighbour[],
  coverage: Coverage,
): Promise<Memberships> {
  const traffic = await readTraffic(cloud, place, wish);
  return {
    memberOf: [...others, ...balancersIn(traffic)],
    targets: [],
    coverage: joined(coverage, traffic.coverage),
  };
}

function balancersIn({ paths }: Traffic): Neighbour[] {
  return paths.flatMap(({ balancers, targetGroup }) =>
    balancers.map((name) => ({ id: name, name, kind: 'load_balancer', via: `target group ${targetGroup}` })),
  );
}

/** Services are looked through for those that fill a load balancer's target groups: ten a request. */
const MOST_SERVICES = 100;
const AT_ONCE = 8;

async function ofBalancer(cloud: Cloud, place: Place, of: DirectoryEntry): Promise<Memberships> {
  const { arn } = of;
  if (arn === undefined) return { memberOf: [], targets: [], coverage: NONE };
  const what = `targets of ${of.name}`;
  const groups = await lookBeside(
    cloud,
    place,
    { what, action: 'elasticloadbalancing:DescribeTargetGroups' },
    () => readTargetGroups(cloud, place, { balancer: arn }),
  );
  const all = groups.value ?? [];
  const filled = all.some(({ TargetType: type }) => type === 'ip' || type === 'instance');
  const services = filled ? await servicesOf(cloud, place) : { found: [], coverage: NONE };
  const limit = createLimit(AT_ONCE);
  const looks = await Promise.all(
    all.map(({ TargetGroupArn: group = '', TargetGroupName: name = '' }) =>
      limit(async () => {
        const via = `target group ${name}`;
        const filling = services.found.filter(({ targetGroups }) => targetGroups.includes(group));
        // The tasks' addresses come and go: the service is what stays.
        if (filling.length > 0)
          return { targets: filling.map((one) => serviceNeighbour(one.name, via)), coverage: NONE };
        const health = await lookBeside(
          cloud,
          place,
          { what, action: 'elasticloadbalancing:DescribeTargetHealth' },
          () => readTargetHealth(cloud, place, group),
        );
        const ids = (health.value ?? []).flatMap(({ Target: target }) => target?.Id ?? []);
        return {
          targets: [...new Set(ids)].map((id) => targetNeighbour(id, via)),
          coverage: health.coverage,
        };
      }, cloud.signal),
    ),
  );
  return {
    memberOf: [],
    targets: looks.flatMap(({ targets }) => targets),
    coverage: joined(groups.coverage, services.coverage, ...looks.map(({ coverage }) => coverage)),
  };
}

function serviceNeighbour(name: string, via: string): Neighbour {
  return { id: name, name, kind: 'service', via };
}

function targetNeighbour(target: string, via: string): Neighbour {
  const [, name = target] = /:function:([^:]+)$/.exec(target) ?? [];
  return { id: name, name, kind: kindOf(target), via };
}

/** An instance is known by its id, a function or load balancer by its ARN, anything else is an address. */
function kindOf(target: string): string {
  if (target.startsWith('i-')) return 'instance';
  if (target.includes(':function:')) return 'function';
  return target.includes(':loadbalancer/') ? 'load_balancer' : 'address';
}

async function servicesOf(cloud: Cloud, place: Place) {
  const gaps: Gap[] = [];
  const { value, coverage } = await lookBeside(
    cloud,
    place,
    { what: 'services behind it', action: 'ecs:DescribeServices' },
    async () => {
      const names = await readServiceNames(cloud, place);
      if (names.length > MOST_SERVICES) gaps.push(truncated(place, names.length));
      return describeServices(cloud, place, names.slice(0, MOST_SERVICES));
    },
  );
  const found = (value ?? []).map(({ serviceName: name = '', loadBalancers = [] }) => ({
    name,
    targetGroups: loadBalancers.flatMap(({ targetGroupArn: arn }) => arn ?? []),
  }));
  return { found, coverage: joined(coverage, { looked_at: [], gaps }) };
}

function truncated({ account, region }: Place, services: number): Gap {
  return {
    what: 'services behind it',
    why: 'truncated',
    detail: `Of ${services} services, ${MOST_SERVICES} were looked at.`,
    account: account.name,
    region,
  };
}
