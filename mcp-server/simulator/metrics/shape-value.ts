import type { MetricEntry } from '../format/account.ts';
import { unit } from '../world/deterministic.ts';

export type Shape = NonNullable<MetricEntry['shape']>;

/** A shape has a point every minute. */
export const SHAPE_STEP_MS = 60_000;

const DAY_MS = 86_400_000;
/** The busiest time of the day, UTC. */
const PEAK_MS = 13 * 3_600_000;

/** What a metric's values can be, from its name and unit. */
type ValueRange = { percent: boolean; whole: boolean };

export function valueRange(name: string, unitName: string | undefined): ValueRange {
  return {
    percent: unitName === 'Percent' || (unitName === undefined && /(utilization|percent)/i.test(name)),
    whole:
      unitName === 'Count' ||
      (unitName === undefined && /(count|errors|statuscheckfailed|throttles)/i.test(name)),
  };
}

/** A value as its metric can have it: percentages between 0 and 100, counts whole and not negative. */
export function withinRange(value: number, { percent, whole }: ValueRange): number {
  if (percent) return Math.min(100, Math.max(0, value));
  return whole ? Math.max(0, Math.round(value)) : value;
}

/**
 * A shape's value at a minute: a base that swings over the day and jitters. The same seed and minute always
 * give the same value.
 */
export function shapeValue(shape: Shape, seed: number, at: number): number {
  const minute = Math.floor(at / SHAPE_STEP_MS);
  const swing = Math.cos(((at - PEAK_MS) / DAY_MS) * 2 * Math.PI);
  // The sum of two uniform numbers: most jitter is small.
  const jitter = unit(seed, minute * 2) + unit(seed, minute * 2 + 1) - 1;
  return shape.base * (1 + shape.daily * swing) * (1 + shape.noise * jitter);
}
