import { untouched } from '../cloud/call-failure.ts';
import type { Series } from '../contract/catalogue/metrics.ts';

/** Milliseconds from `start`; both ends on whole periods. */
export type Grid = { start: number; periodS: number; length: number };

/** What a chart can show and a reader take in. */
const POINTS = 180;
const DAY_MS = 86_400_000;

/**
 * The finest period CloudWatch still has, by age of the oldest point asked for.
 * Source: CloudWatch user guide, "Metrics retention".
 */
const FINEST: readonly [olderThanDays: number, periodS: number][] = [
  [63, 3_600],
  [15, 300],
];

/**
 * The regular grid of a series over a stretch of time: about 180 points unless a period is asked for, never
 * finer than CloudWatch keeps. Throws `CallFailure` for a period CloudWatch does not know.
 */
export function gridOf(range: { start: Date; end: Date }, period: number | undefined, now: Date): Grid {
  const from = range.start.getTime();
  const to = range.end.getTime();
  const age = now.getTime() - from;
  const finest = FINEST.find(([days]) => age > days * DAY_MS)?.[1] ?? 1;
  const wanted = period ?? Math.ceil((to - from) / 1_000 / POINTS / 60) * 60;
  if (![1, 5, 10, 20, 30].includes(wanted) && wanted % 60 !== 0) {
    throw untouched(
      'invalid_arguments',
      `A period is 1, 5, 10, 20, 30 or a multiple of 60 seconds, not ${wanted}.`,
    );
  }
  const periodS = wanted <= finest ? finest : Math.ceil(wanted / finest) * finest;
  const step = periodS * 1_000;
  const start = Math.floor(from / step) * step;
  return { start, periodS, length: Math.max(1, Math.ceil((to - start) / step)) };
}

/** Puts points in any order on the grid; those outside it are dropped. */
export function valuesOn(grid: Grid, points: readonly { at: number; value: number }[]): (number | null)[] {
  const values: (number | null)[] = new Array(grid.length).fill(null);
  for (const { at, value } of points) {
    const index = Math.floor((at - grid.start) / (grid.periodS * 1_000));
    if (index >= 0 && index < grid.length) values[index] = value;
  }
  return values;
}

export function summaryOf(grid: Grid, values: readonly (number | null)[]): Series['summary'] {
  let points = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let maxIndex = 0;
  let lastIndex = 0;
  let last = 0;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    points += 1;
    sum += value;
    min = Math.min(min, value);
    if (value > max) {
      max = value;
      maxIndex = index;
    }
    last = value;
    lastIndex = index;
  }
  if (points === 0) return null;
  const at = (index: number) => new Date(grid.start + index * grid.periodS * 1_000).toISOString();
  return { points, min, max, max_at: at(maxIndex), average: sum / points, last, last_at: at(lastIndex) };
}
