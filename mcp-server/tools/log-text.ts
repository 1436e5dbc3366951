import type { ToolOutput } from '../contract/catalogue.ts';
import { listText, plural } from './list-text.ts';
import { closeNote } from './one-instance.ts';

const STEPS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const WIDEST = 200;
const ROWS = 10;

/** `1536` → `1.5 KiB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < STEPS.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${Number(value.toPrecision(3))} ${STEPS[step]}`;
}

type Found = Omit<ToolOutput<'query_logs'>, 'coverage' | 'call'>;

/** A few lines: how many, from when to when, what is said most often. */
export function logText(found: Found, said: string, filter: string | undefined): string {
  const { events, rows, statistics, first, last, patterns, log_group: group } = found;
  const scanned = `${statistics.scanned} scanned, ${bytesText(statistics.scanned_bytes)}`;
  const range = `between ${found.since} and ${found.until}`;
  const wanted = filter === undefined ? '' : ` with ${JSON.stringify(filter)}`;
  const note = closeNote(found.matched, said, group);
  if (rows.length > 0) {
    const lines = rows.slice(0, ROWS).map((row) => short(Object.values(row).join('  ')));
    return note + listText(`${plural(rows.length, 'row')} from ${group} ${range} (${scanned}).`, lines);
  }
  if (events.length === 0) return `${note}No log events${wanted} in ${group} ${range} (${scanned}).`;
  const shown = statistics.matched > events.length ? `, newest ${events.length} returned` : '';
  const heading = `${plural(statistics.matched, 'log event')}${wanted} in ${group} ${range} (${scanned}${shown}).`;
  const lines = patterns.map(({ count, message }) => `${count}x  ${short(message)}`);
  return `${note}${listText(`${heading}\nReturned: first ${first}, last ${last}. Most frequent:`, lines)}`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > WIDEST ? `${line.slice(0, WIDEST)}…` : line;
}
