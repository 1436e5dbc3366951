import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import { RESOURCE_KINDS } from '../../mcp-server/contract/directory.ts';
import type { Choice, PlannedCall, Question } from '../domain/reading.ts';
import {
  byNames,
  bySelector,
  chosen,
  entriesOf,
  isLight,
  namedBeyond,
  namedInstead,
  TARGETS,
} from './answers-by-name.ts';
import type { Context, Outcome } from './context.ts';
import { choice, plannedCall, reference } from './context.ts';
import { isSetting } from './function-settings.ts';
import { ACTION_INTENTS } from './intents/actions.ts';
import type { Slot } from './intents/intent.ts';
import { any, family, has, type Item } from './items.ts';
import { metricName } from './metrics.ts';
import { readSlot } from './read-slots.ts';
import { measuresOf } from './reads.ts';
import { asTyped, type Filled, fill } from './slots.ts';
import { isReference, targetsOf } from './targets.ts';
import type { Concept } from './vocabulary/concepts.ts';

const ORDINALS: readonly (readonly [Concept, number])[] = [
  ['ref:first', 0],
  ['ref:second', 1],
  ['ref:third', 2],
];

/** An answer to the question that waits, or null when the text is something else. */
export function answerTo(question: Question, items: readonly Item[], context: Context): Outcome | null {
  const words = items.filter((item) => item.punctuation === null);
  if (words.some((item) => family(item, 'act:').length > 0 && item.names.length === 0)) return null;
  if (words.some((item) => family(item, 'measure:').length > 0)) return null;
  if (any(words, 'ref:withdraw')) return { type: 'none', reason: 'withdrawn', entries: [] };
  const valued = question.code === 'missing_value' ? valueFor(question, words, context) : null;
  if (valued !== null) return valued;
  const narrowed = bySelector(question.choices, words, context);
  if (narrowed.length > 1 && narrowed.length <= question.choices.length)
    return { type: 'question', question: allListed(question, narrowed), calls: [], entries: [] };
  const picked =
    pickedFrom(question.choices, words, context) ??
    namedBeyond(question, words, context) ??
    namedInstead(question, words, context);
  if (picked !== null) return picked;
  if (
    words.length > 0 &&
    words.every((item) => has(item, 'ref:yes') || has(item, 'ref:all') || has(item, 'mark:please'))
  )
    return { type: 'question', question, calls: [], entries: [] };
  const said = words.filter(
    (item) => !has(item, 'plain') && !has(item, 'particle') && !has(item, 'mark:please'),
  );
  if (said.length > 0 && said.every((item) => has(item, 'ref:no')))
    return { type: 'none', reason: 'withdrawn', entries: [] };
  return null;
}

/** The question with fewer choices: nothing is left out of those. */
function allListed(question: Question, choices: Choice[]): Question {
  if (!('more' in question)) return { ...question, choices };
  const { more: _more, ...rest } = question;
  return { ...rest, choices };
}

function pickedFrom(choices: readonly Choice[], items: readonly Item[], context: Context): Outcome | null {
  const named = items.flatMap((item) => item.names);
  if (named.length > 0) return byNames(choices, named, context);
  if (any(items, 'ref:both') || any(items, 'ref:all') || any(items, 'ref:them'))
    return chosen(choices.length <= 3 ? choices : [], context);
  for (const [concept, at] of ORDINALS)
    if (any(items, concept)) return chosen(choices.slice(at, at + 1), context);
  if (any(items, 'ref:last')) return chosen(choices.slice(-1), context);
  const figure = items.find((item) => item.value?.type === 'number')?.value;
  if (figure?.type === 'number' && items.length <= 3)
    return chosen(choices.slice(figure.value - 1, figure.value), context);
  const narrowed = bySelector(choices, items, context);
  if (narrowed.length === 1) return chosen(narrowed, context);
  const only = choices.length === 1 && any(items, 'ref:yes') && !any(items, 'ref:no');
  return only ? chosen(choices, context) : null;
}

