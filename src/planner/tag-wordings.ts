import { any, family, has, type Item, newItem, type Value } from './items.ts';
import type { Act } from './vocabulary/concepts.ts';

/**
 * What a clause says of tags by key, made whole before its targets are looked for: the key and the value of
 * `set the env tag of api-1 to staging` are no resources, and `remove the owner tag from web-2` removes a tag,
 * not a machine. The tag word itself stays.
 */
export function joinTagWordings(items: readonly Item[], acting: Item, act: Act): Item[] {
  if (act === 'terminate' || act === 'detach' || (act === 'tag' && /^untag/u.test(acting.text)))
    return untagged(items, acting);
  if (!SETTING.includes(act)) return [...items];
  const paired = act === 'tag' ? pairAfter(colonPairs(items), acting) : [...items];
  const word = paired.findIndex((item) => item !== acting && isTagWord(item));
  return word === -1 ? paired : assigned(colonPairs(paired), word);
}

const SETTING: readonly Act[] = ['tag', 'set', 'grow'];

/** The noun: `tagged` says what something carries. */
const isTagWord = (item: Item): boolean =>
  item.names.length === 0 &&
  (has(item, 'topic:tag_word') || has(item, 'topic:owner')) &&
  !/ed(?: |$)/u.test(item.text);

/** `owner tag` may be one word of the vocabulary: its key and its noun at once. */
const inner = (item: Item): string | null =>
  has(item, 'topic:owner') ? (item.text.split(' ')[0] ?? null) : null;

const DETERMINER = /^(?:the|a|an|my|our|your|its|their|this|that|these|those|both|all|any|every|each)$/u;
const KEY = /^[a-z][a-z0-9_./-]*$/u;
const GRAMMAR = /^(?:mark|ref|act|read|time|unit):/u;

/** A word that can be a tag's key: Latin letters, no grammar. */
const isKey = (item: Item | undefined): item is Item =>
  item !== undefined &&
  item.names.length === 0 &&
  KEY.test(item.text) &&
  !DETERMINER.test(item.text) &&
  !item.senses.some((s) => GRAMMAR.test(s.concept));

const isAnd = (item: Item | undefined): boolean =>
  item !== undefined && (has(item, 'mark:and') || item.punctuation === ',');

/** The keys that stand right before a tag word, as the place where they begin. */
function keysBefore(items: readonly Item[], word: number): { from: number; keys: string[] } {
  const own = inner(items[word] ?? newItem(0, 0, ''));
  const keys: string[] = own === null ? [] : [own];
  let from = word;
  const first = items[word - 1];
  if (keys.length === 0 && isKey(first)) {
    keys.unshift(first.text);
    from = word - 1;
  }
  while (keys.length > 0 && isAnd(items[from - 1]) && isKey(items[from - 2])) {
    keys.unshift(items[from - 2]?.text ?? '');
    from -= 2;
  }
  return { from, keys };
}

const valued = (item: Item, value: Value): Item => ({
  ...newItem(item.at, item.end, item.text),
  value,
});

/** With a tag as the verb's object, keys to be removed; as it was otherwise (`delete the servers with that tag`). */
function untagged(items: readonly Item[], acting: Item): Item[] {
  const word = items.findIndex(isTagWord);
  const verb = items.indexOf(acting);
  if (word === -1) return untaggedKey(items, verb);
  if (verb === -1) return [...items];
  const { from, keys } = keysBefore(items, word);
  const after = items[word + 1];
  const named = keys.length === 0 && word > verb && isKey(after) ? [after.text] : [];
  const end = named.length > 0 ? word + 1 : word;
  // `delete api-1 and the owner tag of web-2`: two things to do, not two machines with a tag.
  const split = word > verb && hasName(items.slice(verb, from)) && hasName(items.slice(end));
  const isObject =
    !split && (word > verb ? opens(items, verb, from) && closes(items, end) : precedes(items, word, verb));
  const noun = items[word];
  if (!isObject || noun === undefined) return [...items];
  const all = any(items.slice(verb, word), 'ref:all');
  const value: Value = { type: 'untag', keys: all ? [] : keys.length > 0 ? keys : named };
  return [...items.slice(0, from), valued(noun, value), ...items.slice(end + 1)];
}

/** `untag owner from web-2`: the verb says what the key is. */
function untaggedKey(items: readonly Item[], verb: number): Item[] {
  const [key, from] = items.slice(verb + 1);
  const said = verb !== -1 && /^untag/u.test(items[verb]?.text ?? '') && isKey(key);
  if (!said || from === undefined || !FROM.test(from.text)) return [...items];
  return items.map((item) => (item === key ? valued(key, { type: 'untag', keys: [key.text] }) : item));
}

