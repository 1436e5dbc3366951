import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import type { Column } from './table.ts';

export const FUNCTIONS: Column<ToolOutput<'list_functions'>['functions'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'RUNTIME', value: (row) => row.runtime ?? row.package_type },
  { title: 'MEMORY MB', value: (row) => row.memory_mb },
  { title: 'TIMEOUT S', value: (row) => row.timeout_s },
  { title: 'RESERVED', value: (row) => row.reserved_concurrency ?? undefined },
  { title: 'STATE', value: (row) => row.state },
  { title: 'LAST UPDATE', value: (row) => row.last_update },
  { title: 'MODIFIED', value: (row) => row.last_modified },
  { title: 'REGION', value: (row) => row.region },
];

export const APIS: Column<ToolOutput<'list_apis'>['apis'][number]>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'ID', value: (row) => row.id },
  { title: 'TYPE', value: (row) => row.type },
  { title: 'STAGES', value: (row) => row.stages?.map((stage) => stage.name).join(' ') },
  { title: 'CREATED', value: (row) => row.created_at },
  { title: 'REGION', value: (row) => row.region },
];
