import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { groupName } from '../../assistant/answers/money.ts';
import { type Column, table } from './table.ts';

type Cost = ToolOutput<'get_cost'>;

/** By group where it was asked for, else by day or month. */
export function costTable(of: Cost): string[] {
  if (of.group_by === null) return table(of.periods, PERIODS);
  const rest = of.rest ? [{ key: `(${of.rest.count} others)`, amount: of.rest.amount, share: null }] : [];
  return table([...of.groups, ...rest], groupColumns(of.group_by));
}

const PERIODS: Column<Cost['periods'][number]>[] = [
  { title: 'FROM', value: (row) => row.start },
  { title: 'UNTIL', value: (row) => row.end },
  { title: 'COST', value: (row) => row.amount.toFixed(2) },
  { title: 'ESTIMATED', value: (row) => (row.estimated ? 'yes' : '') },
];

function groupColumns(by: string): Column<Cost['groups'][number]>[] {
  return [
    { title: by, value: (row) => groupName(row) || '(no tag)' },
    { title: 'COST', value: (row) => row.amount.toFixed(2) },
    { title: 'SHARE', value: (row) => (row.share === null ? '' : `${(row.share * 100).toFixed(1)} %`) },
    { title: 'BEFORE', value: (row) => row.before?.toFixed(2) },
  ];
}

export const FORECAST: Column<ToolOutput<'forecast_cost'>['periods'][number]>[] = [
  { title: 'FROM', value: (row) => row.start },
  { title: 'UNTIL', value: (row) => row.end },
  { title: 'FORECAST', value: (row) => row.mean.toFixed(2) },
  { title: 'LOW', value: (row) => row.low?.toFixed(2) },
  { title: 'HIGH', value: (row) => row.high?.toFixed(2) },
];

export const HEALTH_EVENTS: Column<ToolOutput<'list_health_events'>['events'][number]>[] = [
  { title: 'STATUS', value: (row) => row.status },
  { title: 'SERVICE', value: (row) => row.service },
  { title: 'REGION', value: (row) => row.az ?? row.region },
  { title: 'STARTED', value: (row) => row.started },
  { title: 'CODE', value: (row) => row.code },
  { title: 'AFFECTED', value: (row) => row.affected.map(({ id }) => id).join(' ') },
  { title: 'DESCRIPTION', value: (row) => row.description },
];

export const UNTAGGED: Column<ToolOutput<'find_untagged_resources'>['resources'][number]>[] = [
  { title: 'KIND', value: (row) => row.kind },
  { title: 'NAME', value: (row) => row.name },
  { title: 'ID', value: (row) => row.id },
  { title: 'MISSING', value: (row) => row.missing.join(' ') },
  {
    title: 'TAGS',
    value: (row) =>
      Object.entries(row.tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
  },
  { title: 'REGION', value: (row) => row.region },
];