/** A value by itself answers the question for it: the calls so far are gone on with, or the next thing asked. */
function valueFor(
  question: Extract<Question, { code: 'missing_value' }>,
  items: readonly Item[],
  context: Context,
): Outcome | null {
  const { tool, argument, partial = [] } = question;
  const [first] = partial;
  const rows = ACTION_INTENTS.filter((one) => one.tool === tool);
  const slot = rows.flatMap((row) => row.slots).find((one) => one.argument === argument);
  if (first === undefined || slot === undefined || slot.from === 'target') return null;
  if (!items.every((item) => isPart(item, slot.from))) return null;
  const filled = valueIn(slot, items);
  if (!filled.ok && !items.some((item) => item.value !== null)) return null;
  // A value of another sort, or one more or less (`by 20 GB`), is no answer yet.
  if (!filled.ok) return { type: 'question', question, calls: [], entries: [] };
  const value = asTyped(slot, filled.value, context.text);
  const calls = partial.map((call) => plannedCall(tool, { ...call.arguments, [argument]: value }, false));
  const entries = calls.flatMap((call) => entriesOf(call, context));
  const unsaid = rows.map((row) =>
    row.slots.find(
      (one) => !isOptional(one) && !(one.argument in first.arguments || one.argument === argument),
    ),
  );
  const [next] = unsaid;
  if (next !== undefined && !unsaid.includes(undefined))
    return {
      type: 'question',
      question: { ...question, argument: next.argument, partial: calls },
      calls: [],
      entries,
    };
  return { type: 'calls', calls, entries, vague: false, act: true };
}

const isOptional = (slot: Slot): boolean =>
  slot.from === 'drift_type' || ('optional' in slot && slot.optional === true);

function isPart(item: Item, from: Slot['from']): boolean {
  if (item.value !== null || has(item, 'mark:relative_amount') || isLight(item)) return true;
  if (from === 'event_type') return item.unknown || item.quoted || has(item, 'topic:event');
  return from === 'event_severity' && (family(item, 'level:').length > 0 || has(item, 'topic:severity'));
}

/** In an answer a bare figure is of what was asked. */
function valueIn(slot: Exclude<Slot, { from: 'target' }>, items: readonly Item[]): Filled {
  const filled = fill(slot, items);
  if (filled.ok || !isSetting(slot.from) || any(items, 'mark:relative_amount')) return filled;
  return fill({ from: 'number', argument: slot.argument }, items);
}

const OVERLAYS: readonly {
  tool: string;
  slot: 'group_by' | 'forecast_end' | 'instance_state' | 'alarm_state';
  on: readonly Concept[];
}[] = [
  {
    tool: 'get_cost',
    slot: 'group_by',
    on: [
      'topic:by_service',
      'topic:by_region',
      'topic:by_account',
      'topic:by_usage',
      'topic:by_tag',
      'topic:tag_word',
      'topic:owner',
    ],
  },
  {
    tool: 'forecast_cost',
    slot: 'forecast_end',
    on: ['time:this_month', 'time:next_month', 'time:month_end', 'time:this_year', 'time:year_end'],
  },
  { tool: 'list_instances', slot: 'instance_state', on: ['state:running', 'state:stopped'] },
  { tool: 'list_alarms', slot: 'alarm_state', on: ['state:firing', 'state:ok', 'state:insufficient'] },
];

const LEANING: readonly Concept[] = [
  'ref:also',
  'ref:instead',
  'ref:same',
  'ref:other_one',
  'mark:question',
  'mark:and',
];

/**
 * A text that only makes sense after the one before: another measure, resource, time or grouping of what
 * was last looked at. A change is never carried over to another target without its verb: that is asked.
 */
export function followUp(items: readonly Item[], context: Context): Outcome | null {
  const words = items.filter((item) => item.punctuation === null);
  const { lastCalls } = context.conversation;
  const [last] = lastCalls;
  if (last === undefined || words.some(isAct)) return null;
  const targets = newTargets(words, context);
  if (last.risk !== 'read')
    return targets.length === 0 || asksToSee(words) ? null : repeatedChange(last, targets, words, context);
  const previous = lastCalls.flatMap((call) => entriesOf(call, context));
  const measures = measuresOf(words);
  const calls = lastCalls.flatMap((call) =>
    overlaid(call, targets, measures, words, context).map((next) =>
      call.narrow === undefined ? next : { ...next, narrow: call.narrow },
    ),
  );
  const changed = calls.some((call, at) => saidBy(call) !== saidBy(lastCalls[at]));
  if (!changed) return null;
  return {
    type: 'calls',
    calls: unique(calls),
    entries: targets.length > 0 ? targets : previous,
    vague: false,
    act: false,
  };
}

/** `by the team tag instead` asks for no action. */
const isAct = (item: Item): boolean =>
  family(item, 'act:').length > 0 && item.names.length === 0 && !has(item, 'topic:tag_word');

/** Words that name something to look at: with those a text stands by itself, whatever was changed before. */
const asksToSee = (items: readonly Item[]): boolean =>
  items.some((item) => family(item, 'measure:').length > 0 || family(item, 'topic:').length > 0);

