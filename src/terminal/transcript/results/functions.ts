import type { ApiRow } from '../../../../mcp-server/contract/catalogue/apis.ts';
import type { FunctionRow } from '../../../../mcp-server/contract/catalogue/functions.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import type { Line, Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { differs, roomFor } from './room.ts';

const STATE_TONES: Readonly<Record<string, Tone>> = {
  Active: 'good',
  Inactive: 'dim',
  Pending: 'warn',
  Failed: 'bad',
};
const UPDATE_TONES: Readonly<Record<string, Tone>> = {
  Successful: 'good',
  InProgress: 'warn',
  Failed: 'bad',
};

export function functionLines({ functions }: ToolOutput<'list_functions'>, context: ViewContext): Line[] {
  const { words, clock } = context;
  const { results } = words;
  if (functions.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(functions, (row) => row.region);
  const toned = (text: string | undefined, tones: Readonly<Record<string, Tone>>) => ({
    text: text ?? '',
    tone: tones[text ?? ''] ?? ('warn' as const),
  });
  const columns: Column<FunctionRow>[] = [
    { title: results.name, cell: (row) => row.name, keep: 1, least: 10 },
    { title: results.state, cell: (row) => toned(row.state, STATE_TONES), keep: 2 },
    { title: results.functions.update, cell: (row) => toned(row.last_update, UPDATE_TONES), keep: 6 },
    { title: results.functions.memory, cell: (row) => `${row.memory_mb} MB`, keep: 3, align: 'right' },
    { title: results.functions.timeout, cell: (row) => `${row.timeout_s} s`, keep: 4, align: 'right' },
    { title: results.functions.reserved, cell: reserved, keep: 5, align: 'right' },
    { title: results.functions.runtime, cell: (row) => row.runtime ?? row.package_type, keep: 7 },
    {
      title: `${results.functions.modified} (${clock.zone})`,
      cell: (row) => (row.last_modified ? clock.at(row.last_modified) : ''),
      keep: 9,
    },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 8 },
  ];
  return tableLines(columns, functions, roomFor(context));
}

/** None of the account's concurrency means that it serves nothing. */
function reserved({ reserved_concurrency: own }: FunctionRow) {
  if (own === null || own === undefined) return '';
  return { text: String(own), tone: own === 0 ? ('bad' as const) : ('plain' as const) };
}

export function apiLines({ apis }: ToolOutput<'list_apis'>, context: ViewContext): Line[] {
  const { words, clock } = context;
  const { results } = words;
  if (apis.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(apis, (row) => row.region);
  const columns: Column<ApiRow>[] = [
    { title: results.name, cell: (row) => row.name, keep: 1, least: 10 },
    { title: results.type, cell: (row) => row.type, keep: 3 },
    {
      title: results.functions.stages,
      cell: (row) => (row.stages ?? []).map((stage) => stage.name).join(', '),
      keep: 2,
      least: 8,
    },
    { title: `${results.functions.deployed} (${clock.zone})`, cell: deployed, keep: 5 },
    { title: results.id, cell: (row) => ({ text: row.id, tone: 'dim' }), keep: 4 },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 6 },
  ];
  return tableLines(columns, apis, roomFor(context));

  function deployed({ stages }: ApiRow): string {
    const times = (stages ?? []).flatMap((stage) => stage.last_updated ?? []).sort();
    const last = times.at(-1);
    return last === undefined ? '' : clock.at(last);
  }
}
