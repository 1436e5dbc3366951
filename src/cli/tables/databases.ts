import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { type Column, table } from './table.ts';

export const DATABASES: Column<ToolOutput<'list_databases'>['databases'][number]>[] = [
  { title: 'ID', value: (row) => row.id },
  { title: 'STATUS', value: (row) => row.status },
  { title: 'ENGINE', value: (row) => [row.engine, row.engine_version].filter(Boolean).join(' ') },
  { title: 'CLASS', value: (row) => row.class },
  { title: 'STORAGE GB', value: (row) => row.storage_gb ?? undefined },
  { title: 'MULTI-AZ', value: (row) => (row.multi_az ? 'yes' : 'no') },
  { title: 'CLUSTER', value: (row) => [row.cluster, row.role].filter(Boolean).join(' ') },
  { title: 'REPLICA OF', value: (row) => row.replica_of },
  { title: 'REPLICAS', value: (row) => row.replicas.join(' ') },
  { title: 'PARAMETERS', value: (row) => [row.parameter_group, row.parameters].filter(Boolean).join(' ') },
  {
    title: 'PENDING',
    value: (row) =>
      Object.entries(row.pending)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
  },
  { title: 'REGION', value: (row) => row.region },
];

export const DATABASE_EVENTS: Column<ToolOutput<'list_database_events'>['events'][number]>[] = [
  { title: 'AT', value: (row) => row.at },
  { title: 'SOURCE', value: (row) => row.source },
  { title: 'CATEGORIES', value: (row) => row.categories.join(', ') },
  { title: 'MESSAGE', value: (row) => row.message },
];

type Load = ToolOutput<'get_database_load'>;
type Part = { kind: string; load: number; calls: number | null; what: string; waits: string };

const PARTS: Column<Part>[] = [
  { title: 'BY', value: (row) => row.kind },
  { title: 'LOAD', value: (row) => rounded(row.load) },
  { title: 'CALLS/S', value: (row) => (row.calls === null ? undefined : rounded(row.calls)) },
  { title: 'WAITS', value: (row) => row.waits },
  { title: 'WHAT', value: (row) => row.what },
];

/** What the load is made of, each dimension after the other. */
export function loadTable({ statements, waits, users, hosts }: Load): string[] {
  const plain = (kind: string) => (one: { name: string; load: number }) => ({
    kind,
    load: one.load,
    calls: null,
    what: one.name,
    waits: '',
  });
  const rows: Part[] = [
    ...statements.map((one) => ({
      kind: 'sql',
      load: one.load,
      calls: one.calls_per_s,
      what: one.statement,
      waits: one.waits.map((wait) => `${wait.name} ${rounded(wait.load)}`).join(', '),
    })),
    ...waits.map(plain('wait')),
    ...users.map(plain('user')),
    ...hosts.map(plain('host')),
  ];
  return table(rows, PARTS);
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
