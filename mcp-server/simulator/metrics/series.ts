import { resolve } from 'node:path';
import type { MetricEntry } from '../format/account.ts';
import { metricsOf } from '../world/api-ids.ts';
import { hash32 } from '../world/deterministic.ts';
import { distressed } from '../world/distress.ts';
import { allFaults } from '../world/faults/course.ts';
import { type Reference, referenceByKey, referenceKey } from '../world/references.ts';
import type { World } from '../world/world.ts';
import { balancerDimension, canonicalDimensions, type Dimensions, ownerOf, seriesKey } from './dimensions.ts';
import type { Shape } from './shape-value.ts';
import { SYMPTOMS } from './symptoms.ts';

/** Where a series has its values from. */
export type Source =
  | { kind: 'file'; path: string; replay: boolean }
  | { kind: 'shape'; shape: Shape }
  /** Appears only because something is wrong: constant from the time it began. */
  | { kind: 'symptom'; usual: Shape; since: number };

export type Series = {
  namespace: string;
  name: string;
  dimensions: Dimensions;
  region: string;
  unit?: string;
  /** What a single point is. */
  statistic?: string;
  status: MetricEntry['status'];
  source: Source;
  owner?: Reference;
  /** Of its random part. */
  seed: number;
};

/** Every series of the account by its key, those that only a fault makes appear among them. */
export function seriesByKey(world: World): ReadonlyMap<string, Series> {
  return world.derive(buildSeries);
}

function buildSeries(world: World): Map<string, Series> {
  const all = new Map<string, Series>();
  const add = (series: Omit<Series, 'seed'>) => {
    const key = seriesKey(series.region, series.namespace, series.name, series.dimensions);
    if (all.has(key)) return;
    const owner = series.owner ?? ownerOf(world, series.dimensions);
    all.set(key, { ...series, ...(owner && { owner }), seed: hash32(key) });
  };
  for (const entry of world.file.metrics) add(declared(world, entry));
  for (const series of faultSeries(world, [...all.values()])) add(series);
  for (const series of symptomSeries(world)) add(series);
  return all;
}

function declared(world: World, entry: MetricEntry): Omit<Series, 'seed' | 'owner'> {
  const dimensions = canonicalDimensions(world, entry.dimensions);
  const region = entry.region ?? ownerOf(world, dimensions)?.region ?? world.file.regions[0] ?? '';
  const source: Source =
    entry.file === undefined
      ? { kind: 'shape', shape: entry.shape ?? { base: 0, noise: 0, daily: 0 } }
      : { kind: 'file', path: resolve(world.file.folder, entry.file), replay: entry.replay };
  return {
    namespace: entry.namespace,
    name: entry.name,
    dimensions,
    region,
    ...(entry.unit !== undefined && { unit: entry.unit }),
    ...(entry.statistic !== undefined && { statistic: entry.statistic }),
    status: entry.status,
    source,
  };
}

/** The series a fault shows in, where the file has none of that metric for the resource. */
function faultSeries(world: World, known: Iterable<Series>): Omit<Series, 'seed'>[] {
  const existing = new Set<string>();
  for (const { owner, namespace, name } of known) {
    if (owner !== undefined) existing.add(`${referenceKey(owner)} ${namespace} ${name}`);
  }
  return allFaults(world).flatMap(({ rule, resource, spans }) =>
    (rule.metrics ?? []).flatMap((effect) => {
      const { namespace, metric: name, unit, usual, leadMs = 0 } = effect;
      if (usual === undefined || existing.has(`${referenceKey(resource)} ${namespace} ${name}`)) return [];
      const dimensions = (effect.dimensions ?? dimensionsOf)(world, resource);
      const first = spans[0]?.from;
      if (dimensions === undefined || first === undefined) return [];
      const source: Source = { kind: 'symptom', usual, since: first - leadMs };
      const region = resource.region ?? world.file.regions[0] ?? '';
      return [
        {
          ...{ namespace, name, dimensions, region, source, status: 'Complete' as const },
          ...(unit && { unit }),
          // Not every dimension tells whose metric it is.
          owner: resource,
        },
      ];
    }),
  );
}

function symptomSeries(world: World): Omit<Series, 'seed' | 'owner'>[] {
  const found: Omit<Series, 'seed' | 'owner'>[] = [];
  for (const [key, distresses] of distressed(world)) {
    const resource = referenceByKey(world, key);
    if (resource === undefined) continue;
    const since = Math.min(...distresses.map((one) => one.from));
    const dimensions = dimensionsOf(world, resource);
    if (dimensions === undefined) continue;
    for (const { of, namespace, metric, unit, usual, always } of SYMPTOMS) {
      if (of !== resource.kind || !always) continue;
      const source: Source = { kind: 'symptom', usual: { base: usual, noise: 0.2, daily: 0 }, since };
      const region = resource.region ?? '';
      const name = apiMetrics(world, resource)?.names[metric] ?? metric;
      found.push({ namespace, name, dimensions, region, unit, status: 'Complete', source });
    }
  }
  return found;
}

function apiMetrics(world: World, { kind, name }: Reference) {
  const entry = kind === 'api' ? world.file.apis.find((one) => one.name === name) : undefined;
  return entry && metricsOf(entry, world.file.account);
}

function dimensionsOf(world: World, resource: Reference): Dimensions | undefined {
  switch (resource.kind) {
    case 'instance':
      return { InstanceId: resource.id };
    case 'database':
      return { DBInstanceIdentifier: resource.id };
    case 'service': {
      const cluster = world.file.ecs.find(({ services }) =>
        services.some(({ name }) => name === resource.id),
      );
      return cluster && { ClusterName: cluster.cluster, ServiceName: resource.name };
    }
    case 'load_balancer': {
      const balancer = world.file.elb.find((one) => one.name === resource.name);
      // The metrics of the other types have other names.
      if (balancer?.type !== 'application') return undefined;
      return { LoadBalancer: balancerDimension(world.file.account, balancer.type, balancer.name) };
    }
    case 'auto_scaling_group':
      return { AutoScalingGroupName: resource.name };
    case 'function':
      return { FunctionName: resource.name };
    case 'api':
      return apiMetrics(world, resource)?.dimensions;
    default:
      return undefined;
  }
}
