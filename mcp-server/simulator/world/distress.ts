import { allFaults } from './faults/course.ts';
import type { Complaint, Levels } from './faults/fault.ts';
import { groups } from './groups.ts';
import { type InstanceLife, stateAt } from './instance-life.ts';
import { type Reference, referenceKey, resolveReference } from './references.ts';
import type { World } from './world.ts';

/** How badly a resource does for a while, because of itself or of what it calls. */
export type Distress = Levels & {
  from: number;
  to: number;
  /** Where it comes from. */
  origin: Reference;
  /** What of the things it calls it feels it through, by its key; undefined for the origin itself. */
  through?: string;
  /** Whether the origin's own metrics show it. */
  shown: boolean;
  /** What callers say of it, where they say anything particular. */
  complaints?: readonly Complaint[];
};

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

const NONE: Levels = { errors: 0, latency: 0, down: 0, traffic: 0 };

/** What several distresses come to at a time: the worst from each place, and what comes from several adds up. */
export function worstAt(all: readonly Distress[], at: number): Levels {
  const byOrigin = new Map<string, Levels>();
  for (const one of all) {
    if (at < one.from || at >= one.to) continue;
    const key = referenceKey(one.origin);
    const known = byOrigin.get(key) ?? NONE;
    byOrigin.set(key, {
      errors: Math.max(known.errors, one.errors),
      latency: Math.max(known.latency, one.latency),
      down: Math.max(known.down, one.down),
      traffic: Math.max(known.traffic, one.traffic),
    });
  }
  const sum = { ...NONE };
  for (const one of byOrigin.values()) {
    sum.errors = Math.min(1, sum.errors + one.errors);
    sum.latency = Math.min(1, sum.latency + one.latency);
    sum.down = Math.min(1, sum.down + one.down);
    sum.traffic += one.traffic;
  }
  return sum;
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
  const own = Map.groupBy([...faultDistress(world), ...outageDistress(world)], ({ origin }) =>
    referenceKey(origin),
  );
  for (const [key, distresses] of own) spread(key, distresses, links, all);
  return all;
}

type Reached = { key: string; weight: number; down: number; through?: string };

/** Carries a resource's distress to all that feel it, each once, by the way it is reached first. */
function spread(
  origin: string,
  own: readonly Distress[],
  links: Map<string, Link[]>,
  all: Map<string, Distress[]>,
) {
  const seen = new Set([origin]);
  let edge: Reached[] = [{ key: origin, weight: 1, down: 1 }];
  while (edge.length > 0) {
    const next: Reached[] = [];
    for (const { key, weight, down, through } of edge) {
      const felt = own.map((one) => ({
        ...one,
        errors: one.errors * weight,
        latency: one.latency * weight,
        down: one.down * down,
        traffic: one.traffic * weight,
        ...(through !== undefined && { through }),
      }));
      all.set(key, [...(all.get(key) ?? []), ...felt]);
      for (const link of links.get(key) ?? []) {
        if (seen.has(link.to) || weight * link.share < FAINTEST) continue;
        seen.add(link.to);
        // A balancer counts its own targets as down; further away it is only felt.
        const isDown = link.target && key === origin ? link.share : 0;
        next.push({ key: link.to, weight: weight * link.share, down: isDown, through: key });
      }
    }
    edge = next;
  }
}

function faultDistress(world: World): Distress[] {
  return allFaults(world).flatMap((fault) => {
    const levels = fault.rule.distress?.(fault);
    if (levels === undefined) return [];
    const { complaints } = fault.rule;
    return fault.spans.map((span) => ({
      ...NONE,
      ...levels,
      ...span,
      origin: fault.resource,
      shown: fault.rule.onlyCallers !== true,
      ...(complaints && { complaints }),
    }));
  });
}

function outageDistress(world: World): Distress[] {
  const ids = new Set(
    allFaults(world).flatMap(({ resource }) => (resource.kind === 'instance' ? resource.id : [])),
  );
  for (const { effect } of world.journal) {
    if (effect.kind === 'stop' || effect.kind === 'terminate') for (const id of effect.instances) ids.add(id);
  }
  return [...ids].flatMap((id) => {
    const instance = world.instances.get(id);
    if (instance === undefined) return [];
    const origin: Reference = { kind: 'instance', id, name: instance.name ?? id, region: instance.region };
    return outages(instance.life, world.startMs).map((one) => ({ ...NONE, ...one, origin, shown: true }));
  });
}

/** The times an instance that ran when the run began does not. What was stopped all along is missed by nobody. */
function outages(
  life: InstanceLife,
  startMs: number,
): Pick<Distress, 'from' | 'to' | 'errors' | 'latency' | 'down'>[] {
  if (stateAt(life, startMs) !== 'running') return [];
  return life.phases.flatMap((phase, index) => {
    if (phase.from <= startMs || phase.state === 'running') return [];
    const to = life.phases[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return [{ from: phase.from, to, errors: 0.6, latency: 0.6, down: 1 }];
  });
}
