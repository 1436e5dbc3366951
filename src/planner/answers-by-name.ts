import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import type { Choice, PlannedCall, Question } from '../domain/reading.ts';
import type { Context, Outcome } from './context.ts';
import { choice, plannedCall, reference } from './context.ts';
import type { Item } from './items.ts';

/** A name of the same kind as the choices, which stands among those there was no room to list. */
export function namedBeyond(question: Question, items: readonly Item[], context: Context): Outcome | null {
  const [first] = question.choices;
  if (!('more' in question) || first === undefined) return null;
  if (!items.every((item) => item.names.length > 0 || isLight(item))) return null;
  const [like] = entriesOf(first.pick, context);
  if (like === undefined) return null;
  const named = items.flatMap((item) => item.names.filter((entry) => entry.kind === like.kind));
  const [only] = named;
  if (named.length !== 1 || only === undefined) return null;
  const one = reference(only, context.index);
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    return value === like.id || value === like.name ? one : value;
  };
  const args = Object.fromEntries(
    Object.entries(first.pick.arguments).map(([key, value]) => [
      key,
      NAMING.includes(key) ? put(value) : value,
    ]),
  );
  return chosen([choice(only.name, { ...first.pick, arguments: args })], context);
}

const LISTING: ReadonlySet<string> = new Set([
  'start_instances',
  'stop_instances',
  'reboot_instances',
  'terminate_instances',
]);

/** A name given in answer takes the place of what was not found, not said or not clear. */
export function namedInstead(question: Question, items: readonly Item[], context: Context): Outcome | null {
  if (!('tool' in question) || question.code === 'conditional' || question.code === 'missing_value')
    return null;
  if (!LISTING.has(question.tool) || !items.every((item) => item.names.length > 0 || isLight(item)))
    return null;
  const entries = items.flatMap((item) => item.names.filter((entry) => entry.kind === 'instance'));
  if (entries.length === 0 || entries.length > 3) return null;
  const instances = entries.map((entry) => reference(entry, context.index));
  return {
    type: 'calls',
    calls: [plannedCall(question.tool, { instances }, false)],
    entries,
    vague: false,
    act: true,
  };
}

/** Words beside a name that say nothing of their own. */
export const isLight = (item: Item): boolean =>
  item.senses.length > 0 &&
  item.senses.some((s) =>
    /^(?:plain|particle|mark:please|mark:and|unit:[a-z]+|ref:(?:no|yes|it)|kind:instance)$/u.test(s.concept),
  );

/** The choices that a word for some of them picks. */
export function bySelector(choices: readonly Choice[], items: readonly Item[], context: Context): Choice[] {
  const selector = items.find((item) => item.selector !== null)?.selector;
  if (selector == null) return [];
  return choices.filter((one) =>
    entriesOf(one.pick, context).some(
      (entry) =>
        selector.entries.includes(entry) || selector.tags.some((tag) => entry.tags?.[tag.key] === tag.value),
    ),
  );
}

/** The choices whose resources are named. */
export function byNames(
  choices: readonly Choice[],
  named: readonly DirectoryEntry[],
  context: Context,
): Outcome | null {
  const ids = new Set(named.map((entry) => entry.id));
  const offered = choices.filter((one) => entriesOf(one.pick, context).some((entry) => ids.has(entry.id)));
  return offered.length > 0 ? chosen(offered, context) : null;
}

/** The picks of several choices as one call where the tool takes a list. */
export function chosen(choices: readonly Choice[], context: Context): Outcome | null {
  const [first] = choices;
  if (first === undefined) return null;
  const lists = choices.map((one) => one.pick.arguments.instances);
  const calls =
    choices.length > 1 && lists.every((list) => Array.isArray(list))
      ? [
          {
            ...first.pick,
            arguments: { ...first.pick.arguments, instances: lists.flat() },
            namedInFull: false,
          },
        ]
      : choices.map((one) => ({ ...one.pick, namedInFull: false }));
  const entries = calls.flatMap((call) => entriesOf(call, context));
  return { type: 'calls', calls, entries, vague: false, act: true };
}

/** The arguments that name resources. */
export const TARGETS = [
  'instances',
  'instance',
  'resource',
  'database',
  'function',
  'service',
  'deployment',
  'group',
  'load_balancer',
  'alarm',
  'resources',
  'target',
  'cluster',
];

/** A log group is named by its path, and nothing else stands in for it. */
const NAMING: readonly string[] = [...TARGETS, 'log_group'];

/** The resources a call names. */
export function entriesOf(call: PlannedCall, context: Context): DirectoryEntry[] {
  const names = NAMING.flatMap((argument) => call.arguments[argument] ?? []);
  const { directory } = context.index;
  return names.flatMap((name) =>
    directory.entries.filter((entry) => entry.id === name || entry.name === name).slice(0, 1),
  );
}
