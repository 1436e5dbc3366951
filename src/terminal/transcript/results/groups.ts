import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import type { Line } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

type Group = ToolOutput<'list_auto_scaling_groups'>['groups'][number];

export function groupLines({ groups }: ToolOutput<'list_auto_scaling_groups'>, context: ViewContext): Line[] {
  const { results } = context.words;
  if (groups.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(groups, (row) => row.region);
  const columns: Column<Group>[] = [
    { title: results.group, cell: (row) => row.name, keep: 1, least: 10 },
    { title: results.desired, cell: (row) => String(row.desired), keep: 2, align: 'right' },
    { title: results.healthy, cell: healthy, keep: 3, align: 'right' },
    { title: results.limits, cell: (row) => `${row.min}–${row.max}`, keep: 4, align: 'right' },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 5 },
  ];
  return tableLines(columns, groups, roomFor(context));
}

/** Instances in service and healthy, marked when they are fewer than wanted. */
function healthy({ instances, desired }: Group) {
  const count = instances.filter(
    ({ health, state }) => /^healthy$/i.test(health) && /^InService$/i.test(state),
  );
  return {
    text: `${count.length}/${instances.length}`,
    tone: count.length < desired ? ('bad' as const) : ('good' as const),
  };
}
