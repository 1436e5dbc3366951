import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap, wrapLine } from '../../text/cells.ts';
import { type Line, span } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { roomFor } from './room.ts';

type Dependencies = ToolOutput<'get_dependencies'>;
type Related = Dependencies['calls'][number] & { relation: string };

export function dependencyLines(output: Dependencies, context: ViewContext): Line[] {
  const { results } = context.words;
  const { resource, matched, called_by, calls, member_of } = output;
  const rows: Related[] = [
    ...called_by.map((each) => ({ ...each, relation: `← ${results.calledBy}` })),
    ...calls.map((each) => ({ ...each, relation: `→ ${results.calls}` })),
    ...member_of.map((each) => ({ ...each, relation: `∈ ${results.memberOf}` })),
  ];
  const columns: Column<Related>[] = [
    { title: '', cell: (row) => ({ text: row.relation, tone: 'dim' }), keep: 2 },
    { title: results.name, cell: (row) => row.name || row.id, keep: 1, least: 8 },
    { title: results.kind, cell: (row) => row.kind, keep: 3 },
    { title: results.via, cell: (row) => row.via, keep: 4, least: 10 },
    { title: results.id, cell: (row) => ({ text: row.id === row.name ? '' : row.id, tone: 'dim' }), keep: 5 },
  ];
  return [
    ...wrapLine(
      [span(resource.name || resource.id, 'strong'), span(` ${resource.kind}`, 'dim')],
      context.columns,
    ),
    ...(matched === 'close' ? wrap(results.closeMatch, context.columns, 'warn') : []),
    ...(rows.length === 0
      ? wrap(results.none, context.columns, 'dim')
      : tableLines(columns, rows, roomFor(context))),
  ];
}
