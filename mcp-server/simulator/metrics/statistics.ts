import type { Point } from './points.ts';

/** `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99`. */
export type Statistic = string;

const PERCENTILE = /^p(\d{1,3}(?:\.\d+)?)$/;

export function isStatistic(statistic: string): boolean {
  const percentile = PERCENTILE.exec(statistic);
  if (percentile !== null) return Number(percentile[1]) <= 100;
  return Object.hasOwn(AGGREGATES, statistic);
}

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => sum(values) / values.length,
  Sum: sum,
  Minimum: (values) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  Maximum: (values) => values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  SampleCount: (values) => values.length,
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function aggregate(values: readonly number[], statistic: Statistic): number {
  const percentile = PERCENTILE.exec(statistic);
  if (percentile !== null) return quantile(values, Number(percentile[1]) / 100);
  return AGGREGATES[statistic]?.(values) ?? Number.NaN;
}

/** Linear interpolation between the two nearest values. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

/**
 * One value a period, for the periods that have points. Periods start at multiples of their length since 1970,
 * as CloudWatch's do; a value carries the start of its period.
 *
 * @param points in order of time
 */
export function byPeriod(points: readonly Point[], periodMs: number, statistic: Statistic): Point[] {
  const found: Point[] = [];
  let bucket = Number.NaN;
  let values: number[] = [];
  const close = () => {
    if (values.length > 0) found.push({ at: bucket, value: aggregate(values, statistic) });
  };
  for (const { at, value } of points) {
    const start = Math.floor(at / periodMs) * periodMs;
    if (start !== bucket) {
      close();
      bucket = start;
      values = [];
    }
    values.push(value);
  }
  close();
  return found;
}
