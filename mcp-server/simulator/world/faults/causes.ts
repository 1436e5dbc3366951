import { type Reference, referenceKey, resolveReference } from '../references.ts';
import type { World } from '../world.ts';
import type { Fault, Strike } from './fault.ts';

/** What a resource calls, itself among it, as far as the file's dependencies and targets lead. */
function reachedFrom(world: World, resource: Reference): ReadonlySet<string> {
  const calls = world.derive(callsOf);
  const reached = new Set([referenceKey(resource)]);
  for (const key of reached) for (const called of calls.get(key) ?? []) reached.add(called);
  return reached;
}

function callsOf(world: World): Map<string, string[]> {
  const calls = new Map<string, string[]>();
  const add = (from: string, to: string) => {
    const caller = referenceKey(resolveReference(world, from));
    calls.set(caller, [...(calls.get(caller) ?? []), referenceKey(resolveReference(world, to))]);
  };
  for (const { from, to } of world.file.dependencies) add(from, to);
  for (const { name, targets } of world.file.elb) for (const { id } of targets) add(name, id);
  for (const { name, instances } of world.file.asg) for (const id of instances) add(name, id);
  return calls;
}

/** The faults that a fault can come from: on the resource or on what it calls, there when it begins or soon. */
export function causesOf(world: World, strike: Strike, others: readonly Fault[]): readonly Fault[] {
  const reached = reachedFrom(world, strike.resource);
  return others.filter(
    (one) =>
      one.index !== strike.index &&
      reached.has(referenceKey(one.resource)) &&
      one.spans.some((span) => span.to > strike.at && span.from < strike.at + SOON_MS),
  );
}

/** A symptom in the file may be dated a little before what causes it. */
const SOON_MS = 300_000;

/** When the last of some faults is over: infinite while one is not, undefined when there are none. */
export function lastEnd(faults: readonly Fault[]): number | undefined {
  if (faults.length === 0) return undefined;
  return Math.max(...faults.flatMap(({ spans }) => spans.map((span) => span.to)));
}
