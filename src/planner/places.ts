import { isToolName } from '../../mcp-server/contract/catalogue.ts';
import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import type { Choice, PlannedCall, Question } from '../domain/reading.ts';
import type { Clause } from './clauses.ts';
import type { Context, Outcome } from './context.ts';
import { indexOf } from './directory-index.ts';
import { has, type Item } from './items.ts';
import { foldName } from './normalise.ts';
import { ACCOUNT_NOUNS, BETWEEN, PLACED, PLACING, REGION_NOUNS } from './vocabulary/places.ts';

/** Where a clause says to look or act. An account `all` is every configured one. */
export type Place = { regions: string[]; accounts: string[] };

const EVERY_ACCOUNT = 'all';
const NOWHERE: Place = { regions: [], accounts: [] };

/**
 * Items with each place as one item that carries it as its value: `us-west-2`, `Seoul`, `account shop`,
 * `all accounts`. `accounts` are the names and numbers of the configured ones.
 */
export function joinPlaces(items: readonly Item[], accounts: readonly string[]): Item[] {
  const known = new Map(accounts.map((name) => [foldName(name), name]));
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (item === undefined) break;
    const found = everyAccount(items, at) ?? accountAt(items, at, known) ?? regionAt(items, at);
    if (found === null) {
      out.push(item);
      continue;
    }
    out.push(found.item);
    at += found.taken - 1;
  }
  return out;
}

type Found = { item: Item; taken: number };

const placeItem = (item: Item, type: 'region' | 'account', text: string): Item => ({
  ...item,
  senses: [],
  roles: [],
  number: null,
  names: [],
  selector: null,
  unknown: false,
  quoted: false,
  corrected: false,
  value: { type, text },
});

/** `in the Seoul region`: the noun goes with its region. */
function regionAt(items: readonly Item[], at: number): Found | null {
  const item = items[at];
  const region = item === undefined ? null : regionOf(item);
  if (item === undefined || region === null) return null;
  const noun = REGION_NOUNS.includes(items[at + 1]?.text ?? '');
  return { item: placeItem(item, 'region', region), taken: noun ? 2 : 1 };
}

/** A city that is a resource's name, or a part of one, or a tag, is that: the account says what it means. */
function regionOf(item: Item): string | null {
  if (item.value?.type === 'region') return item.value.text;
  if (item.names.length > 0 || item.quoted || item.selector !== null) return null;
  const sense = item.senses.find((s) => s.concept.startsWith('region:'));
  return sense === undefined ? null : sense.concept.slice('region:'.length);
}

function everyAccount(items: readonly Item[], at: number): Found | null {
  const first = items[at];
  if (first === undefined || first.names.length > 0) return null;
  if (!has(first, 'ref:all') && !has(first, 'ref:each') && first.text !== 'across') return null;
  let end = at + 1;
  while (BETWEEN.includes(items[end]?.text ?? '') || (end > at + 1 && has(items[end] ?? first, 'ref:all')))
    end += 1;
  if (!isAccountNoun(items[end]) || (first.text === 'across' && items[end]?.text !== 'accounts')) return null;
  return { item: placeItem(first, 'account', EVERY_ACCOUNT), taken: end - at + 1 };
}

function accountAt(items: readonly Item[], at: number, known: ReadonlyMap<string, string>): Found | null {
  const item = items[at];
  if (item === undefined || item.punctuation !== null) return null;
  const next = items[at + 1];
  if (isAccountNoun(item) && next !== undefined) {
    const name = known.get(foldName(next.text)) ?? unheardOf(next);
    if (name !== undefined) return { item: placeItem(next, 'account', name), taken: 2 };
  }
  const name = known.get(foldName(item.text));
  const placing = PLACING.includes(items[at - 1]?.text ?? '');
  if (isAccountNoun(next) && (name !== undefined || placing)) {
    const said = name ?? unheardOf(item);
    return said === undefined ? null : { item: placeItem(item, 'account', said), taken: 2 };
  }
  if (name === undefined || item.names.length > 0) return null;
  const placed = placing || PLACED.includes(next?.text ?? '');
  return placed || item.unknown ? { item: placeItem(item, 'account', name), taken: 1 } : null;
}

