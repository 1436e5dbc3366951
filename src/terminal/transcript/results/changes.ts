import type { ChangeRow } from '../../../../mcp-server/contract/catalogue/changes.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import type { Line } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

export function changeLines(
  { changes, since, until }: ToolOutput<'list_changes'>,
  context: ViewContext,
): Line[] {
  const { words, clock } = context;
  const range = wrap(`${clock.at(since)} – ${clock.at(until)} ${clock.zone}`, context.columns, 'dim');
  if (changes.length === 0) return [...range, ...wrap(words.results.none, context.columns, 'dim')];
  const regional = differs(changes, (row) => row.region);
  const columns: Column<ChangeRow>[] = [
    { title: words.results.at, cell: (row) => clock.at(row.at), keep: 1 },
    { title: words.results.event, cell: (row) => row.event, keep: 2, least: 12 },
    { title: words.results.resources, cell: (row) => row.resources.join(', '), keep: 3, least: 12 },
    { title: words.results.who, cell: (row) => shortWho(row.who), keep: 4, least: 12 },
    {
      title: words.results.error,
      cell: (row) => ({ text: row.error ?? '', tone: 'warn' }),
      keep: 5,
      least: 10,
    },
    { title: words.results.region, cell: (row) => (regional ? row.region : ''), keep: 6 },
  ];
  return [...range, ...tableLines(columns, changes, roomFor(context))];
}

/** The end of an ARN, which names the person or role; anything else as it is. */
function shortWho(who: string): string {
  return who.startsWith('arn:') ? who.slice(who.lastIndexOf(':') + 1) : who;
}
