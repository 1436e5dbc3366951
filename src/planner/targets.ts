import type { DirectoryEntry, ResourceKind } from '../../mcp-server/contract/directory.ts';
import { ALTERNATIVES } from './clauses.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { stemOf } from './directory-index.ts';
import { excludedFrom } from './exclusions.ts';
import { any, family, has, type Item } from './items.ts';
import { foldName } from './normalise.ts';
import { closeNames } from './typing-mistakes.ts';

/** What a clause points at. */
export type Targets =
  | { type: 'none' }
  | { type: 'found'; entries: DirectoryEntry[]; named: boolean }
  | { type: 'ambiguous'; mention: string; entries: DirectoryEntry[] }
  | { type: 'unknown'; mention: string; close: DirectoryEntry[] }
  | { type: 'wrong_kind'; mention: string; entries: DirectoryEntry[] }
  | { type: 'sweep'; mention: string }
  /** More than the limit, each of them named. */
  | { type: 'too_many' };

type TargetQuery = {
  items: readonly Item[];
  /** Kinds the tool can take. */
  kinds: readonly ResourceKind[];
  index: DirectoryIndex;
  /** What `it` can mean, latest first. */
  referents: readonly DirectoryEntry[];
  /** A change takes nothing but what was said; a read may take the one close match. */
  forChange: boolean;
  /** For what takes capacity away or interrupts: how many at once; null for anything else. */
  limit: number | null;
  /** Figures in the clause pick a machine (`web server 1`) rather than fill an argument. */
  figuresPick: boolean;
};

export function targetsOf(query: TargetQuery): Targets {
  const { included, excluded } = excludedFrom(query.items);
  const without = new Set(excluded.flatMap((item) => item.names.map((entry) => entry.id)));
  const named = included.filter((item) => item.names.length > 0);
  if (named.length > 0) return byName(named, included, query, without);
  const stray = query.forChange ? strayMention(included) : nameLike(included);
  if (stray !== null) return unknownName(stray, query);
  return byDescription(included, excluded, query, without);
}

/** The kinds that nouns of the clause name (`server`, `함수`, `数据库`). */
export function saidKinds(items: readonly Item[]): ResourceKind[] {
  const kinds = items
    .filter((item) => item.names.length === 0)
    .flatMap((item) => family(item, 'kind:').map((s) => s.concept.slice('kind:'.length) as ResourceKind));
  return [...new Set(kinds)];
}

function byName(
  named: readonly Item[],
  items: readonly Item[],
  query: TargetQuery,
  without: Set<string>,
): Targets {
  const found = new Map<string, DirectoryEntry>();
  const places = named.filter((item) => isPlace(item, query.kinds));
  for (const item of named) {
    if (places.includes(item)) continue;
    const all = item.names.filter((entry) => query.kinds.includes(entry.kind));
    const fit = all.length > 1 ? all.filter((entry) => places.every((place) => holds(place, entry))) : all;
    if (fit.length === 0 && all.length > 0) return { type: 'ambiguous', mention: item.text, entries: all };
    if (fit.length === 0) return { type: 'wrong_kind', mention: item.text, entries: item.names };
    if (fit.length > 1) return { type: 'ambiguous', mention: item.text, entries: fit };
    if (query.forChange && item.collides && !isSupported(item, items))
      return { type: 'ambiguous', mention: item.text, entries: fit };
    for (const entry of fit) if (!without.has(entry.id)) found.set(entry.id, entry);
  }
  const entries = [...found.values()];
  const elsewhere = places.find(
    (place) => entries.length === 0 || !entries.every((one) => holds(place, one)),
  );
  if (elsewhere) return { type: 'wrong_kind', mention: elsewhere.text, entries: elsewhere.names };
  if (query.forChange) {
    if (entries.length > 1 && isAlternative(items))
      return { type: 'ambiguous', mention: named[0]?.text ?? '', entries };
    const stray = strayMention(items);
    if (stray !== null) return unknownName(stray, query);
    const against = items.find(
      (item) => item.selector !== null && item.names.length === 0 && !entries.some((e) => picks(item, e)),
    );
    if (against !== undefined && isTagged(against))
      return { type: 'ambiguous', mention: against.text, entries };
    if (any(items, 'ref:everything')) return { type: 'sweep', mention: named[0]?.text ?? '' };
    if (any(items, 'ref:all') && entries.length < 2)
      return saidKinds(items).length > 0 || any(items, 'mark:but')
        ? { type: 'sweep', mention: named[0]?.text ?? '' }
        : { type: 'ambiguous', mention: named[0]?.text ?? '', entries };
    if (query.limit !== null && entries.length > query.limit) return { type: 'too_many' };
  }
  return entries.length === 0 ? { type: 'none' } : { type: 'found', entries, named: true };
}

