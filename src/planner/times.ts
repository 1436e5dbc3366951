import { any, anyOf, has, type Item } from './items.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What "now" is, and where. */
export type Clock = { now: Date; timeZone: string };

/** A stretch of time, as a length back from now or as its two ends (the end left open: until now). */
export type Span = { ms: number | null; start: Date | null; end: Date | null; calendar: boolean };

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/** A local wall-clock time as an instant. */
function instantOf(localMs: number, timeZone: string): number {
  const guess = localMs - offsetAt(localMs, timeZone);
  return localMs - offsetAt(guess, timeZone);
}

function localNow(clock: Clock): number {
  return clock.now.getTime() + offsetAt(clock.now.getTime(), clock.timeZone);
}

const floorDay = (ms: number): number => Math.floor(ms / DAY) * DAY;
const monthStart = (ms: number, shift: number): number => {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift, 1);
};

type Local = { start: number; end: number | null };

/** The days a text speaks of, in local milliseconds. */
function days(items: readonly Item[], now: number): Local | null {
  const today = floorDay(now);
  const week = today - ((new Date(today).getUTCDay() + 6) % 7) * DAY;
  for (const item of items) {
    const value = item.value;
    if (value?.type === 'date') {
      const start = Date.UTC(value.year, value.month - 1, value.day);
      return { start, end: start + DAY };
    }
  }
  if (any(items, 'time:day_before_yesterday')) return { start: today - 2 * DAY, end: today - DAY };
  if (any(items, 'time:yesterday')) return { start: today - DAY, end: today };
  if (any(items, 'time:this_week')) return { start: week, end: null };
  if (any(items, 'time:last_week')) return { start: week - 7 * DAY, end: week };
  if (any(items, 'time:last_month')) return { start: monthStart(now, -1), end: monthStart(now, 0) };
  if (any(items, 'time:this_month')) return { start: monthStart(now, 0), end: null };
  if (any(items, 'time:this_year'))
    return { start: Date.UTC(new Date(now).getUTCFullYear(), 0, 1), end: null };
  const named = namedMonth(items, now);
  if (named !== null) return named;
  return any(items, 'time:today') ? { start: today, end: null } : null;
}

/** A month by its name is the latest one of that name that has begun; a day number may follow it. */
function namedMonth(items: readonly Item[], now: number): Local | null {
  for (const [at, item] of items.entries())
    for (const sense of item.senses) {
      if (!sense.concept.startsWith('month:')) continue;
      const month = Number(sense.concept.slice('month:'.length)) - 1;
      const year = new Date(now).getUTCFullYear() - (month > new Date(now).getUTCMonth() ? 1 : 0);
      const day = items[at + 1]?.value;
      const date = day?.type === 'number' ? day.value : day?.type === 'duration' ? day.ms / DAY : null;
      if (date !== null && Number.isInteger(date) && date >= 1 && date <= 31)
        return { start: Date.UTC(year, month, date), end: Date.UTC(year, month, date + 1) };
      return { start: Date.UTC(year, month, 1), end: Date.UTC(year, month + 1, 1) };
    }
  return null;
}

function clocks(items: readonly Item[]): number[] {
  const found: number[] = [];
  for (const item of items) {
    if (item.value?.type === 'clock') found.push(item.value.hour * HOUR + item.value.minute * MINUTE);
    else if (has(item, 'time:noon')) found.push(12 * HOUR);
    else if (has(item, 'time:midnight')) found.push(0);
    else if (has(item, 'time:morning')) found.push(6 * HOUR);
  }
  return found;
}

