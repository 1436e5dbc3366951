import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap, wrapLine } from '../../text/cells.ts';
import { type Line, span, type Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

type Balancer = ToolOutput<'list_load_balancers'>['load_balancers'][number];
type Health = ToolOutput<'get_target_health'>;
type Target = Health['target_groups'][number]['targets'][number];

export function loadBalancerLines(
  { load_balancers: balancers }: ToolOutput<'list_load_balancers'>,
  context: ViewContext,
): Line[] {
  const { results } = context.words;
  const titles = results.services;
  if (balancers.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(balancers, (row) => row.region);
  const columns: Column<Balancer>[] = [
    { title: results.name, cell: (row) => row.name, keep: 1, least: 8 },
    { title: results.state, cell: state, keep: 2 },
    { title: results.type, cell: (row) => row.type, keep: 3 },
    { title: titles.targetGroups, cell: (row) => row.target_groups.join(', '), keep: 4, least: 12 },
    { title: titles.scheme, cell: (row) => row.scheme ?? '', keep: 5 },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 6 },
    { title: 'DNS', cell: (row) => ({ text: row.dns ?? '', tone: 'dim' }), keep: 7, least: 20 },
  ];
  return tableLines(columns, balancers, roomFor(context));
}

function state({ state: text }: Balancer): { text: string; tone: Tone } {
  return { text, tone: text === 'active' ? 'good' : 'bad' };
}

/** A table for each target group, those that fail first. */
export function targetHealthLines(health: Health, context: ViewContext): Line[] {
  const { results } = context.words;
  const { load_balancer: balancer, matched, target_groups: groups } = health;
  return [
    ...wrapLine(
      [span(balancer.name, 'strong'), span(` ${balancer.type}, ${balancer.state}`, 'dim')],
      context.columns,
    ),
    ...(matched === 'close' ? wrap(results.closeMatch, context.columns, 'warn') : []),
    ...groups.flatMap((group) => [
      ...wrapLine(
        [
          span(`${group.name} `),
          span(
            `${group.healthy}/${group.targets.length}`,
            group.healthy < group.targets.length ? 'bad' : 'good',
          ),
          span(group.health_check === undefined ? '' : ` ${group.health_check}`, 'dim'),
        ],
        context.columns,
      ),
      ...targetTable(group.targets, context),
    ]),
    ...(groups.length === 0 ? wrap(results.services.noTargets, context.columns, 'dim') : []),
  ];
}

const TONES: Readonly<Record<string, Tone>> = {
  healthy: 'good',
  unhealthy: 'bad',
  initial: 'warn',
  draining: 'warn',
};

function targetTable(targets: readonly Target[], context: ViewContext): Line[] {
  const { results } = context.words;
  const titles = results.services;
  if (targets.length === 0) return wrap(titles.noTargets, context.columns, 'dim');
  const columns: Column<Target>[] = [
    { title: titles.target, cell: (row) => row.name, keep: 1, least: 8 },
    { title: results.state, cell: (row) => ({ text: row.state, tone: TONES[row.state] ?? 'dim' }), keep: 2 },
    { title: results.reason, cell: (row) => row.description ?? row.reason ?? '', keep: 3, least: 12 },
    {
      title: titles.port,
      cell: (row) => (row.port === undefined ? '' : String(row.port)),
      keep: 4,
      align: 'right',
    },
    { title: results.id, cell: (row) => ({ text: row.id === row.name ? '' : row.id, tone: 'dim' }), keep: 5 },
  ];
  return tableLines(columns, targets, roomFor(context));
}
