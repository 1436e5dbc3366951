import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { ServiceRow } from '../contract/catalogue/services.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';
import { createLimit } from './limit.ts';

/** The most ECS lists at a time. */
const PAGE = 100;
/** The most it describes at a time. */
const DESCRIBED_AT_ONCE = 10;
/** Requests under way at the same time: ECS refills 20 a second for an account. */
const AT_ONCE = 4;

/** A service by where it stands: ECS knows it by its cluster and its name. */
export type ServiceName = { cluster: string; name: string; arn: string };

/** `arn:...:cluster/shop` → `shop`; `arn:...:service/shop/cart` → `cart`. */
function arnTail(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** `arn:...:task-definition/cart:88` → `cart:88`. */
export function taskDefinitionName(arn: string | undefined): string {
  return arnTail(arn ?? '');
}

/** The clusters of a place, by name, every page of them. */
export async function readClusters(
  cloud: Cloud,
  { account, region }: Place,
): Promise<{ name: string; arn: string }[]> {
  const { sdk, client } = await account.connect('ecs', region, 'read');
  const arns: string[] = [];
  const pages = sdk.paginateListClusters({ client, pageSize: PAGE }, {}, { abortSignal: cloud.signal });
  for await (const page of pages) arns.push(...(page.clusterArns ?? []));
  return arns.map((arn) => ({ name: arnTail(arn), arn }));
}

/** The names of a place's services, of all its clusters or of those named. */
export async function readServiceNames(
  cloud: Cloud,
  place: Place,
  clusters?: readonly string[],
): Promise<ServiceName[]> {
  const { sdk, client } = await place.account.connect('ecs', place.region, 'read');
  const wanted = clusters ?? (await readClusters(cloud, place)).map(({ name }) => name);
  const limit = createLimit(AT_ONCE);
  const found = await Promise.all(
    wanted.map((cluster) =>
      limit(async () => {
        const names: ServiceName[] = [];
        const pages = sdk.paginateListServices(
          { client, pageSize: PAGE },
          { cluster },
          { abortSignal: cloud.signal },
        );
        for await (const page of pages) {
          for (const arn of page.serviceArns ?? []) names.push({ cluster, name: arnTail(arn), arn });
        }
        return names;
      }, cloud.signal),
    ),
  );
  return found.flat();
}

/** These services as they are now, ten a request. One that has gone meanwhile is left out. */
export async function describeServices(
  cloud: Cloud,
  { account, region }: Place,
  names: readonly Pick<ServiceName, 'cluster' | 'name'>[],
): Promise<Service[]> {
  const { sdk, client } = await account.connect('ecs', region, 'read');
  const limit = createLimit(AT_ONCE);
  const requests = [...Map.groupBy(names, ({ cluster }) => cluster)].flatMap(([cluster, of]) =>
    chunks(
      of.map(({ name }) => name),
      DESCRIBED_AT_ONCE,
    ).map((services) => ({ cluster, services })),
  );
  const found = await Promise.all(
    requests.map((request) =>
      limit(async () => {
        const command = new sdk.DescribeServicesCommand(request);
        return (await client.send(command, { abortSignal: cloud.signal })).services ?? [];
      }, cloud.signal),
    ),
  );
  return found.flat().filter(({ status }) => status !== 'INACTIVE');
}

/** All services of a place, or of some of its clusters, as they are now. */
export async function readServices(
  cloud: Cloud,
  place: Place,
  clusters?: readonly string[],
): Promise<Service[]> {
  return describeServices(cloud, place, await readServiceNames(cloud, place, clusters));
}

/**
 * Services by what names each of them in its region: its name, or `cluster/name` where two clusters have a
 * service of that name.
 */
export function serviceIds(services: readonly ServiceName[]): (ServiceName & { id: string })[] {
  const named = Map.groupBy(services, ({ name }) => name);
  return services.map((one) => {
    const alone = named.get(one.name)?.length === 1;
    return { ...one, id: alone ? one.name : `${one.cluster}/${one.name}` };
  });
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

/** What ECS says of a service is kept for its last 100 events; the newest tell how it does now. */
const EVENTS_SHOWN = 5;

/** What is said of a service: a trimmed, flat form of what AWS returns. */
export function serviceRowOf(service: Service, { account, region }: Place): ServiceRow {
  const breaker = service.deploymentConfiguration?.deploymentCircuitBreaker;
  return {
    name: service.serviceName ?? '',
    ...(service.serviceArn ? { arn: service.serviceArn } : {}),
    cluster: arnTail(service.clusterArn ?? ''),
    status: service.status ?? 'unknown',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    task_definition: taskDefinitionName(service.taskDefinition),
    ...(service.launchType ? { launch_type: service.launchType } : {}),
    scheduling: service.schedulingStrategy ?? 'REPLICA',
    controller: service.deploymentController?.type ?? 'ECS',
    circuit_breaker: { enabled: breaker?.enable ?? false, rollback: breaker?.rollback ?? false },
    deployments: (service.deployments ?? []).map(deploymentOf),
    target_groups: (service.loadBalancers ?? []).flatMap(({ targetGroupArn: arn }) =>
      arn ? [targetGroupName(arn)] : [],
    ),
    events: newestEvents(service),
    region,
    account: account.name,
  };
}

function newestEvents({ events = [] }: Service): ServiceRow['events'] {
  return events
    .flatMap(({ createdAt, message }) =>
      createdAt && message ? [{ at: createdAt.toISOString(), message }] : [],
    )
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, EVENTS_SHOWN);
}

function deploymentOf(one: Deployment): ServiceRow['deployments'][number] {
  return {
    id: one.id ?? '',
    status: one.status ?? 'unknown',
    task_definition: taskDefinitionName(one.taskDefinition),
    desired: one.desiredCount ?? 0,
    running: one.runningCount ?? 0,
    pending: one.pendingCount ?? 0,
    failed: one.failedTasks ?? 0,
    ...(one.rolloutState ? { rollout: one.rolloutState } : {}),
    ...(one.rolloutStateReason ? { rollout_reason: one.rolloutStateReason } : {}),
    ...(one.createdAt ? { created_at: one.createdAt.toISOString() } : {}),
  };
}

/** `arn:...:targetgroup/shop-web/0123456789abcdef` → `shop-web`. */
function targetGroupName(arn: string): string {
  return arn.split('/')[1] ?? arn;
}
