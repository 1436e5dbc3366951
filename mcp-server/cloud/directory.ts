import type { Gap } from '../contract/coverage.ts';
import type { DirectoryEntry, ResourceKind } from '../contract/directory.ts';
import { type Place, partitionOf } from './account.ts';
import { readAlarms } from './alarms.ts';
import { type Api, readHttpApis, readRestApis } from './apis.ts';
import type { Cloud, Listing } from './cloud.ts';
import { databaseEntries } from './databases.ts';
import { readClusters, readServiceNames, serviceIds } from './ecs-services.ts';
import { readFunctions } from './functions.ts';
import { instanceArn, instanceRowOf, readInstances } from './instances.ts';
import { readLoadBalancers } from './load-balancers.ts';
import { logGroupEntries } from './log-groups.ts';
import { joined, lookBeside } from './look.ts';
import { readScalingGroups } from './scaling-groups.ts';

export type DirectorySource = {
  kind: ResourceKind;
  what: string;
  action: string;
  /** Its entries; with gaps where not all of them were read. */
  read(cloud: Cloud, place: Place): Promise<DirectoryEntry[] | { entries: DirectoryEntry[]; gaps: Gap[] }>;
};

/** Where names come from. A kind of resource joins the directory by a line here. */
export const DIRECTORY_SOURCES: readonly DirectorySource[] = [
  { kind: 'instance', what: 'instances', action: 'ec2:DescribeInstances', read: instanceEntries },
  {
    kind: 'auto_scaling_group',
    what: 'Auto Scaling groups',
    action: 'autoscaling:DescribeAutoScalingGroups',
    read: groupEntries,
  },
  { kind: 'database', what: 'databases', action: 'rds:DescribeDBInstances', read: databaseEntries },
  { kind: 'function', what: 'functions', action: 'lambda:ListFunctions', read: functionEntries },
  { kind: 'api', what: 'REST APIs', action: 'apigateway:GET', read: apiEntries(readRestApis) },
  { kind: 'api', what: 'HTTP and WebSocket APIs', action: 'apigateway:GET', read: apiEntries(readHttpApis) },
  { kind: 'log_group', what: 'log groups', action: 'logs:DescribeLogGroups', read: logGroupEntries },
  { kind: 'cluster', what: 'clusters', action: 'ecs:ListClusters', read: clusterEntries },
  { kind: 'service', what: 'services', action: 'ecs:ListServices', read: serviceEntries },
  {
    kind: 'load_balancer',
    what: 'load balancers',
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    read: balancerEntries,
  },
  { kind: 'alarm', what: 'alarms', action: 'cloudwatch:DescribeAlarms', read: alarmEntries },
];

/** Lists one kind of resource in all the given regions; what cannot be listed is a gap. Never throws for AWS. */
export async function listSource(cloud: Cloud, source: DirectorySource, places: Place[]): Promise<Listing> {
  const looks = await Promise.all(
    places.map((place) =>
      lookBeside(cloud, place, source, async () => {
        const read = await source.read(cloud, place);
        return Array.isArray(read) ? { entries: read, gaps: [] } : read;
      }),
    ),
  );
  const cut = { looked_at: [], gaps: looks.flatMap((look) => look.value?.gaps ?? []) };
  return {
    entries: looks.flatMap((look) => look.value?.entries ?? []),
    coverage: joined(...looks.map((look) => look.coverage), cut),
  };
}

async function instanceEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const instances = await readInstances(cloud, place);
  return instances.map((instance) => {
    const owner = instance.OwnerId;
    const { id, name, state, tags, account, region } = instanceRowOf(instance, place);
    return {
      kind: 'instance' as const,
      id,
      name,
      ...(owner ? { arn: instanceArn(region, owner, id) } : {}),
      account,
      region,
      state,
      tags,
    };
  });
}

async function groupEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const groups = await readScalingGroups(cloud, place);
  return groups.map((group) => ({
    kind: 'auto_scaling_group' as const,
    id: group.AutoScalingGroupName ?? '',
    name: group.AutoScalingGroupName ?? '',
    ...(group.AutoScalingGroupARN ? { arn: group.AutoScalingGroupARN } : {}),
    account: place.account.name,
    region: place.region,
    tags: Object.fromEntries((group.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
  }));
}

async function clusterEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const clusters = await readClusters(cloud, place);
  return clusters.map(({ name, arn }) => ({
    kind: 'cluster' as const,
    id: name,
    name,
    arn,
    account: place.account.name,
    region: place.region,
    parent: 'ecs',
  }));
}

/** Without their tags: ECS tells those ten services at a time, which is too much for names. */
async function serviceEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const services = serviceIds(await readServiceNames(cloud, place));
  return services.map(({ id, name, arn, cluster }) => ({
    kind: 'service' as const,
    id,
    name,
    arn,
    account: place.account.name,
    region: place.region,
    parent: cluster,
  }));
}

async function balancerEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const balancers = await readLoadBalancers(cloud, place);
  return balancers.map(({ LoadBalancerName: name = '', LoadBalancerArn: arn, State: state }) => ({
    kind: 'load_balancer' as const,
    id: name,
    name,
    ...(arn ? { arn } : {}),
    account: place.account.name,
    region: place.region,
    ...(state?.Code ? { state: state.Code } : {}),
  }));
}

async function alarmEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const alarms = await readAlarms(cloud, place);
  return alarms.map((alarm) => ({
    kind: 'alarm' as const,
    id: alarm.name,
    name: alarm.name,
    ...(alarm.arn ? { arn: alarm.arn } : {}),
    account: alarm.account,
    region: alarm.region,
    state: alarm.state,
  }));
}

async function functionEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const functions = await readFunctions(cloud, place);
  return functions.map(({ FunctionName: name = '', FunctionArn: arn }) => ({
    kind: 'function' as const,
    id: name,
    name,
    ...(arn ? { arn } : {}),
    account: place.account.name,
    region: place.region,
  }));
}

/** API Gateway's own, which names no account. Source: its developer guide, "ARN format reference". */
function apiArn(region: string, type: string, id: string): string {
  return `arn:${partitionOf(region)}:apigateway:${region}::/${type === 'REST' ? 'restapis' : 'apis'}/${id}`;
}

/** Many REST APIs can have one name: what tells them apart is the id. */
function apiEntries(read: (cloud: Cloud, place: Place) => Promise<Api[]>): DirectorySource['read'] {
  return async (cloud, place) =>
    (await read(cloud, place)).map(({ id, name, type, tags }) => ({
      kind: 'api' as const,
      id,
      name,
      arn: apiArn(place.region, type, id),
      account: place.account.name,
      region: place.region,
      parent: type,
      tags,
    }));
}
