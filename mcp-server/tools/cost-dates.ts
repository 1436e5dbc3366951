/** Days as Cost Explorer writes them: `YYYY-MM-DD`, UTC. Ends are exclusive. */

const DAY_MS = 86_400_000;

export type Days = { start: string; end: string };

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

export function daysIn({ start, end }: Days): number {
  return Math.round((Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / DAY_MS);
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

function isFirst(day: string): boolean {
  return day.endsWith('-01');
}

/** The same day some months on; the first of the month after where a month has no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const shifted = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, 0)).getUTCDate();
  return date > last ? addDays(dayOf(shifted), last) : addDays(dayOf(shifted), date - 1);
}

/** How many calendar months a stretch touches. */
function monthsTouched({ start, end }: Days): number {
  const last = addDays(end, -1);
  const at = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return at(last) - at(start) + 1;
}

export function isWholeMonths({ start, end }: Days): boolean {
  return isFirst(start) && isFirst(end);
}

/**
 * What a person compares a stretch with: for one that begins with a month, the same days as many months before;
 * else as many days right before it.
 */
export function periodBefore(days: Days): Days {
  if (!isFirst(days.start)) return { start: addDays(days.start, -daysIn(days)), end: days.start };
  const months = monthsTouched(days);
  return { start: addMonths(days.start, -months), end: addMonths(days.end, -months) };
}
