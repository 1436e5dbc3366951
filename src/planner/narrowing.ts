import type { Narrowing, PlannedCall } from '../domain/reading.ts';
import { type Outcome, plannedCall } from './context.ts';
import { any, family, type Item } from './items.ts';
import { nameLike } from './targets.ts';
import { PLACED, PLACING } from './vocabulary/places.ts';

const LISTS: ReadonlySet<string> = new Set([
  'list_instances',
  'list_auto_scaling_groups',
  'list_alarms',
  'list_databases',
]);
/** A family of instance types by itself: `t3`, `m6i`. */
const TYPE_FAMILY = /^(?:[acdghimprtuxz]|hpc|im|inf|is|mac|trn|vt)\d[a-z]{0,3}$/u;
const PAST: readonly string[] = ['time:yesterday', 'time:last_week', 'time:last_month', 'time:last_span'];

/**
 * A list with what the clause says of its rows and no argument can hold. The rows are narrowed by that once
 * they are there; what nothing can narrow them by is said.
 */
export function narrowedBy(outcome: Outcome, items: readonly Item[]): Outcome {
  if (outcome.type === 'nothing') return listOfType(items) ?? lookAtVolume(items) ?? outcome;
  if (outcome.type !== 'calls') return outcome;
  return { ...outcome, calls: outcome.calls.map((call) => narrowed(call, items)) };
}

/** `how many t3.medium do we have`: a type of machine says what is listed. */
function listOfType(items: readonly Item[]): Outcome | null {
  const types = narrowingsOf('list_instances', {}, items).filter(({ by }) => by === 'type');
  const asks = any(items, 'mark:which') || items.some((item) => family(item, 'read:').length > 0);
  if (types.length === 0 || !asks) return null;
  const call = { ...plannedCall('list_instances', {}, false), narrow: types };
  return { type: 'calls', calls: [call], entries: [], vague: false, act: false };
}

/** Nothing here looks at a volume by itself. */
function lookAtVolume(items: readonly Item[]): Outcome | null {
  const volume = items.find((item) => item.value?.type === 'volume');
  if (volume === undefined) return null;
  const { text: mention } = volume;
  return {
    type: 'question',
    question: { code: 'wrong_kind', mention, kind: 'instance', tool: 'describe_instance', choices: [] },
    calls: [],
    entries: [],
  };
}

function narrowed(call: PlannedCall, items: readonly Item[]): PlannedCall {
  if (!LISTS.has(call.tool)) return call;
  const members = call.tool === 'list_auto_scaling_groups' && any(items, 'kind:instance');
  const tool = members && groupNames(items).length > 0 ? 'list_instances' : call.tool;
  const narrow = narrowingsOf(tool, call.arguments, items);
  const kept = tool === call.tool ? call : plannedCall(tool, call.arguments, false);
  return narrow.length === 0 ? kept : { ...kept, narrow };
}

const groupNames = (items: readonly Item[]): string[] =>
  items.flatMap((item) => {
    const [entry] = item.names.filter(({ kind }) => kind === 'auto_scaling_group');
    return entry === undefined || item.names.some(({ kind }) => kind === 'instance') ? [] : [entry.name];
  });

const databaseNames = (items: readonly Item[]): string[] =>
  items.flatMap((item) => item.names.filter(({ kind }) => kind === 'database').map(({ name }) => name));

/** The names that a list's rows can be narrowed by. */
function rowNames(tool: string, items: readonly Item[]): string[] {
  if (tool === 'list_alarms') return [];
  return tool === 'list_databases' ? databaseNames(items) : groupNames(items);
}

function narrowingsOf(tool: string, args: Record<string, unknown>, items: readonly Item[]): Narrowing[] {
  const held = rowNames(tool, items);
  const by = tool === 'list_instances' ? 'group' : 'name';
  const found = held.map((value): Narrowing => ({ by, value }));
  let unheldAt = -2;
  for (const [at, item] of items.entries()) {
    const one = narrowingOf(item, tool) ?? strangePlace(items, at);
    if (one === null || held.some((name) => item.names.some((entry) => entry.name === name))) continue;
    // A name that an argument holds already narrows the list.
    if (item.names.length > 0 && JSON.stringify(args).includes(JSON.stringify(item.names[0]?.name))) continue;
    const before = found.at(-1);
    if (one.by === 'unheld' && before?.by === 'unheld' && unheldAt === at - 1)
      found.splice(-1, 1, { by: 'unheld', value: `${before.value} ${one.value}` });
    else found.push(one);
    if (one.by === 'unheld') unheldAt = at;
  }
  return found;
}

/** `in foo`: a place that nobody configured. */
function strangePlace(items: readonly Item[], at: number): Narrowing | null {
  const item = items[at];
  if (item?.unknown !== true) return null;
  const said = PLACING.includes(items[at - 1]?.text ?? '') || PLACED.includes(items[at + 1]?.text ?? '');
  return said ? { by: 'unheld', value: item.text } : null;
}

function narrowingOf(item: Item, tool: string): Narrowing | null {
  const { value } = item;
  if (tool === 'list_instances' || tool === 'list_databases') {
    if (value?.type === 'instance_type') return { by: 'type', value: value.text };
    if (value?.type === 'zone') return { by: 'zone', value: value.text };
    if (item.unknown && tool === 'list_instances' && TYPE_FAMILY.test(item.text))
      return { by: 'type', value: item.text };
  }
  const isTime =
    value !== null && ['duration', 'date', 'clock', 'instant', 'instance_type', 'zone'].includes(value.type);
  const isPast = item.senses.some((sense) => PAST.includes(sense.concept));
  const isName = item.names.length > 0 || item.quoted || nameLike([item]) !== null;
  return isTime || isPast || isName ? { by: 'unheld', value: item.text } : null;
}