/** `the worker in lab`: a cluster that is named says where, when what is meant is something else. */
const isPlace = (item: Item, kinds: readonly ResourceKind[]): boolean =>
  !kinds.includes('cluster') && item.names.every((entry) => entry.kind === 'cluster');

const holds = (place: Item, entry: DirectoryEntry): boolean =>
  place.names.some(({ name }) => name === entry.parent);

/** `gw-1 or gw-2`, `one of the gateways`: which one is for the person to say. */
const isAlternative = (items: readonly Item[]): boolean =>
  any(items, 'ref:one_of') || items.some((item) => ALTERNATIVES.includes(item.text));

const isTagged = (item: Item): boolean =>
  (item.selector?.tags.length ?? 0) + (item.selector?.entries.length ?? 0) > 0;

const picks = (item: Item, entry: DirectoryEntry): boolean =>
  item.selector !== null &&
  (item.selector.entries.includes(entry) || item.selector.tags.some((t) => entry.tags?.[t.key] === t.value));

/** `the instance all` says that `all` is a name; `stop all` does not. */
function isSupported(item: Item, items: readonly Item[]): boolean {
  const at = items.indexOf(item);
  const near = [items[at - 1], items[at + 1]];
  return near.some(
    (other) =>
      other !== undefined && (family(other, 'kind:').length > 0 || /^(?:named|called)$/u.test(other.text)),
  );
}

/** A word that nothing explains stands where a target would: it may be a name we do not know. */
function strayMention(items: readonly Item[]): Item | null {
  return items.find((item) => item.unknown && item.value === null) ?? null;
}

/** A word that nothing explains and that is shaped as names are. */
export function nameLike(items: readonly Item[]): Item | null {
  const shaped = items.find(
    (item) => item.unknown && item.value === null && /[a-z].*[-_0-9]|[-_0-9].*[a-z]/u.test(item.text),
  );
  return shaped ?? null;
}

function unknownName(item: Item, query: TargetQuery): Targets {
  const { index, kinds } = query;
  const folded = foldName(item.text);
  const close = closeNames(folded, index)
    .flatMap((name) => index.byName.get(name) ?? [])
    .filter((entry) => kinds.includes(entry.kind));
  const only = close[0];
  if (!query.forChange && close.length === 1 && only !== undefined)
    return { type: 'found', entries: [only], named: false };
  const stem = stemOf(item.text);
  const siblings = poolOf(query).filter((entry) => stem.length > 1 && stemOf(entry.name) === stem);
  return { type: 'unknown', mention: item.text, close: [...new Set([...close, ...siblings])] };
}

function poolOf({ index, kinds }: TargetQuery): DirectoryEntry[] {
  return kinds.flatMap((kind) => index.byKind.get(kind) ?? []);
}

const STATES = { 'state:running': 'running', 'state:stopped': 'stopped' } as const;

