import { type CallFailure, untouched } from '../cloud/call-failure.ts';
import type { LogGroupRow } from '../contract/catalogue/logs.ts';

const DAY_MS = 86_400_000;
const GIB = 2 ** 30;

/**
 * The bytes a query over a stretch of time will scan, supposing that lines come evenly while the group keeps
 * them; null when the group does not say what it holds. CloudWatch counts stored bytes about once a day.
 */
export function estimatedScan(
  { stored_bytes: stored, retention_days: retention, created }: LogGroupRow,
  { start, end }: { start: Date; end: Date },
  now: Date,
): number | null {
  if (stored === undefined) return null;
  const oldest = Math.max(
    created === undefined ? Number.NEGATIVE_INFINITY : Date.parse(created),
    retention === null ? Number.NEGATIVE_INFINITY : now.getTime() - retention * DAY_MS,
  );
  const kept = now.getTime() - oldest;
  // A group of unknown age, or a new one: all it holds may lie in the time asked for.
  if (!Number.isFinite(kept) || kept <= DAY_MS) return stored;
  const window = Math.min(end.getTime(), now.getTime()) - Math.max(start.getTime(), oldest);
  return Math.round(stored * Math.min(1, Math.max(0, window / kept)));
}

/** A query that would scan more than it may, and how to ask for less. */
export function overBudget(
  group: string,
  estimate: number,
  budget: number,
  { start, end }: { start: Date; end: Date },
): CallFailure {
  const fitting = ((end.getTime() - start.getTime()) * budget) / estimate;
  const hint =
    fitting >= 60_000
      ? `Ask for at most the last ${roundedDown(fitting)}, name a narrower log group, or raise log_scan_gib in the configuration.`
      : 'Name a narrower log group, or raise log_scan_gib in the configuration.';
  return untouched(
    'invalid_arguments',
    `That query would scan about ${gib(estimate)} of ${group}; the budget is ${gib(budget)} a query.`,
    { hint },
  );
}

function roundedDown(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)}d`;
  if (ms >= 7_200_000) return `${Math.floor(ms / 3_600_000)}h`;
  return `${Math.floor(ms / 60_000)}m`;
}

export function gib(bytes: number): string {
  return `${Number((bytes / GIB).toPrecision(3))} GiB`;
}
