import type { LogEvent, LogGroupRow } from '../../../../mcp-server/contract/catalogue/logs.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { number, quantity } from '../../../assistant/answers/quantity.ts';
import { wrap } from '../../text/cells.ts';
import type { Line, Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

export function logGroupLines({ groups }: ToolOutput<'list_log_groups'>, context: ViewContext): Line[] {
  const { results } = context.words;
  if (groups.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(groups, (row) => row.region);
  const columns: Column<LogGroupRow>[] = [
    { title: results.logGroup, cell: (row) => row.name, keep: 1, least: 16 },
    {
      title: results.stored,
      cell: (row) => (row.stored_bytes === undefined ? '' : quantity(row.stored_bytes, 'Bytes')),
      keep: 2,
      align: 'right',
    },
    {
      title: results.kept,
      cell: (row) => (row.retention_days === null ? results.forGood : results.days(row.retention_days)),
      keep: 3,
    },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 4 },
  ];
  return tableLines(columns, groups, roomFor(context));
}

/** What was looked at; what is said most often, when that tells more than the lines do; the newest lines. */
export function logLines(found: ToolOutput<'query_logs'>, context: ViewContext): Line[] {
  const { words, clock, columns } = context;
  const { statistics } = found;
  const scanned = words.results.scanned(
    number(statistics.scanned),
    quantity(statistics.scanned_bytes, 'Bytes'),
  );
  const range = `${clock.at(found.since)} – ${clock.at(found.until)} ${clock.zone}`;
  const head = [
    ...wrap(found.log_group, columns, 'strong'),
    ...wrap(`${range} · ${scanned}`, columns, 'dim'),
    ...(found.matched === 'close' ? wrap(words.results.closeMatch, columns, 'warn') : []),
  ];
  if (found.rows.length > 0) return [...head, ...rowLines(found, context)];
  if (found.events.length === 0) return [...head, ...wrap(words.results.none, columns, 'dim')];
  const telling = found.patterns.length < found.events.length;
  return [...head, ...(telling ? patternLines(found, context) : []), ...eventLines(found, context)];
}

function eventLines({ events }: ToolOutput<'query_logs'>, context: ViewContext): Line[] {
  const { words, clock } = context;
  const regional = differs(events, (row) => row.region);
  const streams = differs(events, (row) => row.stream ?? '');
  const columns: Column<LogEvent>[] = [
    { title: `${words.results.at} (${clock.zone})`, cell: (row) => clock.toSecond(row.at), keep: 1 },
    { title: words.results.message, cell: (row) => oneLine(row.message, context), keep: 2, least: 20 },
    {
      title: words.results.stream,
      cell: (row) => dim(streams ? (row.stream ?? '') : ''),
      keep: 4,
      least: 10,
    },
    { title: words.results.region, cell: (row) => (regional ? row.region : ''), keep: 3 },
  ];
  return tableLines(columns, events, roomFor(context));
}

function patternLines({ patterns }: ToolOutput<'query_logs'>, context: ViewContext): Line[] {
  const { results } = context.words;
  const columns: Column<(typeof patterns)[number]>[] = [
    { title: results.count, cell: (row) => number(row.count), keep: 1, align: 'right' },
    { title: results.message, cell: (row) => oneLine(row.message, context), keep: 2, least: 20 },
  ];
  return [...tableLines(columns, patterns, roomFor(context)), []];
}

function rowLines({ columns: names, rows }: ToolOutput<'query_logs'>, context: ViewContext): Line[] {
  const columns = names.map(
    (name, index): Column<Record<string, string>> => ({
      title: name,
      cell: (row) => oneLine(row[name] ?? '', context),
      keep: index + 1,
      least: 8,
    }),
  );
  return tableLines(columns, rows, roomFor(context));
}

const LONGEST_MESSAGE = 2_000;

/** A stack trace in a table cell is one line. */
function oneLine(text: string, { tableRows, cut }: ViewContext): string {
  const most = tableRows === Number.POSITIVE_INFINITY ? text.length : LONGEST_MESSAGE;
  if (text.length > most) cut?.();
  return text
    .slice(0, most)
    .replace(/[\t\r\n]+/g, ' ')
    .trim();
}

function dim(text: string): { text: string; tone: Tone } {
  return { text, tone: 'dim' };
}
