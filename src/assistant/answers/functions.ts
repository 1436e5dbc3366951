import type { ApiRow } from '../../../mcp-server/contract/catalogue/apis.ts';
import type { FunctionRow } from '../../../mcp-server/contract/catalogue/functions.ts';
import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { firstNames } from './shortened.ts';

const NAMED = 5;

export function listFunctions(
  { functions }: ToolOutput<'list_functions'>,
  { words, narrowedBy }: AnswerContext,
): string[] {
  if (functions.length === 0) return [words.functions.none(narrowedBy.join(', '))];
  const unready = functions.filter((row) => complaintOf(row) !== null);
  const off = functions.filter((row) => row.reserved_concurrency === 0);
  const named = (rows: readonly FunctionRow[], of: (row: FunctionRow) => string) =>
    firstNames(rows.map(of), NAMED, words);
  return [
    words.functions.functions(functions.length, named(functions, sizeOf)),
    ...(unready.length > 0
      ? [
          words.functions.notReady(
            unready.length,
            named(unready, (row) => `${plainLine(row.name)}: ${complaintOf(row)}`),
          ),
        ]
      : []),
    ...(off.length > 0
      ? [
          words.functions.switchedOff(
            off.length,
            named(off, (row) => plainLine(row.name)),
          ),
        ]
      : []),
  ];
}

function sizeOf({ name, runtime, package_type, memory_mb, timeout_s }: FunctionRow): string {
  return plainLine(`${name} (${runtime ?? package_type}, ${memory_mb} MB, ${timeout_s} s)`);
}

/** What is wrong with a function, as AWS says it; null when nothing is. An idle one wakes when it is called. */
function complaintOf({ state, last_update, reason }: FunctionRow): string | null {
  const wrong =
    state === 'Failed' || state === 'Pending'
      ? state
      : last_update === 'Failed' || last_update === 'InProgress'
        ? `update ${last_update}`
        : null;
  return wrong && plainLine(reason ? `${wrong}, ${reason}` : wrong);
}

export function listApis({ apis }: ToolOutput<'list_apis'>, { words, narrowedBy }: AnswerContext): string[] {
  if (apis.length === 0) return [words.functions.noApis(narrowedBy.join(', '))];
  return [words.functions.apis(apis.length, firstNames(apis.map(apiText), NAMED, words))];
}

function apiText({ name, type, stages }: ApiRow): string {
  const named = (stages ?? []).map((stage) => stage.name).join(', ');
  return plainLine(`${name} (${named ? `${type}, ${named}` : type})`);
}
