import type { InstanceRow } from '../../../mcp-server/contract/catalogue/instances.ts';
import type { ToolInput, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';

const NAMED = 5;

export function listInstances(
  data: ToolOutput<'list_instances'>,
  args: ToolInput<'list_instances'>,
  { words, times, narrowedBy }: AnswerContext,
): string[] {
  const rows = data.instances;
  const filter = filterOf(args, narrowedBy);
  if (rows.length === 0) return [words.noInstances(filter)];
  if (filter) {
    const sinceToo = args.state !== undefined && args.state !== 'running';
    return [words.instancesFiltered(rows.length, filter, names(rows, sinceToo))];
  }
  const byState = Map.groupBy(rows, (row) => row.state);
  const ordered = [...byState].sort(([a], [b]) => Number(b === 'running') - Number(a === 'running'));
  const counts = ordered.map(([state, of]) => {
    const counted = words.countedState(of.length, words.state(state));
    return state === 'running' ? counted : `${counted} (${names(of, true)})`;
  });
  return [words.instances(rows.length, counts.join(', '))];

  function names(of: readonly InstanceRow[], since: boolean): string {
    const named = of.slice(0, NAMED).map((row) => {
      const at = since ? changedAt(row) : null;
      return at === null ? nameOf(row) : `${nameOf(row)} ${words.since(times.at(at))}`;
    });
    return words.list(of.length > NAMED ? [...named, words.more(of.length - NAMED)] : named);
  }
}

export function describeInstance(
  data: ToolOutput<'describe_instance'>,
  args: ToolInput<'describe_instance'>,
  { words, times }: AnswerContext,
): string[] {
  const { instance } = data;
  const name = nameOf(instance);
  return [
    ...(data.matched === 'close' ? [words.takenFor(args.instance, name)] : []),
    words.instance({
      name,
      id: instance.id,
      state: words.state(instance.state),
      type: instance.type,
      az: instance.az,
    }),
    ...(instance.checks && instance.state === 'running'
      ? [words.checks(instance.checks.system, instance.checks.instance)]
      : []),
    ...instance.scheduled_events.map((event) =>
      words.scheduled(plainLine(event.description), event.not_before ? times.at(event.not_before) : null),
    ),
  ];
}

export function consoleOutput(
  data: ToolOutput<'get_console_output'>,
  { words, times }: AnswerContext,
): string[] {
  const lines = data.output.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1);
  if (last === undefined) return [words.noConsole(plainLine(data.name || data.instance))];
  const at = data.at ? times.at(data.at) : null;
  return [words.console(plainLine(data.name || data.instance), lines.length, plainLine(last.trim()), at)];
}

export function nameOf(row: { name: string; id: string }): string {
  return plainLine(row.name || row.id);
}

/** When the state last changed, from AWS's wording: `User initiated (2026-11-19 05:02:11 GMT)`. */
function changedAt(row: InstanceRow): string | null {
  const found = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:GMT|UTC)\)/.exec(row.state_reason ?? '');
  return found ? `${found[1]}T${found[2]}Z` : null;
}

function filterOf(args: ToolInput<'list_instances'>, narrowedBy: readonly string[]): string {
  const tags = Object.entries(args.tags ?? {}).map(([key, value]) => `${key}=${value}`);
  const account = args.account === 'all' ? undefined : args.account;
  return [args.state, args.name, ...tags, ...narrowedBy, args.region, account]
    .filter((part) => part !== undefined)
    .join(', ');
}
