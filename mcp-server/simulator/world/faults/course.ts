import type { FaultEntry } from '../../format/account.ts';
import type { FaultKind } from '../../format/drills.ts';
import { momentMs } from '../../format/times.ts';
import { type Reference, referenceKey, resolveAs } from '../references.ts';
import type { World } from '../world.ts';
import type { Fault, FaultRule, Span, Strike } from './fault.ts';
import { rulesFor } from './registry.ts';

/** Every fault of the file on every resource it falls on, in the order of the file. */
export function allFaults(world: World): readonly Fault[] {
  return world.derive(buildFaults);
}

/** The faults that ever fall on a resource, over by now or to come among them. */
export function faultsOn(world: World, resource: Pick<Reference, 'kind' | 'id'>): readonly Fault[] {
  return world.derive(byResource).get(referenceKey(resource)) ?? [];
}

/** The span of a fault that a time falls into. */
export function spanAt(fault: Fault, at: number): Span | undefined {
  return fault.spans.find((span) => span.from <= at && at < span.to);
}

/** The fault of one of these kinds that a resource has at a time. */
export function faultAt(
  world: World,
  resource: Pick<Reference, 'kind' | 'id'>,
  kinds: readonly FaultKind[],
  at: number,
): Fault | undefined {
  return faultsOn(world, resource).find(
    (fault) => kinds.includes(fault.rule.kind) && spanAt(fault, at) !== undefined,
  );
}

/** What an entry of the file falls on, and the rule for it; undefined when none acts there. */
export function ruleAndTarget(
  world: World,
  entry: FaultEntry,
): { rule: FaultRule; named: Reference } | undefined {
  const rules = rulesFor(entry.kind);
  const named = resolveAs(
    world,
    entry.on,
    rules.flatMap((rule) => rule.strikes),
  );
  const rule = named && rules.find((one) => one.strikes.includes(named.kind));
  return rule && { rule, named };
}

function buildFaults(world: World): Fault[] {
  const strikes = world.file.faults.flatMap((entry, index) => strikesOf(world, entry, index));
  const course = (strike: Strike & { rule: FaultRule }, others: readonly Fault[]): Fault => ({
    ...strike,
    spans: strike.rule.spans(world, strike, others).filter((span) => span.to > span.from),
  });
  const leading = strikes.filter((one) => !one.rule.follows).map((one) => course(one, []));
  const following = strikes.filter((one) => one.rule.follows).map((one) => course(one, leading));
  return [...leading, ...following]
    .filter((fault) => fault.spans.length > 0)
    .sort((a, b) => a.index - b.index);
}

function strikesOf(world: World, entry: FaultEntry, index: number): (Strike & { rule: FaultRule })[] {
  const target = ruleAndTarget(world, entry);
  if (target === undefined) return [];
  const { rule, named } = target;
  const at = momentMs(entry.at, world.startMs);
  const struck = rule.falls?.(world, named, at) ?? [named];
  return struck.map((resource) => ({ rule, entry, index, resource, at, severity: entry.severity }));
}

function byResource(world: World): Map<string, Fault[]> {
  return Map.groupBy(allFaults(world), (fault) => referenceKey(fault.resource));
}
