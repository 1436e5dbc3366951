import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import type { Line, Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

type Service = ToolOutput<'list_services'>['services'][number];

export function serviceLines({ services }: ToolOutput<'list_services'>, context: ViewContext): Line[] {
  const { results } = context.words;
  const titles = results.services;
  if (services.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(services, (row) => row.region);
  const clustered = differs(services, (row) => row.cluster);
  const columns: Column<Service>[] = [
    { title: results.name, cell: (row) => row.name, keep: 1, least: 8 },
    { title: titles.tasks, cell: tasks, keep: 2, align: 'right' },
    { title: titles.deployment, cell: rollout, keep: 3 },
    { title: titles.version, cell: (row) => row.task_definition, keep: 4 },
    { title: titles.failed, cell: failed, keep: 5, align: 'right' },
    { title: titles.cluster, cell: (row) => (clustered ? row.cluster : ''), keep: 6 },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 7 },
    {
      title: titles.lastEvent,
      cell: (row) => ({ text: row.events[0]?.message ?? '', tone: 'dim' }),
      keep: 8,
      least: 20,
    },
  ];
  return tableLines(columns, services, roomFor(context));
}

function tasks({ running, desired, pending }: Service): { text: string; tone: Tone } {
  const starting = pending > 0 ? ` +${pending}` : '';
  return { text: `${running}/${desired}${starting}`, tone: running < desired ? 'bad' : 'good' };
}

const ROLLOUT_TONES: Readonly<Record<string, Tone>> = {
  COMPLETED: 'good',
  IN_PROGRESS: 'warn',
  FAILED: 'bad',
};

function rollout({ deployments }: Service): { text: string; tone: Tone } {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const text = primary?.rollout ?? primary?.status ?? '';
  return { text, tone: ROLLOUT_TONES[text] ?? 'dim' };
}

function failed({ deployments }: Service): { text: string; tone: Tone } {
  const count = deployments.find(({ status }) => status === 'PRIMARY')?.failed ?? 0;
  return { text: count > 0 ? String(count) : '', tone: 'bad' };
}
