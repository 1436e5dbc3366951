import type { AlarmRow } from '../../../../mcp-server/contract/catalogue/alarms.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { number } from '../../../assistant/answers/quantity.ts';
import { wrap } from '../../text/cells.ts';
import { period } from '../../text/durations.ts';
import type { Line, Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

const STATE_TONES: Readonly<Record<AlarmRow['state'], Tone>> = {
  ALARM: 'bad',
  OK: 'good',
  INSUFFICIENT_DATA: 'warn',
};

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

export function alarmLines({ alarms }: ToolOutput<'list_alarms'>, context: ViewContext): Line[] {
  const { words, clock } = context;
  if (alarms.length === 0) return wrap(words.results.none, context.columns, 'dim');
  const regional = differs(alarms, (row) => row.region);
  const columns: Column<AlarmRow>[] = [
    { title: words.results.alarm, cell: (row) => row.name, keep: 1, least: 12 },
    {
      title: words.results.state,
      cell: (row) => ({ text: row.state, tone: STATE_TONES[row.state] }),
      keep: 2,
    },
    {
      title: `${words.results.since} (${clock.zone})`,
      cell: (row) => (row.since ? clock.at(row.since) : ''),
      keep: 3,
    },
    { title: words.results.condition, cell: condition, keep: 4 },
    { title: words.results.region, cell: (row) => (regional ? row.region : ''), keep: 5 },
    {
      title: words.results.reason,
      cell: (row) => ({ text: row.reason ?? '', tone: 'dim' }),
      keep: 6,
      least: 30,
    },
  ];
  return tableLines(columns, alarms, roomFor(context));
}

/** `CPUUtilization > 80 (2 × 5 min)` */
function condition({ metric, comparison, threshold, period: seconds, periods }: AlarmRow): string {
  if (!metric) return '';
  const sign = COMPARISONS[comparison ?? ''] ?? comparison ?? '';
  const limit = threshold === undefined ? '' : ` ${sign} ${number(threshold)}`;
  const stretch = seconds === undefined ? '' : ` (${periods ?? 1} × ${period(seconds)})`;
  return `${metric}${limit}${stretch}`;
}

type HistoryEvent = ToolOutput<'get_alarm_history'>['events'][number];

export function alarmHistoryLines(
  { alarm, matched, events }: ToolOutput<'get_alarm_history'>,
  context: ViewContext,
): Line[] {
  const { words, clock } = context;
  const columns: Column<HistoryEvent>[] = [
    { title: `${words.results.at} (${clock.zone})`, cell: (row) => clock.at(row.at), keep: 1 },
    {
      title: words.results.change,
      cell: ({ from, to, kind }) => ({
        text: to ? [from, to].filter(Boolean).join(' → ') : kind,
        tone: to === 'ALARM' ? 'bad' : to === 'OK' ? 'good' : 'plain',
      }),
      keep: 2,
    },
    { title: words.results.summary, cell: (row) => ({ text: row.summary, tone: 'dim' }), keep: 3, least: 20 },
  ];
  return [
    ...wrap(alarm, context.columns, 'strong'),
    ...(matched === 'close' ? wrap(words.results.closeMatch, context.columns, 'warn') : []),
    ...(events.length === 0
      ? wrap(words.results.none, context.columns, 'dim')
      : tableLines(columns, events, roomFor(context))),
  ];
}