function byDescription(
  items: readonly Item[],
  excluded: readonly Item[],
  query: TargetQuery,
  without: Set<string>,
): Targets {
  const selectors = items.filter((item) => item.selector !== null && family(item, 'kind:').length === 0);
  const tags = items.filter((item) => item.value?.type === 'tag');
  const nouns = items.filter((item) => family(item, 'kind:').length > 0);
  // Only machines run or are stopped: `what sql is it running` picks no database.
  const stateful = query.kinds.includes('instance');
  const states = Object.entries(STATES).filter(
    ([concept]) => stateful && any(items, concept as keyof typeof STATES),
  );
  const all = any(items, 'ref:all') || any(items, 'ref:everything');
  const both = any(items, 'ref:both');
  const bare = selectors.length === 0 && tags.length === 0 && states.length === 0;
  const mention = describe([...selectors, ...tags, ...nouns], items);
  if (query.forChange && any(items, 'ref:everything')) return { type: 'sweep', mention };
  if (bare) return byReference(items, nouns, all, both, excluded, query, mention);
  const sets = [true, false].map((preferNames) => narrowed(items, selectors, query, preferNames, without));
  const [pool = [], other = []] = sets;
  if (query.forChange && !sameSet(pool, other)) {
    if (pool.length > 0 && other.length > 0)
      return { type: 'ambiguous', mention, entries: [...new Set([...pool, ...other])] };
  }
  const picked = pool.length > 0 ? pool : other;
  const plural =
    !any(items, 'ref:one_of') &&
    (all || both || countsAll(items, picked.length) || isPlural([...selectors, ...nouns], items));
  return fromPool(picked, { plural, both, all, mention, query, excluded });
}

function fromPool(
  pool: DirectoryEntry[],
  said: {
    plural: boolean;
    both: boolean;
    all: boolean;
    mention: string;
    query: TargetQuery;
    excluded: readonly Item[];
  },
): Targets {
  const { mention, query } = said;
  if (pool.length === 0) return { type: 'unknown', mention, close: [] };
  if (pool.length === 1) return { type: 'found', entries: pool, named: false };
  if (!said.plural || (said.both && pool.length !== 2)) return { type: 'ambiguous', mention, entries: pool };
  if (query.limit !== null && isSweep(pool, query.limit, query)) return { type: 'sweep', mention };
  return { type: 'found', entries: pool, named: false };
}

/** Half of a kind, counted from three up, or more than the limit. */
function isSweep(pool: readonly DirectoryEntry[], limit: number, query: TargetQuery): boolean {
  const kind = pool[0]?.kind;
  const total = kind === undefined ? 0 : (query.index.byKind.get(kind)?.length ?? 0);
  return pool.length > limit || (pool.length >= 3 && pool.length * 2 > total);
}

function narrowed(
  items: readonly Item[],
  selectors: readonly Item[],
  query: TargetQuery,
  preferNames: boolean,
  without: Set<string>,
): DirectoryEntry[] {
  let pool = poolOf(query);
  for (const item of selectors) {
    const selector = item.selector;
    if (selector === null) continue;
    const chosen = new Set(selector.entries);
    const names = pool.filter((entry) => chosen.has(entry));
    const tagged = pool.filter((entry) => selector.tags.some((tag) => entry.tags?.[tag.key] === tag.value));
    const [first, second] = preferNames ? [names, tagged] : [tagged, names];
    pool = first.length > 0 ? first : second;
  }
  for (const item of items) {
    const tag = item.value?.type === 'tag' ? item.value : null;
    if (tag !== null) pool = pool.filter((entry) => hasTag(entry, tag.key, tag.value));
  }
  for (const [concept, state] of Object.entries(STATES))
    if (query.kinds.includes('instance') && any(items, concept as keyof typeof STATES))
      pool = pool.filter((entry) => entry.state === state);
  if (query.figuresPick && pool.length > 1) pool = byFigure(items, pool);
  return pool.filter((entry) => !without.has(entry.id));
}

function hasTag(entry: DirectoryEntry, key: string, value: string): boolean {
  return Object.entries(entry.tags ?? {}).some(
    ([k, v]) => k.toLowerCase() === key.toLowerCase() && foldName(v) === foldName(value),
  );
}

