import type { Call } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { costsAfterFaults } from '../../world/faults/costs.ts';
import { type CostRow, costRows, dayAfter } from './cost-rows.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The account's bill up to today. Refuses as AWS does where Cost Explorer was never opened. */
export function billed({ world, now }: Call): readonly CostRow[] {
  const rows = costRows(world);
  if (rows === null) {
    throw new Refusal('AccessDeniedException', 'User not enabled for cost explorer access', 403);
  }
  const today = dayAt(now);
  return costsAfterFaults(world, rows, now).filter(({ day }) => day <= today);
}

export function dayAt(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The days a call asks for, checked as AWS checks them. */
export function daysOf(period: { Start?: string | undefined; End?: string | undefined } | undefined) {
  const { Start: start = '', End: end = '' } = period ?? {};
  if (!DAY.test(start) || !DAY.test(end)) {
    throw invalid('Start time or end time is not in the format yyyy-MM-dd.');
  }
  if (start >= end) throw invalid('Start date (and hour) should be before end date (and hour)');
  return { start, end };
}

export function invalid(message: string): Refusal {
  return new Refusal('ValidationException', message);
}

/** A stretch cut into days or calendar months, the first and the last perhaps not whole. */
export function cut(start: string, end: string, granularity: string): { start: string; end: string }[] {
  const pieces: { start: string; end: string }[] = [];
  for (let from = start; from < end; ) {
    const next = granularity === 'DAILY' ? dayAfter(from, 1) : monthAfter(from);
    const until = next < end ? next : end;
    pieces.push({ start: from, end: until });
    from = until;
  }
  return pieces;
}

function monthAfter(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
