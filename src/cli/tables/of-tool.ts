import { isToolName, type ToolName, type ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import type { Facts } from '../../../mcp-server/contract/proposal.ts';
import { plainBlock, plainLine } from '../../domain/plain-text.ts';
import { costTable, FORECAST, HEALTH_EVENTS, UNTAGGED } from './account-wide.ts';
import { DATABASE_EVENTS, DATABASES, loadTable } from './databases.ts';
import { APIS, FUNCTIONS } from './functions.ts';
import { LOAD_BALANCERS, SERVICES, targetTable } from './services.ts';
import { type Column, table } from './table.ts';

/** A finished call's findings as text for standard output: a table where there are rows. */
export function tableOf(tool: string, data: Record<string, unknown>): string[] {
  if (!isToolName(tool)) return [];
  switch (tool) {
    case 'list_instances':
      return table(output(tool, data).instances, INSTANCES);
    case 'describe_instance':
      return table([output(tool, data).instance], INSTANCES);
    case 'get_console_output':
      return plainBlock(output(tool, data).output).split('\n');
    case 'list_alarms':
      return table(output(tool, data).alarms, ALARMS);
    case 'get_alarm_history':
      return table(output(tool, data).events, HISTORY);
    case 'get_metric':
    case 'get_metrics':
      return table(output(tool, data).series, SERIES);
    case 'list_changes':
      return table(output(tool, data).changes, CHANGES);
    case 'get_dependencies':
      return table(neighbours(output(tool, data)), NEIGHBOURS);
    case 'list_log_groups':
      return table(output(tool, data).groups, LOG_GROUPS);
    case 'query_logs':
      return logTable(output(tool, data));
    case 'get_cost':
      return costTable(output(tool, data));
    case 'forecast_cost':
      return table(output(tool, data).periods, FORECAST);
    case 'list_health_events':
      return table(output(tool, data).events, HEALTH_EVENTS);
    case 'find_untagged_resources':
      return table(output(tool, data).resources, UNTAGGED);
    case 'list_functions':
      return table(output(tool, data).functions, FUNCTIONS);
    case 'list_apis':
      return table(output(tool, data).apis, APIS);
    case 'list_databases':
      return table(output(tool, data).databases, DATABASES);
    case 'list_database_events':
      return table(output(tool, data).events, DATABASE_EVENTS);
    case 'get_database_load':
      return loadTable(output(tool, data));
    case 'list_auto_scaling_groups':
      return table(output(tool, data).groups, GROUPS);
    case 'list_services':
      return table(output(tool, data).services, SERVICES);
    case 'list_load_balancers':
      return table(output(tool, data).load_balancers, LOAD_BALANCERS);
    case 'get_target_health':
      return targetTable(output(tool, data));
    case 'restart_service':
    case 'scale_service':
    case 'rollback_service':
    case 'start_instances':
    case 'stop_instances':
    case 'reboot_instances':
    case 'terminate_instances':
    case 'resize_instance':
    case 'grow_volume':
    case 'set_desired_capacity':
    case 'reboot_database':
    case 'modify_database':
    case 'modify_database_parameter':
    case 'restart_function':
    case 'update_function_configuration':
    case 'rollback_function':
    case 'put_event':
    case 'tag_resources':
      return table(output(tool, data).changes, MADE);
  }
}

/** The data passed the tool's contract at the wire: here it gets its type back. */
function output<Name extends ToolName>(_tool: Name, data: Record<string, unknown>): ToolOutput<Name> {
  return data as ToolOutput<Name>;
}

const INSTANCES: Column<ToolOutput<'list_instances'>['instances'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'ID', value: (row) => row.id },
  { title: 'STATE', value: (row) => row.state },
  { title: 'TYPE', value: (row) => row.type },
  { title: 'ZONE', value: (row) => row.az },
  { title: 'PRIVATE IP', value: (row) => row.private_ip },
  { title: 'PUBLIC IP', value: (row) => row.public_ip },
  { title: 'ACCOUNT', value: (row) => row.account },
];

const ALARMS: Column<ToolOutput<'list_alarms'>['alarms'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'STATE', value: (row) => row.state },
  { title: 'SINCE', value: (row) => row.since },
  { title: 'METRIC', value: (row) => row.metric },
  {
    title: 'CONDITION',
    value: (row) =>
      row.threshold === undefined ? undefined : `${row.comparison ?? ''} ${row.threshold}`.trim(),
  },
  { title: 'REGION', value: (row) => row.region },
  { title: 'REASON', value: (row) => row.reason },
];

