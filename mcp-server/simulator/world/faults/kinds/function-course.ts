import { findFunction, type LambdaFunction, type Revision, servedBy } from '../../functions.ts';
import type { Reference } from '../../references.ts';
import type { World } from '../../world.ts';
import type { MetricEffect, Moment, Span, Strike } from '../fault.ts';

/** The function a fault falls on, with what its callers get over time. */
export function courseOf(
  world: World,
  { name, region }: Reference,
): { one: LambdaFunction; served: readonly Revision[] } | undefined {
  const one = findFunction(world, name, region ?? world.file.regions[0] ?? '');
  return one && { one, served: servedBy(one) };
}

/** What callers get at a time. */
export function servedAt(served: readonly Revision[], at: number): Revision | undefined {
  return served.findLast((each) => each.at <= at) ?? served[0];
}

/** From a time on, to when callers first get something that mends it. */
export function untilServed(
  served: readonly Revision[],
  from: number,
  mends: (now: Revision, before: Revision) => boolean,
): Span[] {
  let before = servedAt(served, from);
  for (const now of served) {
    if (now.at <= from) continue;
    if (before && mends(now, before)) return [{ from, to: now.at }];
    before = now;
  }
  return [{ from, to: Number.POSITIVE_INFINITY }];
}

/** The timeout callers meet at a time, seconds. */
export function timeoutAt(world: World, resource: Reference, at: number): number {
  return servedAt(courseOf(world, resource)?.served ?? [], at)?.timeout ?? 3;
}

const RAMP_MS = 60_000;
/** Half an hour of good times before it, so that the fault can be told from what was. */
const LEAD_MS = 30 * 60_000;

/** A metric of a function whose usual level is there before the fault, and in it the fault's share. */
export function functionMetric(
  metric: string,
  unit: string,
  usual: number,
  change: (value: number, moment: Moment) => number,
): MetricEffect {
  return {
    namespace: 'AWS/Lambda',
    metric,
    unit,
    usual: { base: usual, noise: usual === 0 ? 0 : 0.15, daily: 0 },
    leadMs: LEAD_MS,
    change: (value, moment) => value + (change(value, moment) - value) * moment.ramp(RAMP_MS),
  };
}

/** Invocations go on as usual: errors are a share of something. */
export const INVOCATIONS = functionMetric('Invocations', 'Count', 60, (value) => value);

/** So many errors more a minute. */
export function moreErrors(perMinute: (strike: Strike) => number): MetricEffect {
  return functionMetric('Errors', 'Count', 0, (value, { fault }) => value + perMinute(fault));
}
