import { type FaultWindow, faultWindows, faultyInstances } from './fault-windows.ts';
import { groups } from './groups.ts';
import { type InstanceLife, stateAt } from './instance-life.ts';
import { type Reference, referenceKey, resolveReference } from './references.ts';
import type { World } from './world.ts';

/**
 * How badly a resource does for a while, because of itself or of what it calls. `errors` and `latency` are
 * 0 (as usual) to 1 (as bad as can be); `down` is the share of a load balancer's targets that do not answer.
 */
export type Distress = { from: number; to: number; errors: number; latency: number; down: number };

/** A caller feels this much of what it calls: part of its requests go elsewhere or are retried. */
const FELT_BY_CALLERS = 0.6;
/** Weaker than this nobody would see it. */
const FAINTEST = 0.02;

/** The times a resource is in distress. */
export function distressOf(world: World, resource: Reference): readonly Distress[] {
  return world.derive(buildDistress).get(referenceKey(resource)) ?? [];
}

/** Every resource that is ever in distress, by its key. */
export function distressed(world: World): ReadonlyMap<string, readonly Distress[]> {
  return world.derive(buildDistress);
}

/** The worst of several distresses at a time. */
export function worstAt(all: readonly Distress[], at: number): Omit<Distress, 'from' | 'to'> {
  const worst = { errors: 0, latency: 0, down: 0 };
  for (const one of all) {
    if (at < one.from || at >= one.to) continue;
    worst.errors = Math.max(worst.errors, one.errors);
    worst.latency = Math.max(worst.latency, one.latency);
    worst.down = Math.min(1, worst.down + one.down);
  }
  return worst;
}

type Link = {
  to: string;
  share: number /** From a target to its balancer: it counts as down there. */;
  target: boolean;
};

/** Who feels it when a resource does badly, and how much. */
function feltBy(world: World): Map<string, Link[]> {
  const links = new Map<string, Link[]>();
  const add = (from: Reference, to: string, share: number, target: boolean) => {
    const key = referenceKey(from);
    links.set(key, [...(links.get(key) ?? []), { to, share, target }]);
  };
  for (const { from, to } of world.file.dependencies) {
    add(resolveReference(world, to), referenceKey(resolveReference(world, from)), FELT_BY_CALLERS, false);
  }
  for (const balancer of world.file.elb) {
    for (const target of balancer.targets) {
      const key = `load_balancer:${balancer.name}`;
      add(resolveReference(world, target.id), key, 1 / balancer.targets.length, true);
    }
  }
  for (const group of groups(world).values()) {
    for (const { id } of group.members) {
      const member = { kind: 'instance' as const, id, name: id };
      add(member, `auto_scaling_group:${group.name}`, 1 / group.members.length, false);
    }
  }
  return links;
}

function buildDistress(world: World): Map<string, Distress[]> {
  const links = world.derive(feltBy);
  const all = new Map<string, Distress[]>();
  for (const id of troubledInstances(world)) {
    const own = ownDistress(world, id);
    if (own.length > 0) spread(`instance:${id}`, own, links, all);
  }
  return all;
}

/** Carries an instance's distress to all that feel it, each once, by the way it is reached first. */
function spread(
  origin: string,
  own: readonly Distress[],
  links: Map<string, Link[]>,
  all: Map<string, Distress[]>,
) {
  const seen = new Set([origin]);
  let edge = [{ key: origin, weight: 1, target: false }];
  while (edge.length > 0) {
    const next: typeof edge = [];
    for (const { key, weight, target } of edge) {
      const felt = own.map((one) => ({
        ...one,
        errors: one.errors * weight,
        latency: one.latency * weight,
        down: target ? one.down * weight : 0,
      }));
      all.set(key, [...(all.get(key) ?? []), ...felt]);
      for (const link of links.get(key) ?? []) {
        if (seen.has(link.to) || weight * link.share < FAINTEST) continue;
        seen.add(link.to);
        next.push({ key: link.to, weight: weight * link.share, target: link.target });
      }
    }
    edge = next;
  }
}

function troubledInstances(world: World): Set<string> {
  const ids = new Set(faultyInstances(world));
  for (const { effect } of world.journal) {
    if (effect.kind === 'stop' || effect.kind === 'terminate') for (const id of effect.instances) ids.add(id);
  }
  for (const fault of world.file.faults) {
    if (fault.kind === 'instance_stopped') ids.add(resolveReference(world, fault.on).id);
  }
  return ids;
}

function ownDistress(world: World, id: string): Distress[] {
  const instance = world.instances.get(id);
  if (instance === undefined) return [];
  const faults = faultWindows(world, id).map(distressBy);
  return [...faults, ...outages(instance.life, world.startMs)];
}

function distressBy(window: FaultWindow): Distress {
  const { from, to } = window;
  switch (window.kind) {
    case 'impaired':
      return { from, to, errors: 1, latency: 1, down: 1 };
    case 'saturated':
      return { from, to, errors: 0.15 * window.severity, latency: window.severity, down: 0 };
  }
}

/** The times an instance that ran when the run began does not. What was stopped all along is missed by nobody. */
function outages(life: InstanceLife, startMs: number): Distress[] {
  if (stateAt(life, startMs) !== 'running') return [];
  const found: Distress[] = [];
  for (const [index, phase] of life.phases.entries()) {
    if (phase.from <= startMs || phase.state === 'running') continue;
    const to = life.phases[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    found.push({ from: phase.from, to, errors: 0.6, latency: 0.6, down: 1 });
  }
  return found;
}