const HISTORY: Column<ToolOutput<'get_alarm_history'>['events'][number]>[] = [
  { title: 'AT', value: (row) => row.at },
  { title: 'KIND', value: (row) => row.kind },
  { title: 'FROM', value: (row) => row.from },
  { title: 'TO', value: (row) => row.to },
  { title: 'SUMMARY', value: (row) => row.summary },
];

const SERIES: Column<ToolOutput<'get_metrics'>['series'][number]>[] = [
  {
    title: 'RESOURCE',
    value: (row) => row.resource?.name || row.resource?.id || Object.values(row.dimensions).join(' '),
  },
  { title: 'METRIC', value: (row) => row.metric },
  { title: 'STATISTIC', value: (row) => row.statistic },
  { title: 'UNIT', value: (row) => row.unit ?? undefined },
  { title: 'POINTS', value: (row) => row.summary?.points ?? 0 },
  { title: 'MIN', value: (row) => rounded(row.summary?.min) },
  { title: 'AVERAGE', value: (row) => rounded(row.summary?.average) },
  { title: 'MAX', value: (row) => rounded(row.summary?.max) },
  { title: 'MAX AT', value: (row) => row.summary?.max_at },
  { title: 'LAST', value: (row) => rounded(row.summary?.last) },
  { title: 'REGION', value: (row) => row.region },
];

const CHANGES: Column<ToolOutput<'list_changes'>['changes'][number]>[] = [
  { title: 'AT', value: (row) => row.at },
  { title: 'WHO', value: (row) => row.who },
  { title: 'EVENT', value: (row) => row.event },
  { title: 'RESOURCES', value: (row) => row.resources.join(' ') },
  { title: 'REGION', value: (row) => row.region },
  { title: 'ERROR', value: (row) => row.error },
];

type Neighbour = ToolOutput<'get_dependencies'>['calls'][number] & { relation: string };

function neighbours(of: ToolOutput<'get_dependencies'>): Neighbour[] {
  return [
    ...of.called_by.map((one) => ({ ...one, relation: 'called by' })),
    ...of.calls.map((one) => ({ ...one, relation: 'calls' })),
    ...of.member_of.map((one) => ({ ...one, relation: 'member of' })),
  ];
}

const NEIGHBOURS: Column<Neighbour>[] = [
  { title: 'RELATION', value: (row) => row.relation },
  { title: 'NAME', value: (row) => row.name },
  { title: 'ID', value: (row) => row.id },
  { title: 'KIND', value: (row) => row.kind },
  { title: 'VIA', value: (row) => row.via },
];

const GROUPS: Column<ToolOutput<'list_auto_scaling_groups'>['groups'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'MIN', value: (row) => row.min },
  { title: 'DESIRED', value: (row) => row.desired },
  { title: 'MAX', value: (row) => row.max },
  { title: 'INSTANCES', value: (row) => row.instances.map((one) => one.id).join(' ') },
  { title: 'REGION', value: (row) => row.region },
];

const LOG_GROUPS: Column<ToolOutput<'list_log_groups'>['groups'][number]>[] = [
  { title: 'LOG GROUP', value: (row) => row.name },
  { title: 'STORED BYTES', value: (row) => row.stored_bytes },
  { title: 'KEPT DAYS', value: (row) => row.retention_days ?? undefined },
  { title: 'REGION', value: (row) => row.region },
];

const EVENTS: Column<ToolOutput<'query_logs'>['events'][number]>[] = [
  { title: 'AT', value: (row) => row.at },
  { title: 'REGION', value: (row) => row.region },
  { title: 'STREAM', value: (row) => row.stream },
  { title: 'MESSAGE', value: (row) => row.message },
];

/** Events as they are, anything else under the query's own columns. */
function logTable({ events, rows, columns }: ToolOutput<'query_logs'>): string[] {
  if (rows.length === 0) return table(events, EVENTS);
  return table(
    rows,
    columns.map((name) => ({ title: plainLine(name), value: (row) => row[name] })),
  );
}

const MADE: Column<ToolOutput<'start_instances'>['changes'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'ID', value: (row) => row.id },
  { title: 'BEFORE', value: (row) => factsText(row.before) },
  { title: 'AFTER', value: (row) => factsText(row.after) },
  { title: 'RESULT', value: (row) => row.result.replaceAll('_', ' ') },
];

function factsText(facts: Facts): string {
  return Object.entries(facts)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

function rounded(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Number(value.toPrecision(4)));
}
