import { zoneRegion } from '../format/places.ts';
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
export function referenceKey({ kind, id }: Reference): string {
  return `${kind}:${id}`;
}

/** What an id or a name means; of several kinds with one name, the first of REFERENCE_KINDS. */
export function resolveReference(world: World, text: string): Reference {
  const instance = findInstance(world, text);
  if (instance !== undefined) {
    return { kind: 'instance', id: instance.id, name: instance.name ?? instance.id, region: instance.region };
  }
  return world.derive(namedResources).get(text) ?? { kind: 'external', id: text, name: text };
}

function namedResources(world: World): Map<string, Reference> {
  const { file } = world;
  const home = file.regions[0] ?? '';
  const named = new Map<string, Reference>();
  const add = (kind: ReferenceKind, id: string, region: string | undefined) => {
    if (!named.has(id)) named.set(id, { kind, id, name: id, region: region ?? home });
  };
  for (const one of file.elb) add('load_balancer', one.name, one.region ?? targetsRegion(world, one.targets));
  for (const one of groups(world).values()) add('auto_scaling_group', one.name, one.region);
  for (const one of file.lambda) add('function', one.name, one.region);
  for (const one of file.ecs) for (const service of one.services) add('service', service.name, one.region);
  for (const one of file.rds) add('database', one.id, one.region);
  for (const one of file.apis) add('api', one.name, one.region);
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
