import type { DirectoryEntry, ResourceKind } from '../../mcp-server/contract/directory.ts';
import { gravestRisk } from '../../mcp-server/contract/risk.ts';
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
import { settingsNamed } from './function-settings.ts';
import { ACTION_INTENTS } from './intents/actions.ts';
import type { ActionIntent } from './intents/intent.ts';
import { any, anyOf, has, type Item, newItem } from './items.ts';
import { leftovers } from './leftovers.ts';
import type { Action } from './modality.ts';
import { forbiddenIn } from './refusals.ts';
import { asTyped, fill, hasValue } from './slots.ts';
import { joinTagWordings } from './tag-wordings.ts';
import { saidKinds, type Targets, targetsOf } from './targets.ts';

/** Stands where the verb stood, so that what is on either side of it stays apart. */
const VERB: Item = { ...newItem(0, 0, '|'), punctuation: '|' };

/** What an action comes to if it is asked for: a call, a question or a refusal; never a guess. */
export function readAction(action: Action, spoken: Clause, context: Context): Outcome {
  const clause = { ...spoken, items: joinTagWordings(spoken.items, action.item, action.act) };
  const untags = clause.items.some((item) => item.value?.type === 'untag');
  const forbidden = untags ? null : forbiddenIn(action.act, clause.items);
  if (forbidden !== null) return { type: 'refusal', reason: 'forbidden_action', action: forbidden };
  const rows = rowsFor(action, clause.items);
  const [first] = rows;
  if (first === undefined) return unsure();
  const able = [...new Set(rows.flatMap((row) => row.kinds))];
  const said = saidKinds(clause.items).filter((kind) => able.includes(kind));
  const named = clause.items.some((item) => item.names.length > 0);
  const kinds = said.length > 0 && !named ? said : able;
  const volume = clause.items.find((item) => item.value?.type === 'volume');
  if (volume !== undefined && !first.slots.some((slot) => slot.from === 'volume'))
    return wrongKind(volume, first);
  if (kinds.length === 0) return complete(first, [], true, action, clause, context);
  // Tags to be set say nothing of which resources are meant.
  const setsTags = first.slots.some((slot) => slot.from === 'tags');
  const targets = targetsOf({
    items: clause.items
      .filter(({ value }) => !setsTags || (value?.type !== 'tag' && value?.type !== 'untag'))
      .map((item) => (item === action.item && !item.collides ? VERB : item)),
    kinds,
    index: context.index,
    referents: context.referents,
    forChange: true,
    limit: gravestRisk(first.tool) === 'destructive' ? context.mostAtOnce : null,
    figuresPick: !rows.some((row) => row.slots.some((slot) => slot.from === 'number')),
  });
  if (targets.type === 'unknown' && isNoMatterOfOurs(targets, action, clause.items, context))
    return { type: 'none', reason: 'off_topic', entries: [] };
  return fromTargets(targets, rows, first, action, clause, context);
}

/** Verbs of everyday life: with an object that is nothing here either, they ask for something else. */
const EVERYDAY: readonly Action['act'][] = ['set', 'create', 'open', 'close', 'send', 'comment', 'other'];

/** `make me a sandwich`: no name, no word of this trade, and the whole account is known. */
function isNoMatterOfOurs(
  { close, mention }: Extract<Targets, { type: 'unknown' }>,
  { act }: Action,
  items: readonly Item[],
  { index }: Context,
): boolean {
  if (!EVERYDAY.includes(act) || close.length > 0 || !index.directory.complete) return false;
  if (/[-_.0-9]/u.test(mention)) return false;
  return items.every(
    (item) =>
      item.names.length === 0 &&
      item.value === null &&
      item.selector === null &&
      !item.quoted &&
      !item.senses.some((s) => /^(?:kind|topic|measure|guarded|state):/u.test(s.concept)),
  );
}

/** A volume stands where this tool takes something else. */
function wrongKind({ text }: Item, { tool, kinds }: ActionIntent): Outcome {
  const [kind = 'instance'] = kinds;
  return {
    type: 'question',
    question: { code: 'wrong_kind', mention: text, kind, tool, choices: [] },
    calls: [],
    entries: [],
  };
}

