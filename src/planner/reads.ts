import type { DirectoryEntry, ResourceKind } from '../../mcp-server/contract/directory.ts';
import type { PlannedCall } from '../domain/reading.ts';
import type { Clause } from './clauses.ts';
import {
  type Context,
  choice,
  detailOf,
  type Outcome,
  offered,
  plannedCall,
  reference,
  unseenBy,
} from './context.ts';
import type { ReadIntent } from './intents/intent.ts';
import { READ_INTENTS } from './intents/reads.ts';
import { anyOf, family, has, type Item } from './items.ts';
import { metricName } from './metrics.ts';
import { readSlot } from './read-slots.ts';
import { isReference, nameLike, saidKinds, type Targets, targetsOf } from './targets.ts';
import type { Measure } from './vocabulary/concepts.ts';

/** More separate metric calls than this are one batched request. */
const MOST_METRIC_CALLS = 4;

/** What a clause asks to see. */
export function readClause(clause: Clause, context: Context): Outcome {
  const items = clause.items.filter((item) => item.punctuation === null);
  for (const intent of READ_INTENTS) {
    if (!applies(intent, items, context)) continue;
    const outcome = build(intent, items, context);
    if (outcome.type !== 'nothing') return withOthersListed(outcome, clause.items);
  }
  return { type: 'nothing' };
}

/** The list of each kind. */
const LIST_OF: Partial<Record<ResourceKind, string>> = {
  instance: 'list_instances',
  database: 'list_databases',
  function: 'list_functions',
  service: 'list_services',
  load_balancer: 'list_load_balancers',
  api: 'list_apis',
  auto_scaling_group: 'list_auto_scaling_groups',
};

/** `the load balancers and apis`: several lists in one breath. */
function withOthersListed(outcome: Outcome, items: readonly Item[]): Outcome {
  const [call] = outcome.type === 'calls' ? outcome.calls : [];
  if (outcome.type !== 'calls' || outcome.calls.length !== 1 || call === undefined) return outcome;
  if (!Object.values(LIST_OF).includes(call.tool) || items.some((item) => item.names.length > 0))
    return outcome;
  const others = items.flatMap((item, at) => {
    const joined = has(item, 'mark:and') || item.punctuation === ',';
    const next = items.slice(at + 1).find((other) => !/^(?:the|our|all|my)$/u.test(other.text));
    const kind = next === undefined ? undefined : saidKinds([next])[0];
    const before = items[at - 1];
    if (!joined || before === undefined || saidKinds([before]).length === 0 || kind === undefined) return [];
    const tool = LIST_OF[kind];
    return tool === undefined || tool === call.tool ? [] : [plannedCall(tool, {}, false)];
  });
  return { ...outcome, calls: [...outcome.calls, ...others] };
}

function applies(intent: ReadIntent, items: readonly Item[], context: Context): boolean {
  const words = items.filter((item) => item.names.length === 0 && !item.quoted);
  if (!intent.needs.every((group) => anyOf(words, group))) return false;
  if (intent.unless !== undefined && anyOf(words, intent.unless)) return false;
  if (intent.word !== undefined && !words.some((item) => item.text === intent.word)) return false;
  if (intent.general === true && items.some((item) => item.names.length > 0)) return false;
  if (intent.stray === true && nameLike(items) === null) return false;
  if (intent.tagged === true && !items.some((item) => item.value?.type === 'tag')) return false;
  if (intent.path === true && !items.some((item) => item.value?.type === 'log_group')) return false;
  if (
    intent.named === true &&
    !items.some((item) => item.names.length > 0 || item.unknown || isReference(item))
  )
    return false;
  return intent.about === undefined || isAbout(intent.about, items, context);
}

function isAbout(kinds: readonly ResourceKind[], items: readonly Item[], context: Context): boolean {
  if (items.some((item) => item.names.some((entry) => kinds.includes(entry.kind)))) return true;
  if (items.some((item) => item.names.length > 0)) return false;
  const said = saidKinds(items);
  const described = said.some((kind) => kinds.includes(kind));
  const leans = items.some(isReference) && context.referents.some((entry) => kinds.includes(entry.kind));
  const close = (said.length === 0 || described) && items.some((item) => item.unknown);
  const asked =
    anyOf(items, ['topic:status', 'topic:health', 'read:describe']) && context.referents.length === 1;
  if (!described && !leans && !close && !asked) return false;
  const targets = lookFor(items, kinds, context);
  return targets.type === 'found' && targets.entries.length === 1;
}

