import type { AlarmRow } from '../../../mcp-server/contract/catalogue/alarms.ts';
import type { ToolInput, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';

const NAMED = 5;

export function listAlarms(
  data: ToolOutput<'list_alarms'>,
  args: ToolInput<'list_alarms'>,
  context: AnswerContext,
): string[] {
  const { words } = context;
  const rows = data.alarms;
  if (args.state && args.state !== 'ALARM')
    return [words.alarmsIn(args.state, rows.length, named(rows, context))];
  if (rows.length === 0)
    return [args.state ? words.noneFiring(total(data.counts, rows.length)) : words.noAlarms()];
  const firing = rows.filter((row) => row.state === 'ALARM');
  const others = Object.entries(data.counts).filter(([state, count]) => state !== 'ALARM' && count > 0);
  return [
    firing.length > 0
      ? words.firing(firing.length, named(firing, context))
      : words.noneFiring(total(data.counts, rows.length)),
    ...(others.length > 0
      ? [words.alarmCounts(others.map(([state, count]) => `${count} ${state}`).join(', '))]
      : []),
  ];
}

export function alarmHistory(
  data: ToolOutput<'get_alarm_history'>,
  { words, times }: AnswerContext,
): string[] {
  const latest = data.events[0];
  const alarm = plainLine(data.alarm);
  if (!latest) return [words.noHistory(alarm)];
  const step = latest.from && latest.to ? `${latest.from} → ${latest.to}` : plainLine(latest.summary);
  return [words.history(alarm, data.events.length, step, times.at(latest.at))];
}

function named(rows: readonly AlarmRow[], { words, times }: AnswerContext): string {
  const names = rows.slice(0, NAMED).map((row) => {
    const since = row.since && row.state === 'ALARM' ? ` ${words.since(times.at(row.since))}` : '';
    return `${plainLine(row.name)}${since}`;
  });
  return words.list(rows.length > NAMED ? [...names, words.more(rows.length - NAMED)] : names);
}

function total(counts: Readonly<Record<string, number>>, atLeast: number): number {
  return Math.max(
    atLeast,
    Object.values(counts).reduce((sum, count) => sum + count, 0),
  );
}
