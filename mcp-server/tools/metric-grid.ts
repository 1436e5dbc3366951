import { untouched } from '../cloud/call-failure.ts';
import type { Series } from '../contract/catalogue/metrics.ts';

/** Milliseconds from `start`; both ends on whole periods. */
export type Grid = {
  start: number;
  periodS: number;
  length: number;
  /** When the period asked for is finer than what CloudWatch still has: both in seconds. */
  raised?: { asked: number; kept: number };
};

/** What a chart can show and a reader take in. */
const POINTS = 180;
/** The longest series: 15 days of minutes, the most points CloudWatch keeps at one resolution. */
const MOST_POINTS = 15 * 24 * 60 + 1;
const HOUR_MS = 3_600_000;

/**
 * The finest period CloudWatch still has, by age of the oldest point asked for.
 * Source: CloudWatch user guide, "Metrics retention".
 */
const FINEST: readonly [olderThanHours: number, periodS: number][] = [
  [63 * 24, 3_600],
  [15 * 24, 300],
  [3, 60],
];

/**
 * The regular grid of a series over a stretch of time: about 180 points unless a period is asked for, never
 * finer than CloudWatch keeps. Throws `CallFailure` for a period CloudWatch does not know, and for more points
 * than anybody reads.
 */
export function gridOf(range: { start: Date; end: Date }, period: number | undefined, now: Date): Grid {
  const from = range.start.getTime();
  const to = range.end.getTime();
  const age = now.getTime() - from;
  const finest = FINEST.find(([hours]) => age > hours * HOUR_MS)?.[1] ?? 1;
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
  const length = Math.max(1, Math.ceil((to - start) / step));
  if (length > MOST_POINTS) {
    throw untouched(
      'invalid_arguments',
      `Every ${periodS} s over that time are ${length} points; a series has at most ${MOST_POINTS}.`,
      { hint: 'Ask for a shorter time or a longer period.' },
    );
  }
  const raised = period !== undefined && period < periodS ? { raised: { asked: period, kept: finest } } : {};
  return { start, periodS, length, ...raised };
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