function unsure(): Outcome {
  return { type: 'question', question: { code: 'unsure', choices: [] }, calls: [], entries: [] };
}

/** The rows an action can mean here: the particular ones if their words are there, else the plain ones. */
function rowsFor(action: Action, items: readonly Item[]): ActionIntent[] {
  const able = ACTION_INTENTS.filter(
    (row) =>
      row.acts.includes(action.act) &&
      (row.needs ?? []).every((group) => anyOf(items, group)) &&
      (row.needsValue === undefined || hasValue(row.needsValue, items)),
  );
  const fits = able.filter((row) => fitsKinds(row, items));
  const particular = fits.filter((row) => row.needs !== undefined || row.needsValue !== undefined);
  if (particular.length > 0) return particular;
  const plain = fits.filter((row) => row.needs === undefined && row.needsValue === undefined);
  if (plain.length > 0) return plain;
  return items.some((item) => item.names.length > 0) &&
    saidKinds(items).every((kind) => able.some((row) => row.kinds.includes(kind)))
    ? able.filter((row) => row.kinds.length > 0)
    : [];
}

function fitsKinds(row: ActionIntent, items: readonly Item[]): boolean {
  if (row.kinds.length === 0) return true;
  const named = items
    .filter((item) => item.names.length > 0)
    .flatMap((item) => item.names.map((entry) => entry.kind));
  const fitsNames = named.length === 0 || row.kinds.some((kind) => named.includes(kind));
  const used: readonly string[] = row.uses ?? [];
  const said = saidKinds(items).filter((kind) => named.length === 0 || !used.includes(`kind:${kind}`));
  return fitsNames && (said.length === 0 || row.kinds.some((kind) => said.includes(kind)));
}

function fromTargets(
  targets: Targets,
  rows: readonly ActionIntent[],
  first: ActionIntent,
  action: Action,
  clause: Clause,
  context: Context,
): Outcome {
  const rowOf = (entry: DirectoryEntry): ActionIntent =>
    rows.find((row) => row.kinds.includes(entry.kind)) ?? first;
  const kind: ResourceKind = first.kinds[0] ?? 'instance';
  const choicesOf = (entry: DirectoryEntry) => {
    const made = complete(rowOf(entry), [entry], false, action, clause, context, true);
    const [call] = made.type === 'calls' ? made.calls : [];
    return call === undefined ? [] : [choice(entry.name, call, detailOf(entry))];
  };
  const ask = (question: Extract<Outcome, { type: 'question' }>['question']): Outcome => ({
    type: 'question',
    question,
    calls: [],
    entries: [],
  });
  switch (targets.type) {
    case 'sweep':
      return { type: 'refusal', reason: 'sweep', action: first.tool };
    case 'too_many':
      return { type: 'refusal', reason: 'too_many', action: first.tool, most: context.mostAtOnce };
    case 'none':
      return ask({
        code: 'missing_target',
        tool: first.tool,
        kind,
        ...offered(context.index.byKind.get(kind) ?? [], 'unsaid', choicesOf),
      });
    case 'unknown':
      return ask({
        code: 'unknown_resource',
        mention: targets.mention,
        tool: first.tool,
        ...offered(targets.close, 'unsaid', choicesOf),
        ...unseenBy(context.index),
      });
    case 'wrong_kind':
      return ask({ code: 'wrong_kind', mention: targets.mention, kind, tool: first.tool, choices: [] });
    case 'ambiguous':
      return ask({
        code: 'ambiguous',
        mention: targets.mention,
        kind,
        tool: rowOf(targets.entries[0] ?? noEntry).tool,
        ...offered(targets.entries, 'meant', choicesOf),
        ...unseenBy(context.index),
      });
    case 'found': {
      const tools = new Set(targets.entries.map((entry) => rowOf(entry)));
      const made = [...tools].map((row) =>
        complete(
          row,
          targets.entries.filter((entry) => rowOf(entry) === row),
          targets.named,
          action,
          clause,
          context,
        ),
      );
      const stop = made.find((outcome) => outcome.type !== 'calls');
      if (stop !== undefined) return stop;
      const calls = made.flatMap((outcome) => (outcome.type === 'calls' ? outcome.calls : []));
      return { type: 'calls', calls, entries: targets.entries, vague: false, act: true };
    }
  }
}

