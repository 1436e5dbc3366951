import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { type Column, table } from './table.ts';

export const SERVICES: Column<ToolOutput<'list_services'>['services'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'CLUSTER', value: (row) => row.cluster },
  { title: 'DESIRED', value: (row) => row.desired },
  { title: 'RUNNING', value: (row) => row.running },
  { title: 'PENDING', value: (row) => row.pending },
  { title: 'VERSION', value: (row) => row.task_definition },
  { title: 'DEPLOYMENT', value: (row) => rollout(row) },
  { title: 'FAILED', value: (row) => row.deployments[0]?.failed ?? 0 },
  { title: 'REGION', value: (row) => row.region },
  { title: 'LAST EVENT', value: (row) => row.events[0]?.message },
];

function rollout({ deployments }: ToolOutput<'list_services'>['services'][number]): string | undefined {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  return primary?.rollout ?? primary?.status;
}

export const LOAD_BALANCERS: Column<ToolOutput<'list_load_balancers'>['load_balancers'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'TYPE', value: (row) => row.type },
  { title: 'SCHEME', value: (row) => row.scheme },
  { title: 'STATE', value: (row) => row.state },
  { title: 'TARGET GROUPS', value: (row) => row.target_groups.join(' ') },
  { title: 'REGION', value: (row) => row.region },
  { title: 'DNS', value: (row) => row.dns },
];

type Group = ToolOutput<'get_target_health'>['target_groups'][number];
type Target = Group['targets'][number] & { group: string };

const TARGETS: Column<Target>[] = [
  { title: 'TARGET GROUP', value: (row) => row.group },
  { title: 'TARGET', value: (row) => row.name },
  { title: 'ID', value: (row) => row.id },
  { title: 'PORT', value: (row) => row.port },
  { title: 'STATE', value: (row) => row.state },
  { title: 'REASON', value: (row) => row.reason },
  { title: 'DESCRIPTION', value: (row) => row.description },
];

export function targetTable({ target_groups: groups }: ToolOutput<'get_target_health'>): string[] {
  return table(
    groups.flatMap(({ name, targets }) => targets.map((target): Target => ({ ...target, group: name }))),
    TARGETS,
  );
}
