import type { ToolInput, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { quantity } from './quantity.ts';
import { cutText, firstNames } from './shortened.ts';

const NAMED = 5;
const PATTERNS = 3;
const LONGEST = 160;

export function logGroups(
  { groups }: ToolOutput<'list_log_groups'>,
  prefix: string | undefined,
  { words }: AnswerContext,
): string[] {
  if (groups.length === 0) return [words.noLogGroups(prefix === undefined ? null : plainLine(prefix))];
  const bytes = groups.reduce((sum, group) => sum + (group.stored_bytes ?? 0), 0);
  const all = groups.map(({ name }) => plainLine(name));
  const names = firstNames(all, NAMED, words);
  return [words.logGroups(groups.length, quantity(bytes, 'Bytes'), names)];
}

/** How many events, from when to when, and what they say most often. */
export function logs(
  data: ToolOutput<'query_logs'>,
  { filter, log_group }: ToolInput<'query_logs'>,
  { words, times }: AnswerContext,
): string[] {
  const group = plainLine(data.log_group);
  const range = { group, from: times.at(data.since), until: times.at(data.until) };
  const wanted = filter === undefined ? null : plainLine(filter);
  const taken = data.matched === 'close' ? [words.takenFor(plainLine(log_group), group)] : [];
  if (data.rows.length > 0) return [...taken, words.logRows(data.rows.length, range)];
  if (data.events.length === 0) return [...taken, words.noLogEvents(wanted, range)];
  const { first, last } = data;
  const returned = data.events.length < data.statistics.matched ? data.events.length : null;
  return [
    ...taken,
    words.logEvents(data.statistics.matched, wanted, range),
    ...(first && last ? [words.logSpan(returned, times.at(first), times.at(last))] : []),
    ...data.patterns
      .slice(0, PATTERNS)
      .map(({ count, message }) => words.logPattern(count, cutText(plainLine(message.trim()), LONGEST))),
  ];
}