const isAccountNoun = (item: Item | undefined): boolean =>
  item !== undefined && item.names.length === 0 && ACCOUNT_NOUNS.includes(item.text);

/** An account nobody configured is for the server to say so; it is never left out. */
function unheardOf(item: Item): string | undefined {
  const number = /^\d{12}$/u.test(item.text);
  return number || (item.unknown && /^[a-z][a-z0-9_.-]*$/u.test(item.text)) ? item.text : undefined;
}

/** A clause without its places, and those. */
export function parted(clause: Clause): { clause: Clause; place: Place } {
  const of = (type: 'region' | 'account'): string[] => [
    ...new Set(
      clause.items.flatMap((item) =>
        item.value?.type === type ? [(item.value as { text: string }).text] : [],
      ),
    ),
  ];
  const place = { regions: of('region'), accounts: of('account') };
  return isNowhere(place)
    ? { clause, place: NOWHERE }
    : { clause: { ...clause, items: placeless(clause.items) }, place };
}

export const placeless = (items: readonly Item[]): Item[] =>
  items.filter((item) => item.value?.type !== 'region' && item.value?.type !== 'account');

export const isNowhere = (place: Place): boolean => place.regions.length + place.accounts.length === 0;

/** Names are looked for where the clause says; with another account named, the server resolves them. */
export function contextIn(context: Context, place: Place): Context {
  if (isNowhere(place)) return context;
  const { regions, accounts } = place;
  const { directory } = context.index;
  const { gaps = [] } = directory;
  const entries = directory.entries.filter((entry) => regions.length === 0 || regions.includes(entry.region));
  // The directory is of one account and its regions: of any other place it knows nothing.
  const listed =
    accounts.length === 0 && regions.every((region) => entries.some((entry) => entry.region === region));
  const complete = directory.complete && listed;
  return { ...context, index: indexOf(complete ? { entries, complete } : { entries, complete, gaps }) };
}

/** Of a name that stands for several resources, those in the region that was said. */
export function clauseIn(clause: Clause, { regions }: Place): Clause {
  const there = (entry: DirectoryEntry): boolean => regions.includes(entry.region);
  const items = clause.items.map((item) =>
    item.names.length > 1 && item.names.some(there) ? { ...item, names: item.names.filter(there) } : item,
  );
  return regions.length === 0 ? clause : { ...clause, items };
}

/** An outcome at its place: a read looks at each that was said; a change at several is asked about. */
export function outcomeIn(outcome: Outcome, place: Place): Outcome {
  if (isNowhere(place)) return outcome;
  switch (outcome.type) {
    case 'nothing':
    case 'none':
    case 'refusal':
      return outcome;
    case 'calls': {
      const placed = outcome.calls.map((call) => callsIn(call, place));
      const unclear = outcome.calls.some((call, at) => call.risk !== 'read' && placed[at]?.length !== 1);
      return unclear
        ? { type: 'question', question: { code: 'unsure', choices: [] }, calls: [], entries: outcome.entries }
        : { ...outcome, calls: placed.flat() };
    }
    case 'question':
      return {
        ...outcome,
        question: questionIn(outcome.question, place),
        calls: outcome.calls.flatMap((call) => callsIn(call, place)),
      };
  }
}

function questionIn(question: Question, place: Place): Question {
  const choices = question.choices.flatMap((one): Choice[] =>
    callsIn(one.pick, place).map((pick) => ({ ...one, pick })),
  );
  if (question.code !== 'missing_value' || question.partial === undefined) return { ...question, choices };
  return { ...question, choices, partial: question.partial.flatMap((call) => callsIn(call, place)) };
}

/** The call at each place; none for a change in every account. */
function callsIn(call: PlannedCall, { regions, accounts }: Place): PlannedCall[] {
  if (!isToolName(call.tool)) return [call];
  if (call.risk !== 'read' && accounts.includes(EVERY_ACCOUNT)) return [];
  const some = <T>(list: readonly T[]): readonly (T | undefined)[] => (list.length > 0 ? list : [undefined]);
  return some(accounts).flatMap((account) =>
    some(regions).map((region) => ({
      ...call,
      arguments: {
        ...call.arguments,
        ...(region === undefined ? {} : { region }),
        ...(account === undefined ? {} : { account }),
      },
    })),
  );
}
