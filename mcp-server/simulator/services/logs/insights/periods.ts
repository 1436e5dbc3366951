import type { Period } from './syntax.ts';

/** The start of the period a point in time lies in, counted from the epoch as AWS does. */
export function floorTo(ms: number, period: Period): number {
  switch (period.kind) {
    case 'fixed':
      return Math.floor(ms / period.ms) * period.ms;
    case 'months':
      return monthStart(ms, period.count, 0);
  }
}

/** The start of the next period, or the point itself when it is one. */
export function ceilTo(ms: number, period: Period): number {
  const floor = floorTo(ms, period);
  if (floor === ms) return ms;
  return period.kind === 'fixed' ? floor + period.ms : monthStart(ms, period.count, 1);
}

function monthStart(ms: number, count: number, later: number): number {
  const date = new Date(ms);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const start = (Math.floor(months / count) + later) * count;
  return Date.UTC(Math.floor(start / 12), start % 12, 1);
}