function lookFor(items: readonly Item[], kinds: readonly ResourceKind[], context: Context): Targets {
  const said = saidKinds(items).filter((kind) => kinds.includes(kind));
  const named = items.some((item) => item.names.length > 0);
  return targetsOf({
    items,
    kinds: said.length > 0 && !named ? said : kinds,
    index: context.index,
    referents: context.referents,
    forChange: false,
    limit: null,
    figuresPick: true,
  });
}

function build(intent: ReadIntent, items: readonly Item[], context: Context): Outcome {
  let args: Record<string, unknown> = {};
  let found: { argument: string; entries: DirectoryEntry[]; named: boolean } | null = null;
  const measured = intent.slots.some((slot) => slot.from === 'measure');
  for (const slot of intent.slots) {
    if (slot.from === 'measure') continue;
    if (slot.from === 'log_group') {
      const group = logGroup(items, context);
      if (group === null) return whichLogGroup(intent, items, context);
      args = { ...args, log_group: group };
      continue;
    }
    if (slot.from !== 'target') {
      args = { ...args, ...readSlot(slot, items, context) };
      continue;
    }
    const kinds = kindsFor(intent, items, measured);
    const looked = lookFor(items, kinds, context);
    const targets = slot.every === true && isUnsaid(looked) ? eachOf(kinds, context) : looked;
    const question = questionFor(targets, intent, kinds, slot.optional === true, context, (entry) =>
      callsFor(
        intent,
        items,
        { argument: slot.argument, entries: [entry], named: false },
        spanOnly(intent, items, context),
        context,
      ),
    );
    if (question !== null) return question;
    const many =
      slot.optional === true && targets.type === 'found' && !targets.named && targets.entries.length > 1;
    if (targets.type === 'found' && !many)
      found = { argument: slot.argument, entries: targets.entries, named: targets.named };
  }
  const calls = callsFor(intent, items, found, args, context);
  if (calls.length === 0) return { type: 'nothing' };
  const spoken = found?.entries ?? items.flatMap((item) => item.names.slice(0, 1));
  return { type: 'calls', calls, entries: spoken, vague: intent.vague === true, act: false };
}

/** None named; a word for the role of something else (`不健康的后端`) names none either. */
const isUnsaid = (targets: Targets): boolean =>
  targets.type === 'none' ||
  (targets.type === 'unknown' && targets.close.length === 0 && !/[-_0-9]/u.test(targets.mention));

/** All there are of a few; which of many is for the person to say. */
function eachOf(kinds: readonly ResourceKind[], context: Context): Targets {
  const entries = kinds.flatMap((kind) => context.index.byKind.get(kind) ?? []);
  return entries.length === 0 || entries.length > MOST_METRIC_CALLS
    ? { type: 'none' }
    : { type: 'found', entries, named: false };
}

function spanOnly(intent: ReadIntent, items: readonly Item[], context: Context): Record<string, unknown> {
  return intent.slots.some((slot) => slot.from === 'span') ? readSlot({ from: 'span' }, items, context) : {};
}

/** Of a name that several kinds of resource share, the kinds that have what is asked for. */
function kindsFor(intent: ReadIntent, items: readonly Item[], measured: boolean): readonly ResourceKind[] {
  const kinds = intent.about ?? intent.kinds ?? [];
  if (!measured) return kinds;
  const measures = measuresOf(items);
  const able = kinds.filter((kind) => measures.some((measure) => metricName(kind, measure) !== null));
  const said = saidKinds(items).filter((kind) => able.includes(kind));
  return said.length > 0 ? said : able.length > 0 ? able : kinds;
}