const noEntry: DirectoryEntry = { kind: 'instance', id: '', name: '', account: '', region: '' };

/** One row with its targets: every argument filled from the clause, or what is missing asked for. */
function complete(
  row: ActionIntent,
  entries: readonly DirectoryEntry[],
  named: boolean,
  action: Action,
  clause: Clause,
  context: Context,
  lenient = false,
): Outcome {
  const args: Record<string, unknown> = {};
  const used: Item[] = [];
  const asked = (argument: string): Outcome => ({
    type: 'question',
    question: {
      code: 'missing_value',
      tool: row.tool,
      argument,
      choices: [],
      partial: withTargets(row, entries, args, false, context),
    },
    calls: [],
    entries: [...entries],
  });
  const needed = row.anyOfSettings === true ? settingsNamed(clause.items) : [];
  for (const slot of row.slots) {
    if (slot.from === 'target') continue;
    const filled = fill(slot, clause.items);
    if (filled.ok) {
      args[slot.argument] = asTyped(slot, filled.value, context.text);
      used.push(...filled.used);
    } else if (slot.from === 'drift_type') args[slot.argument] = entries[0]?.parent;
    else if (!('optional' in slot && slot.optional === true) || needed.some((one) => one === slot.from))
      return asked(slot.argument);
  }
  const calls = withTargets(row, entries, args, named && action.unspoken !== true, context);
  const left = leftovers(clause.items, row, actingItems(action, clause), used);
  if (!lenient && left.length > 0)
    return {
      type: 'question',
      question: {
        code: 'unsure',
        // What a tag has to do with it is not clear: nothing is offered that would do away with the rest.
        choices: left.some((item) => has(item, 'topic:tag_word') || has(item, 'topic:owner'))
          ? []
          : calls.map((call) => choice(call.tool, call)),
      },
      calls: [],
      entries: [...entries],
    };
  return { type: 'calls', calls, entries: [...entries], vague: false, act: true };
}

/** The act itself, and a helping verb beside it (`give web-1 a reboot`). */
function actingItems(action: Action, clause: Clause): Item[] {
  const helping = clause.items.filter(
    (item) =>
      item !== action.item && item.senses.some((s) => s.concept === 'act:set' || s.concept === 'mark:object'),
  );
  return [action.item, ...helping];
}

/** `reboot gw-1, no wait`: what comes after the action may take it back. */
export function takenBack(action: Action, clause: Clause): Item[] {
  return clause.items
    .slice(action.at + 1)
    .filter(
      (item) =>
        item.names.length === 0 &&
        item.senses.some((s) => s.concept === 'ref:withdraw' || s.concept === 'ref:no'),
    );
}

function withTargets(
  row: ActionIntent,
  entries: readonly DirectoryEntry[],
  args: Record<string, unknown>,
  named: boolean,
  context: Context,
): PlannedCall[] {
  const slot = row.slots.find((other) => other.from === 'target');
  if (slot?.from !== 'target') return [plannedCall(row.tool, args, false)];
  const refs = entries.map((entry) => reference(entry, context.index));
  if (slot.many === true) return [plannedCall(row.tool, { [slot.argument]: refs, ...args }, named)];
  return refs.map((ref) => plannedCall(row.tool, { [slot.argument]: ref, ...args }, named));
}

/** Whether a clause says an on/off of monitoring without a verb (`auto off`). */
export function switchWithoutVerb(clause: Clause): boolean | null {
  if (!any(clause.items, 'topic:monitoring') && !any(clause.items, 'topic:auto')) return null;
  const off = any(clause.items, 'mark:off');
  const on = any(clause.items, 'mark:on');
  return on === off ? null : on;
}
