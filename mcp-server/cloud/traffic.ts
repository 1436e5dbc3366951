import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Coverage, Gap } from '../contract/coverage.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';
import { createLimit } from './limit.ts';
import { balancerName, readTargetGroups, readTargetHealth } from './load-balancers.ts';
import { joined, lookBeside } from './look.ts';

/** A way requests reach a resource: through a target group of one or more load balancers. */
export type TrafficPath = {
  /** The resource's id, as it was asked for. */
  to: string;
  targetGroup: string;
  /** Names of the load balancers. */
  balancers: string[];
  /** Ids of the resources asked about, and of others, that answer health checks; null: not looked at. */
  healthy: string[] | null;
};

/** What requests may reach: instances by their id or address, groups and services by the target groups they fill. */
export type TrafficWish = {
  instances?: readonly { id: string; address?: string | undefined; vpc?: string | undefined }[];
  services?: readonly { id: string; targetGroups: readonly string[] }[];
};

export type Traffic = { paths: TrafficPath[]; coverage: Coverage };

/** Target groups whose targets are listed, a request each; a region can have three thousand. */
const MOST_GROUPS = 40;
const AT_ONCE = 8;
/** The most DescribeTargetGroups takes by name; a service or group fills a few. */
const NAMED_AT_ONCE = 20;

const WHAT = 'load balancers in front of it';
const GROUPS = { what: WHAT, action: 'elasticloadbalancing:DescribeTargetGroups' };
const HEALTH = { what: WHAT, action: 'elasticloadbalancing:DescribeTargetHealth' };

/** Finds which load balancers send requests to these resources. Never throws for AWS: what it cannot see is a gap. */
export async function readTraffic(cloud: Cloud, place: Place, wish: TrafficWish): Promise<Traffic> {
  const [instances, services] = await Promise.all([
    toInstances(cloud, place, wish.instances ?? []),
    toServices(cloud, place, wish.services ?? []),
  ]);
  return {
    paths: [...instances.paths, ...services.paths],
    coverage: joined(instances.coverage, services.coverage),
  };
}

async function toServices(
  cloud: Cloud,
  place: Place,
  services: NonNullable<TrafficWish['services']>,
): Promise<Traffic> {
  const arns = [...new Set(services.flatMap(({ targetGroups }) => targetGroups))].slice(0, NAMED_AT_ONCE);
  if (arns.length === 0) return { paths: [], coverage: { looked_at: [], gaps: [] } };
  const { value, coverage } = await lookBeside(cloud, place, GROUPS, () =>
    readTargetGroups(cloud, place, { arns }),
  );
  const paths = services.flatMap(({ id, targetGroups }) =>
    (value ?? [])
      .filter((group) => targetGroups.includes(group.TargetGroupArn ?? ''))
      .map((group) => pathOf(id, group, null)),
  );
  return { paths: paths.filter(({ balancers }) => balancers.length > 0), coverage };
}

async function toInstances(
  cloud: Cloud,
  place: Place,
  instances: NonNullable<TrafficWish['instances']>,
): Promise<Traffic> {
  if (instances.length === 0) return { paths: [], coverage: { looked_at: [], gaps: [] } };
  const { value, coverage } = await lookBeside(cloud, place, GROUPS, () => readTargetGroups(cloud, place));
  const vpcs = new Set(instances.map(({ vpc }) => vpc));
  const candidates = (value ?? []).filter((group) => mayHold(group, vpcs));
  const limit = createLimit(AT_ONCE);
  const looks = await Promise.all(
    candidates.slice(0, MOST_GROUPS).map((group) =>
      limit(async () => {
        const arn = group.TargetGroupArn ?? '';
        const health = await lookBeside(cloud, place, HEALTH, () => readTargetHealth(cloud, place, arn));
        return { paths: pathsInto(group, health.value ?? [], instances), coverage: health.coverage };
      }, cloud.signal),
    ),
  );
  return {
    paths: looks.flatMap(({ paths }) => paths),
    coverage: joined(coverage, oneGapEach(joined(...looks.map((look) => look.coverage))), {
      looked_at: [],
      gaps: candidates.length > MOST_GROUPS ? [truncated(place, candidates.length)] : [],
    }),
  };
}

/** A group without a load balancer gets no requests; one in another network cannot hold these instances. */
function mayHold(group: TargetGroup, vpcs: ReadonlySet<string | undefined>): boolean {
  const { LoadBalancerArns: balancers = [], TargetType: type, VpcId: vpc } = group;
  if (balancers.length === 0 || (type !== 'instance' && type !== 'ip')) return false;
  return vpc === undefined || vpcs.has(undefined) || vpcs.has(vpc);
}

function pathsInto(
  group: TargetGroup,
  health: readonly TargetHealthDescription[],
  instances: NonNullable<TrafficWish['instances']>,
): TrafficPath[] {
  const idOf = (target: string | undefined) =>
    instances.find(({ id, address }) => target === id || (address !== undefined && target === address))?.id ??
    target ??
    '';
  const healthy = health
    .filter(({ TargetHealth: state }) => state?.State === 'healthy')
    .map(({ Target: target }) => idOf(target?.Id));
  const registered = new Set(health.map(({ Target: target }) => idOf(target?.Id)));
  return instances.flatMap(({ id }) =>
    registered.has(id) ? [pathOf(id, group, [...new Set(healthy)])] : [],
  );
}

function pathOf(to: string, group: TargetGroup, healthy: string[] | null): TrafficPath {
  return {
    to,
    targetGroup: group.TargetGroupName ?? '',
    balancers: (group.LoadBalancerArns ?? []).map(balancerName),
    healthy,
  };
}

/** A permission that is missing is missing for every group: said once. */
function oneGapEach({ looked_at, gaps }: Coverage): Coverage {
  const said = new Map<string, Gap>();
  for (const gap of gaps) said.set(gap.detail, said.get(gap.detail) ?? gap);
  return { looked_at, gaps: [...said.values()] };
}

function truncated({ account, region }: Place, groups: number): Gap {
  return {
    what: WHAT,
    why: 'truncated',
    detail: `Of ${groups} target groups, ${MOST_GROUPS} were looked at.`,
    account: account.name,
    region,
  };
}