function questionFor(
  targets: Targets,
  intent: ReadIntent,
  kinds: readonly ResourceKind[],
  optional: boolean,
  context: Context,
  callsWith: (entry: DirectoryEntry) => PlannedCall[],
): Outcome | null {
  const [kind = 'instance'] = kinds;
  const choicesOf = (entry: DirectoryEntry) =>
    callsWith(entry).map((call) => choice(entry.name, call, detailOf(entry)));
  const ask = (question: Extract<Outcome, { type: 'question' }>['question']): Outcome => ({
    type: 'question',
    question,
    calls: [],
    entries: [],
  });
  const { tool } = intent;
  switch (targets.type) {
    case 'found':
      return null;
    case 'none':
      if (optional) return null;
      return ask({
        code: 'missing_target',
        tool,
        kind,
        ...offered(context.index.byKind.get(kind) ?? [], 'unsaid', choicesOf),
      });
    case 'ambiguous':
      return ask({
        code: 'ambiguous',
        mention: targets.mention,
        kind,
        tool,
        ...offered(targets.entries, 'meant', choicesOf),
        ...unseenBy(context.index),
      });
    case 'unknown':
      if (optional && targets.close.length === 0 && !/[-_0-9]/u.test(targets.mention)) return null;
      return ask({
        code: 'unknown_resource',
        mention: targets.mention,
        tool,
        ...offered(targets.close, 'unsaid', choicesOf),
        ...unseenBy(context.index),
      });
    case 'wrong_kind':
      return optional ? null : { type: 'nothing' };
    case 'sweep':
    case 'too_many':
      return optional ? null : ask({ code: 'missing_target', tool, kind, choices: [] });
  }
}

/** The log groups there are, each with the rest of what was asked. */
function whichLogGroup({ tool, slots }: ReadIntent, items: readonly Item[], context: Context): Outcome {
  const rest = slots
    .filter((slot) => slot.from === 'log_filter' || slot.from === 'span')
    .map((slot) => readSlot(slot, items, context));
  const { choices, more } = offered(context.index.byKind.get('log_group') ?? [], 'unsaid', ({ name }) => [
    choice(name, plannedCall(tool, Object.assign({ log_group: name }, ...rest), false)),
  ]);
  return {
    type: 'question',
    question: { code: 'missing_value', tool, argument: 'log_group', choices, ...(more ? { more } : {}) },
    calls: [],
    entries: [],
  };
}

export function measuresOf(items: readonly Item[]): Measure[] {
  const words = items.filter((item) => item.names.length === 0);
  const found = words.flatMap((item) =>
    family(item, 'measure:').map((s) => s.concept.slice('measure:'.length) as Measure),
  );
  return [...new Set(found)];
}

function callsFor(
  intent: ReadIntent,
  items: readonly Item[],
  found: { argument: string; entries: DirectoryEntry[]; named: boolean } | null,
  args: Record<string, unknown>,
  context: Context,
): PlannedCall[] {
  if (found === null) return [plannedCall(intent.tool, args, false)];
  if (intent.tool === 'get_metric')
    return metricCalls(measuresOf(items), found.entries, found.named, args, context);
  if (intent.tool === 'describe_instance' && found.entries.length > 1) return [];
  return found.entries.map((entry) =>
    plannedCall(intent.tool, { [found.argument]: reference(entry, context.index), ...args }, found.named),
  );
}

/** A call for each measure of each resource; many become one `get_metrics`. */
function metricCalls(
  measures: readonly Measure[],
  entries: readonly DirectoryEntry[],
  named: boolean,
  args: Record<string, unknown>,
  context: Context,
): PlannedCall[] {
  const queries = entries.flatMap((entry) =>
    measures.flatMap((measure) => {
      const name = metricName(entry.kind, measure);
      return name === null ? [] : [{ resource: reference(entry, context.index), ...name }];
    }),
  );
  if (queries.length <= MOST_METRIC_CALLS)
    return queries.map((query) => plannedCall('get_metric', { ...query, ...args }, named));
  return [plannedCall('get_metrics', { queries, ...args }, named)];
}

/** The log group a clause names: by its path, as a function's, or one that carries the name. */
function logGroup(items: readonly Item[], context: Context): string | null {
  for (const item of items) if (item.value?.type === 'log_group') return item.value.text;
  const entries = items.flatMap((item) => item.names);
  const referents = items.some(isReference) ? context.referents : [];
  const own = [...entries, ...referents].find((entry) => entry.kind === 'log_group');
  if (own !== undefined) return own.name;
  const fn = [...entries, ...referents].find((entry) => entry.kind === 'function');
  if (fn !== undefined) return `/aws/lambda/${fn.name}`;
  const groups = context.index.byKind.get('log_group') ?? [];
  const carrying = groups.filter((group) =>
    entries.some((entry) => group.name.split('/').includes(entry.name)),
  );
  const [only] = carrying;
  return carrying.length === 1 && only !== undefined ? only.name : null;
}