const saidBy = (call: PlannedCall | undefined): string => JSON.stringify([call?.tool, call?.arguments]);

const unique = (calls: readonly PlannedCall[]): PlannedCall[] => [
  ...new Map(calls.map((call) => [JSON.stringify([call.tool, call.arguments]), call])).values(),
];

/** Whether a text leans on what was said: it opens with `and`, or says nothing by itself. */
export function leans(items: readonly Item[]): boolean {
  return items.some((item) => LEANING.some((concept) => has(item, concept)) && item.names.length === 0);
}

function newTargets(items: readonly Item[], context: Context): DirectoryEntry[] {
  const said = items.some((item) => item.names.length > 0 || item.selector !== null || isReference(item));
  if (!said) return [];
  const targets = targetsOf({
    items,
    kinds: RESOURCE_KINDS,
    index: context.index,
    referents: context.referents,
    forChange: false,
    limit: null,
    figuresPick: true,
  });
  return targets.type === 'found' ? targets.entries : [];
}

function repeatedChange(
  last: PlannedCall,
  targets: readonly DirectoryEntry[],
  items: readonly Item[],
  context: Context,
): Outcome | null {
  if (!leans(items) || !Array.isArray(last.arguments.instances)) return null;
  const fit = targets
    .filter((entry) => entry.kind === 'instance')
    .map((entry) => reference(entry, context.index));
  if (fit.length === 0) return null;
  const pick = plannedCall(last.tool, { ...last.arguments, instances: fit }, false);
  return {
    type: 'question',
    question: { code: 'unsure', choices: [choice(fit.join(', '), pick)] },
    calls: [],
    entries: [],
  };
}

function overlaid(
  call: PlannedCall,
  targets: readonly DirectoryEntry[],
  measures: ReturnType<typeof measuresOf>,
  items: readonly Item[],
  context: Context,
): PlannedCall[] {
  let args = { ...call.arguments };
  for (const { tool, slot, on } of OVERLAYS)
    if (call.tool === tool && on.some((concept) => any(items, concept)))
      args = { ...args, ...readSlot({ from: slot }, items, context) };
  if (call.tool === 'list_instances' && items.some((item) => item.selector !== null))
    args = { ...args, ...readSlot({ from: 'group_filter' }, items, context) };
  const timed = readSlot({ from: 'span' }, items, context);
  if (Object.keys(timed).length > 0) args = retimed(call.tool, args, timed, items, context);
  if (call.tool === 'get_metric') return metricOverlay(args, targets, measures, context);
  const argument = TARGETS.find((name) => typeof args[name] === 'string');
  if (argument === undefined || targets.length === 0) return [plannedCall(call.tool, args, false)];
  return targets.map((entry) =>
    plannedCall(call.tool, { ...args, [argument]: reference(entry, context.index) }, false),
  );
}

function retimed(
  tool: string,
  args: Record<string, unknown>,
  timed: Record<string, unknown>,
  items: readonly Item[],
  context: Context,
): Record<string, unknown> {
  if (tool === 'detect_cost_anomalies') return { ...args, ...readSlot({ from: 'days' }, items, context) };
  if (tool === 'get_cost') return { ...args, ...readSlot({ from: 'cost_dates' }, items, context) };
  if (args.last === undefined && args.start === undefined && !TIMED.has(tool)) return args;
  const { last: _last, start: _start, end: _end, ...rest } = args;
  return { ...rest, ...timed };
}

const TIMED: ReadonlySet<string> = new Set([
  'get_metric',
  'query_logs',
  'summarize_logs',
  'list_changes',
  'list_health_events',
  'get_alarm_history',
  'list_database_events',
  'get_database_load',
  'container_insight_pod_metrics',
  'list_kubernetes_events',
]);

function metricOverlay(
  args: Record<string, unknown>,
  targets: readonly DirectoryEntry[],
  measures: ReturnType<typeof measuresOf>,
  context: Context,
): PlannedCall[] {
  const call = plannedCall('get_metric', args, false);
  const entries = targets.length > 0 ? targets : entriesOf(call, context);
  // A resource that only the server knows stays as it was said.
  if (entries.length === 0 && measures.length === 0) return [call];
  const { metric, namespace, ...rest } = args;
  return entries.flatMap((entry) => {
    const resource = reference(entry, context.index);
    if (measures.length === 0) return [plannedCall('get_metric', { ...args, resource }, false)];
    return measures.flatMap((measure) => {
      const name = metricName(entry.kind, measure);
      return name === null ? [] : [plannedCall('get_metric', { ...rest, resource, ...name }, false)];
    });
  });
}
