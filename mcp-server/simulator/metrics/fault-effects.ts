import { faultsOn, spanAt } from '../world/faults/course.ts';
import type { Fault, MetricEffect, Moment, Span } from '../world/faults/fault.ts';
import type { Reference } from '../world/references.ts';
import type { World } from '../world/world.ts';
import { SHAPE_STEP_MS } from './shape-value.ts';

type Direct = { fault: Fault; effect: MetricEffect };

/** What faults do directly to a metric of the resource they fall on, in the order of the file. */
export function effectsOn(world: World, owner: Reference, namespace: string, metric: string): Direct[] {
  return faultsOn(world, owner).flatMap((fault) =>
    (fault.rule.metrics ?? [])
      .filter((effect) => effect.namespace === namespace && effect.metric === metric)
      .map((effect) => ({ fault, effect })),
  );
}

/** A value in the minute that starts at `at`, given what it would be; undefined when there is no point. */
export function affected(
  world: World,
  effects: readonly Direct[],
  at: number,
  usual: number,
): number | undefined {
  let value: number | undefined = usual;
  for (const { fault, effect } of effects) {
    if (value === undefined) return undefined;
    const span = spanAt(fault, at) ?? overlapping(fault, at);
    if (span === undefined && !effect.beyond) continue;
    value = effect.change(value, momentOf(world, fault, at, span));
  }
  return value;
}

/** The span that begins within the minute. */
function overlapping(fault: Fault, at: number): Span | undefined {
  return fault.spans.find((span) => span.from < at + SHAPE_STEP_MS && span.to > at);
}

function momentOf(world: World, fault: Fault, at: number, span: Span | undefined): Moment {
  return {
    world,
    fault,
    at,
    span,
    ramp: (ms) => (span === undefined ? 0 : Math.min(1, Math.max(0, (at + SHAPE_STEP_MS - span.from) / ms))),
  };
}
