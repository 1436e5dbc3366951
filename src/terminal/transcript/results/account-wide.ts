import type { HealthEventRow } from '../../../../mcp-server/contract/catalogue/health.ts';
import type { UntaggedRow } from '../../../../mcp-server/contract/catalogue/tags.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import type { Line, Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

export function healthEventLines({ events }: ToolOutput<'list_health_events'>, context: ViewContext): Line[] {
  const { words, clock } = context;
  const { results } = words;
  if (events.length === 0) return wrap(results.none, context.columns, 'dim');
  const columns: Column<HealthEventRow>[] = [
    { title: results.accountWide.service, cell: (row) => row.service, keep: 1 },
    {
      title: results.state,
      cell: (row) => ({ text: results.accountWide.status(row.status), tone: toneOf(row) }),
      keep: 2,
    },
    { title: results.region, cell: (row) => row.az ?? row.region, keep: 3 },
    { title: results.since, cell: (row) => (row.started ? clock.at(row.started) : ''), keep: 5 },
    {
      title: results.accountWide.affected,
      cell: (row) => row.affected.map(({ id }) => id).join(', '),
      keep: 6,
      least: 12,
    },
    { title: results.summary, cell: (row) => oneLine(row.description ?? row.code), keep: 4, least: 20 },
  ];
  return tableLines(columns, events, roomFor(context));
}

function toneOf({ category, status }: HealthEventRow): Tone {
  if (status === 'closed') return 'dim';
  return category === 'issue' ? 'bad' : 'warn';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function untaggedLines(
  { resources }: ToolOutput<'find_untagged_resources'>,
  context: ViewContext,
): Line[] {
  const { results } = context.words;
  if (resources.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(resources, (row) => row.region);
  const columns: Column<UntaggedRow>[] = [
    { title: results.name, cell: (row) => row.name || row.id, keep: 1, least: 8 },
    { title: results.kind, cell: (row) => row.kind.replaceAll('_', ' '), keep: 2 },
    { title: results.accountWide.missing, cell: (row) => row.missing.join(', '), keep: 3, least: 8 },
    { title: results.tags, cell: (row) => tagsText(row.tags), keep: 5, least: 10 },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 4 },
    { title: results.id, cell: (row) => (row.id === row.name ? '' : { text: row.id, tone: 'dim' }), keep: 6 },
  ];
  return tableLines(columns, resources, roomFor(context));
}

function tagsText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}