/** The stretch of time a clause speaks of, or null. */
export function spanOf(items: readonly Item[], clock: Clock): Span | null {
  const instants = items.flatMap((item) =>
    item.value?.type === 'instant' ? [new Date(item.value.iso)] : [],
  );
  if (instants[0] !== undefined)
    return { ms: null, start: instants[0], end: instants[1] ?? null, calendar: true };
  const now = localNow(clock);
  const since = any(items, 'time:since');
  const day = days(items, now);
  const hours = clocks(items);
  const at = (local: number): Date => new Date(instantOf(local, clock.timeZone));
  if (day !== null || hours.length > 0) {
    const base = day ?? { start: floorDay(now), end: null };
    const [from, to] = hours;
    const start = base.start + (from ?? 0);
    if (to !== undefined) return { ms: null, start: at(start), end: at(base.start + to), calendar: true };
    const end = since || base.end === null || from !== undefined ? null : at(base.end);
    return { ms: null, start: at(start), end, calendar: true };
  }
  const length = items.find((item) => item.value?.type === 'duration')?.value;
  if (length?.type === 'duration') return { ms: length.ms, start: null, end: null, calendar: false };
  return null;
}

/** A duration as the tools take it: `90m`, `3h`, `7d`. */
function durationText(ms: number): string {
  if (ms % DAY === 0) return `${ms / DAY}d`;
  if (ms % HOUR === 0) return `${ms / HOUR}h`;
  return ms % MINUTE === 0 ? `${ms / MINUTE}m` : `${Math.max(1, Math.round(ms / 1000))}s`;
}

/** `last`, or `start` and `end` in ISO 8601, of a tool that looks back. */
export function spanArguments(span: Span | null): Record<string, unknown> {
  if (span === null) return {};
  if (span.ms !== null) return { last: durationText(span.ms) };
  const args: Record<string, unknown> = {};
  if (span.start !== null) args.start = span.start.toISOString();
  if (span.end !== null) args.end = span.end.toISOString();
  return args;
}

const dayText = (local: number): string => new Date(local).toISOString().slice(0, 10);

/** The dates of a cost question: `YYYY-MM-DD`, the end exclusive; this month so far when none are said. */
export function costDates(items: readonly Item[], clock: Clock): { start: string; end: string } {
  const now = localNow(clock);
  const tomorrow = floorDay(now) + DAY;
  const day = days(items, now);
  const length = items.find((item) => item.value?.type === 'duration')?.value;
  if (day === null && length?.type === 'duration') {
    const back = Math.max(1, Math.round(length.ms / DAY));
    return { start: dayText(floorDay(now) - back * DAY), end: dayText(tomorrow) };
  }
  if (day === null) return { start: dayText(monthStart(now, 0)), end: dayText(tomorrow) };
  const open = day.end === null || any(items, 'time:since');
  return { start: dayText(day.start), end: dayText(open ? tomorrow : (day.end ?? tomorrow)) };
}

/** The end of a forecast, exclusive: the first of next month unless another end is said. */
export function forecastEnd(items: readonly Item[], clock: Clock): string {
  const now = localNow(clock);
  const length = items.find((item) => item.value?.type === 'duration')?.value;
  if (length?.type === 'duration' && !anyOf(items, ['time:month_end']))
    return dayText(floorDay(now) + Math.max(1, Math.round(length.ms / DAY)) * DAY + DAY);
  if (any(items, 'time:this_year') || any(items, 'time:year_end'))
    return dayText(Date.UTC(new Date(now).getUTCFullYear() + 1, 0, 1));
  const named = comingMonth(items, now);
  if (named !== null) return dayText(named);
  return dayText(monthStart(now, any(items, 'time:next_month') ? 2 : 1));
}

/** The end of a month by its name, looking ahead: the next one of that name that is not over. */
function comingMonth(items: readonly Item[], now: number): number | null {
  const months = items.flatMap((item) =>
    item.senses.flatMap(({ concept }) =>
      concept.startsWith('month:') ? [Number(concept.slice('month:'.length)) - 1] : [],
    ),
  );
  const month = months.at(-1);
  if (month === undefined) return null;
  const today = new Date(now);
  const year = today.getUTCFullYear() + (month < today.getUTCMonth() ? 1 : 0);
  return Date.UTC(year, month + 1, 1);
}