/** Between the verb and the tag: articles, or whose tag it is (`web-2's`, `web-2 的`). */
function opens(items: readonly Item[], verb: number, from: number): boolean {
  return items.slice(verb + 1, from).every(
    (item, at, between) =>
      item.names.length > 0 ||
      DETERMINER.test(item.text) ||
      has(item, 'particle') ||
      has(item, 'mark:attributive') ||
      has(item, 'mark:please') ||
      // `web-1 and web-2's owner tag`, but not `web-2 and its owner tag`.
      (has(item, 'mark:and') && between[at + 1]?.names.length !== 0),
  );
}

const hasName = (items: readonly Item[]): boolean => items.some((item) => item.names.length > 0);

const FROM = /^(?:from|on|of|off|for|in|at)$/u;

/** After the tag: nothing, courtesies, or where it is to be taken from. */
function closes(items: readonly Item[], end: number): boolean {
  const next = items.slice(end + 1).find((item) => !has(item, 'mark:please'));
  if (next === undefined) return true;
  if (has(next, 'mark:attributive') || family(next, 'kind:').length > 0 || next.names.length > 0)
    return false;
  return (
    FROM.test(next.text) || has(next, 'mark:perfective') || has(next, 'particle') || has(next, 'mark:and')
  );
}

/** Object before verb: `owner 태그(를) 지워줘`, `把 … owner 标签删掉`. */
function precedes(items: readonly Item[], word: number, verb: number): boolean {
  return items
    .slice(word + 1, verb)
    .every(
      (item) =>
        /^(?:를|을|은|는|도|만)$/u.test(item.text) || has(item, 'mark:please') || has(item, 'ref:all'),
    );
}

/** `env:staging` with a tag spoken of. */
function colonPairs(items: readonly Item[]): Item[] {
  return items.map((item) => {
    const pair = item.unknown ? /^([a-z][a-z0-9_-]*):([a-z0-9_./-]+)$/u.exec(item.text) : null;
    return pair === null ? item : valued(item, { type: 'tag', key: pair[1] ?? '', value: pair[2] ?? '' });
  });
}

/** `tag web-1 with env staging`, `… as env staging`. */
function pairAfter(items: readonly Item[], acting: Item): Item[] {
  const at = items.findIndex((item) => item.at > acting.at && /^(?:with|as)$/u.test(item.text));
  const [key, value, ...rest] = at === -1 ? [] : items.slice(at + 1);
  if (!isKey(key) || value === undefined || !isValue(value)) return [...items];
  if (rest.some((item) => !has(item, 'mark:please'))) return [...items];
  return [...items.slice(0, at + 1), valued(key, { type: 'tag', key: key.text, value: value.text }), ...rest];
}

const isValue = (item: Item): boolean =>
  item.punctuation === null &&
  (item.value === null || item.value.type === 'number') &&
  /[a-z0-9]/u.test(item.text);

/** The key and the value it gets, made one tag. */
function assigned(items: readonly Item[], word: number): Item[] {
  const { from, keys } = keysBefore(items, word);
  const [key] = keys;
  if (key === undefined || keys.length > 1) return [...items];
  const at = valueAt(items, word);
  const value = items[at];
  // A key whose value is not said is still no resource.
  if (value === undefined) return items.filter((_, i) => i < from || i >= word);
  const pair = valued(value, { type: 'tag', key, value: value.text });
  return items.filter((_, i) => !(i >= from && i < word)).map((item) => (item === value ? pair : item));
}

/** Where the value stands: after `to` or a verb that means it, or before Korean `로`. */
function valueAt(items: readonly Item[], word: number): number {
  const names = items.filter((item) => item.names.length > 0).length;
  return items.findIndex((item, i) => {
    if (i <= word || !isValue(item) || (item.names.length > 0 && names < 2)) return false;
    const before = items[i - 1]?.text ?? '';
    const next = items[i + 1];
    if (/^(?:로|으로)$/u.test(next?.text ?? '')) return true;
    const closed =
      next === undefined || has(next, 'mark:please') || FROM.test(next.text) || has(next, 'particle');
    return (
      closed &&
      /^(?:to|as|为|成|改成|改为|设为|设成|设置为|设置成|改到|换成|变更为|修改为|调成)$/u.test(before)
    );
  });
}
