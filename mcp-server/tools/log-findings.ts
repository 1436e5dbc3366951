import type { Place } from '../cloud/account.ts';
import type { LogEvent } from '../contract/catalogue/logs.ts';

/** Columns of a row that is a log event as it stands. */
const EVENT_COLUMNS = ['@timestamp', '@message', '@logStream', '@ptr', '@log', '@ingestionTime', 'chars'];
/** Beyond this a message is cut here: findings cross the wire, not megabytes. */
export const LONGEST_MESSAGE = 20_000;
/** All messages of one answer together, in characters. */
const MOST_CHARACTERS = 2_000_000;
const PATTERNS = 5;

/** `2026-11-20 08:31:00.000` (UTC), as Insights writes times; null for anything else. */
export function insightsTime(text: string | undefined): string | null {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{3})$/.exec(text ?? '');
  return match ? `${match[1]}T${match[2]}Z` : null;
}

/** Rows that are all log events and nothing more, as such; null when one is not. */
export function eventsOf(
  rows: readonly Record<string, string>[],
  { account, region }: Place,
): LogEvent[] | null {
  const events: LogEvent[] = [];
  for (const row of rows) {
    const at = insightsTime(row['@timestamp']);
    const message = row['@message'];
    if (at === null || message === undefined) return null;
    if (!Object.keys(row).every((column) => EVENT_COLUMNS.includes(column))) return null;
    const stream = row['@logStream'];
    events.push({ at, message, ...(stream ? { stream } : {}), region, account: account.name });
  }
  return events;
}

/** A message with what changes from one event to the next taken out of it. */
function messageShape(message: string): string {
  return message
    .slice(0, 400)
    .replace(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?/g, '<time>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<id>')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>')
    .replace(/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi, '<id>')
    .replace(/\d+/g, '<n>');
}

/** The most frequent shapes, each by how often it is met and its newest message. */
export function patternsOf(events: readonly LogEvent[]): { count: number; message: string }[] {
  const shapes = new Map<string, { count: number; message: string }>();
  for (const { message } of events) {
    const shape = messageShape(message);
    const known = shapes.get(shape);
    if (known) known.count += 1;
    else shapes.set(shape, { count: 1, message: message.slice(0, 400) });
  }
  return [...shapes.values()].sort((a, b) => b.count - a.count).slice(0, PATTERNS);
}

/** The first rows that one answer takes. */
export function withinSize<Row extends Record<string, string>>(rows: readonly Row[]): Row[] {
  let size = 0;
  const end = rows.findIndex((row) => {
    for (const value of Object.values(row)) size += value.length;
    return size > MOST_CHARACTERS;
  });
  return end === -1 ? [...rows] : rows.slice(0, Math.max(1, end));
}
