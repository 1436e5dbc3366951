import type { Call } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { hash32, hexOf } from '../../world/deterministic.ts';
import type { Rollout } from '../../world/ecs/rollout.ts';
import { findCourse, type ServiceCourse, serviceCourses } from '../../world/ecs/service-course.ts';

type Where = Pick<Call, 'account' | 'region'>;

export function clusterArn({ account, region }: Where, cluster: string): string {
  return `arn:aws:ecs:${region}:${account}:cluster/${cluster}`;
}

export function serviceArn({ account, region }: Where, { cluster, name }: ServiceCourse): string {
  return `arn:aws:ecs:${region}:${account}:service/${cluster}/${name}`;
}

export function taskDefinitionArn({ account, region }: Where, family: string, revision: number): string {
  return `arn:aws:ecs:${region}:${account}:task-definition/${family}:${revision}`;
}

export function revisionArn({ account, region }: Where, course: ServiceCourse, deployment: string): string {
  const id = digits(`${deployment}/revision`);
  return `arn:aws:ecs:${region}:${account}:service-revision/${course.cluster}/${course.name}/${id}`;
}

/** `ecs-svc/` and nineteen digits. */
export function deploymentId({ cluster, name }: ServiceCourse, { index, at }: Rollout): string {
  return `ecs-svc/${digits(`${cluster}/${name}/${index}/${Number.isFinite(at) ? at : 0}`)}`;
}

function digits(text: string): string {
  return Array.from(
    { length: 19 },
    (_, place) => (place === 0 ? 1 : 0) + (hash32(`${text}/${place}`) % 9),
  ).join('');
}

export function taskId(
  { cluster, name }: ServiceCourse,
  { index }: Rollout,
  slot: number,
  turn: number,
): string {
  return hexOf(`${cluster}/${name}/${index}/${slot}/${turn}`, 32);
}

/** The name at the end of an ARN, or what is a name already. */
export function tail(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

/** The clusters of the region a call is for. */
export function clustersIn({ world, region }: Call): string[] {
  const home = world.file.regions[0];
  return world.file.ecs.filter((one) => (one.region ?? home) === region).map(({ cluster }) => cluster);
}

/** A call that names no cluster means the one called `default`. */
export function requireCluster(given: string | undefined, call: Call): string {
  const cluster = tail(given ?? 'default');
  if (clustersIn(call).includes(cluster)) return cluster;
  throw new Refusal('ClusterNotFoundException', 'Cluster not found.');
}

export function coursesIn(cluster: string, { world, region }: Call): ServiceCourse[] {
  return serviceCourses(world).filter((one) => one.cluster === cluster && one.region === region);
}

export function requireService(cluster: string, given: string | undefined, { world }: Call): ServiceCourse {
  const course = findCourse(world, cluster, tail(given ?? ''));
  if (course === undefined) throw new Refusal('ServiceNotFoundException', 'Service not found.');
  return course;
}