function byFigure(items: readonly Item[], pool: DirectoryEntry[], strict = false): DirectoryEntry[] {
  const figures = items.filter((item) => item.value?.type === 'number' && item.number === null);
  const figure = figures[0]?.value;
  if (figure?.type !== 'number') return pool;
  if (figures.length > 1) return strict ? [] : pool;
  const fit = pool.filter((entry) => Number(/(\d+)$/u.exec(entry.name)?.[1] ?? Number.NaN) === figure.value);
  return fit.length > 0 || strict ? fit : pool;
}

function countsAll(items: readonly Item[], size: number): boolean {
  return (
    size > 1 &&
    items.some((item) => item.value?.type === 'number' && item.value.value === size && item.number !== null)
  );
}

function isPlural(described: readonly Item[], items: readonly Item[]): boolean {
  if (any(items, 'ref:plural') || any(items, 'ref:each')) return true;
  return described.some((item) => item.selector?.plural === true || item.senses.some((s) => s.plural));
}

const sameSet = (left: readonly DirectoryEntry[], right: readonly DirectoryEntry[]): boolean => {
  const known = new Set(right);
  return left.length === right.length && left.every((entry) => known.has(entry));
};

function describe(described: readonly Item[], items: readonly Item[]): string {
  const texts = described.map((item) => item.text);
  return texts.length > 0 ? texts.join(' ') : (items[0]?.text ?? '');
}

function byReference(
  items: readonly Item[],
  nouns: readonly Item[],
  all: boolean,
  both: boolean,
  excluded: readonly Item[],
  query: TargetQuery,
  mention: string,
): Targets {
  const able = query.referents.filter((entry) => query.kinds.includes(entry.kind));
  const referents = query.figuresPick ? byFigure(items, able, true) : able;
  if (any(items, 'ref:other_one')) return otherOne(referents, query, mention);
  const many = any(items, 'ref:them') || (both && referents.length === 2);
  const one = any(items, 'ref:it') || any(items, 'ref:its');
  const unmatched = items.find((item) => item.roles.length > 0 && item.selector === null);
  if (unmatched !== undefined) return { type: 'unknown', mention: unmatched.text, close: [] };
  if (many && referents.length > 0) return { type: 'found', entries: referents, named: false };
  const plural = isPlural(nouns, items);
  if (!query.forChange && (all || plural) && nouns.length > 0)
    return { type: 'found', entries: poolOf(query), named: false };
  if (excluded.length > 0 && !one && query.forChange) return { type: 'sweep', mention };
  if (all && !one)
    return nouns.length > 0 || excluded.length > 0 || query.forChange
      ? { type: 'sweep', mention }
      : { type: 'none' };
  if (plural && query.forChange && nouns.length > 0) return { type: 'sweep', mention };
  if (one || nouns.length > 0 || any(items, 'ref:them')) {
    const [only] = referents;
    if (referents.length === 1 && only !== undefined) return { type: 'found', entries: [only], named: false };
    if (referents.length > 1) return { type: 'ambiguous', mention, entries: referents };
  }
  const [sole] = referents;
  const unsaid = nouns.length === 0 && !many && excluded.length === 0;
  return unsaid && referents.length === 1 && sole !== undefined
    ? { type: 'found', entries: [sole], named: false }
    : { type: 'none' };
}

function otherOne(referents: readonly DirectoryEntry[], query: TargetQuery, mention: string): Targets {
  const [latest] = referents;
  if (latest === undefined) return { type: 'none' };
  const siblings = (query.index.byKind.get(latest.kind) ?? []).filter(
    (entry) => stemOf(entry.name) === stemOf(latest.name) && !referents.some((said) => said.id === entry.id),
  );
  const [only] = siblings;
  if (siblings.length === 1 && only !== undefined) return { type: 'found', entries: [only], named: false };
  return siblings.length === 0 ? { type: 'none' } : { type: 'ambiguous', mention, entries: siblings };
}

export const isReference = (item: Item): boolean =>
  (['ref:it', 'ref:its', 'ref:them', 'ref:other_one', 'ref:both'] as const).some((concept) =>
    has(item, concept),
  );
