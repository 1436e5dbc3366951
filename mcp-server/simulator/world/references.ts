import { zoneRegion } from '../format/places.ts';
import { apiId } from './api-ids.ts';
import { groups } from './groups.ts';
import { findInstance, type World } from './world.ts';

const REFERENCE_KINDS = [
  'instance',
  'load_balancer',
  'auto_scaling_group',
  'function',
  'service',
  'database',
  'api',
  'deployment',
  'cluster',
  'external',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** What a name in the file stands for. `external`: something outside the file, which is no error. */
export type Reference = {
  kind: ReferenceKind;
  /** The id AWS knows it by. */
  id: string;
  /** What people call it. */
  name: string;
  /** Undefined for what is outside the file. */
  region?: string;
};

/** A reference as a key for maps. */
export function referenceKey({ kind, id }: Pick<Reference, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

/** The resource of a key; undefined when it has gone. */
export function referenceByKey(world: World, key: string): Reference | undefined {
  const colon = key.indexOf(':');
  return resolveAs(world, key.slice(colon + 1), [key.slice(0, colon) as ReferenceKind]);
}

/** What an id or a name means; of several kinds with one name, the first of REFERENCE_KINDS. */
export function resolveReference(world: World, text: string): Reference {
  const instance = findInstance(world, text);
  if (instance !== undefined) {
    return { kind: 'instance', id: instance.id, name: instance.name ?? instance.id, region: instance.region };
  }
  return world.derive(namedResources).get(text)?.[0] ?? { kind: 'external', id: text, name: text };
}

/** The same where only some kinds can be meant; undefined when none of them goes by the name. */
export function resolveAs(
  world: World,
  text: string,
  kinds: readonly ReferenceKind[],
): Reference | undefined {
  const first = resolveReference(world, text);
  if (kinds.includes(first.kind)) return first;
  return world
    .derive(namedResources)
    .get(text)
    ?.find((one) => kinds.includes(one.kind));
}

/** What goes by each name, in the order of REFERENCE_KINDS. */
function namedResources(world: World): Map<string, Reference[]> {
  const { file } = world;
  const home = file.regions[0] ?? '';
  const named = new Map<string, Reference[]>();
  const add = (kind: ReferenceKind, id: string, region: string | undefined) => {
    const known = named.get(id) ?? [];
    if (known.some((one) => one.kind === kind)) return;
    named.set(id, [...known, { kind, id, name: id, region: region ?? home }]);
  };
  for (const one of file.elb) add('load_balancer', one.name, one.region ?? targetsRegion(world, one.targets));
  for (const one of groups(world).values()) add('auto_scaling_group', one.name, one.region);
  for (const one of file.lambda) add('function', one.name, one.region);
  for (const one of file.ecs) for (const service of one.services) add('service', service.name, one.region);
  for (const one of file.rds) add('database', one.id, one.region);
  for (const one of file.apis) {
    add('api', one.name, one.region);
    const id = apiId(one, file.account);
    if (!named.has(id))
      named.set(id, [{ kind: 'api', id: one.name, name: one.name, region: one.region ?? home }]);
  }
  for (const one of file.eks) {
    for (const workload of one.workloads ?? []) add('deployment', workload.deployment, one.region);
    add('cluster', one.name, one.region);
  }
  for (const one of file.ecs) add('cluster', one.cluster, one.region);
  return named;
}

function targetsRegion(world: World, targets: readonly { id: string }[]): string | undefined {
  for (const { id } of targets) {
    const instance = findInstance(world, id);
    if (instance !== undefined) return zoneRegion(instance.az);
  }
  return undefined;
}
