import { resolve } from 'node:path';
import type { MetricEntry } from '../format/account.ts';
import { hash32 } from '../world/deterministic.ts';
import { distressed } from '../world/distress.ts';
import { faultWindows, faultyInstances } from '../world/fault-windows.ts';
import type { Reference } from '../world/references.ts';
import { resolveReference } from '../world/references.ts';
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
  const add = (series: Omit<Series, 'seed' | 'owner'>) => {
    const key = seriesKey(series.region, series.namespace, series.name, series.dimensions);
    if (all.has(key)) return;
    const owner = ownerOf(world, series.dimensions);
    all.set(key, { ...series, ...(owner && { owner }), seed: hash32(key) });
  };
  for (const entry of world.file.metrics) add(declared(world, entry));
  for (const series of faultSeries(world)) add(series);
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

/** The instance metrics that a fault shows in, by the fault. */
const FAULT_METRICS = {
  impaired: [
    { name: 'StatusCheckFailed', unit: 'Count', usual: { base: 0, noise: 0, daily: 0 } },
    { name: 'StatusCheckFailed_Instance', unit: 'Count', usual: { base: 0, noise: 0, daily: 0 } },
    { name: 'StatusCheckFailed_System', unit: 'Count', usual: { base: 0, noise: 0, daily: 0 } },
  ],
  saturated: [{ name: 'CPUUtilization', unit: 'Percent', usual: { base: 18, noise: 0.2, daily: 0 } }],
} as const;

function faultSeries(world: World): Omit<Series, 'seed' | 'owner'>[] {
  const found: Omit<Series, 'seed' | 'owner'>[] = [];
  for (const id of faultyInstances(world)) {
    const region = world.instances.get(id)?.region ?? '';
    for (const window of faultWindows(world, id)) {
      for (const { name, unit, usual } of FAULT_METRICS[window.kind]) {
        const source: Source = { kind: 'symptom', usual, since: window.from };
        const dimensions = { InstanceId: id };
        found.push({ namespace: 'AWS/EC2', name, dimensions, region, unit, status: 'Complete', source });
      }
    }
  }
  return found;
}

function symptomSeries(world: World): Omit<Series, 'seed' | 'owner'>[] {
  const found: Omit<Series, 'seed' | 'owner'>[] = [];
  for (const [key, distresses] of distressed(world)) {
    const resource = resolveReference(world, key.slice(key.indexOf(':') + 1));
    const since = Math.min(...distresses.map((one) => one.from));
    const dimensions = dimensionsOf(world, resource);
    if (dimensions === undefined) continue;
    for (const { of, namespace, metric, unit, usual, always } of SYMPTOMS) {
      if (of !== resource.kind || !always) continue;
      const source: Source = { kind: 'symptom', usual: { base: usual, noise: 0.2, daily: 0 }, since };
      const region = resource.region ?? '';
      found.push({ namespace, name: metric, dimensions, region, unit, status: 'Complete', source });
    }
  }
  return found;
}

function dimensionsOf(world: World, resource: Reference): Dimensions | undefined {
  switch (resource.kind) {
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
      return { ApiName: resource.name };
    default:
      return undefined;
  }
}
