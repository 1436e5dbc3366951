import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { type Item, newItem, type Selector } from './items.ts';
import { endsWord, isCjk, isHan, isHangul, isLatin, type Lexicon, startsWord } from './lexicon.ts';
import { literalAt } from './literals.ts';
import { foldId, foldName } from './normalise.ts';
import { correct } from './typing-mistakes.ts';
import type { Concept, Sense } from './vocabulary/concepts.ts';

const QUOTES = `"'\``;
const PUNCTUATION = ',.;:?!()[]{}、<>/|~^*=#-_\\@&$+';
const PLAIN: Sense = { concept: 'plain', mood: 'base', plural: false, passive: false, language: 'en' };
/** What may be glued to a word from behind beside particles. */
const GLUED: readonly Concept[] = [
  'mark:and',
  'ref:plural',
  'time:since',
  'time:until',
  'time:last_span',
  'unit:count',
  'mark:attributive',
  'mark:perfective',
  'ref:instead',
  'mark:except',
];

/** A normalised text as the words, names and figures it is made of. */
export function scan(text: string, lexicon: Lexicon, index: DirectoryIndex): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === ' ') {
      at += 1;
      continue;
    }
    const item =
      objectAt(text, at) ??
      quotation(text, at, index) ??
      datedWord(text, at, lexicon, items) ??
      literalAt(text, at, index) ??
      wordOrName(text, at, lexicon, index, items) ??
      mark(text, at) ??
      unknown(text, at, lexicon, index);
    items.push(item);
    at = Math.max(item.end, at + 1);
  }
  return loneCharacters(items).map((item) => namespaced(item, index));
}

/** A word that is a namespace's name is that too, whatever else it may mean. */
function namespaced(item: Item, index: DirectoryIndex): Item {
  if (item.value !== null || item.names.length > 0 || !index.namespaces.has(item.text)) return item;
  return { ...item, value: { type: 'namespace', text: item.text }, unknown: false };
}

/** An object with more closing braces than this is not looked for. */
const MOST_BRACES = 50;

/** An object written as JSON: data to be passed on, not words. */
function objectAt(text: string, at: number): Item | null {
  if (!/^\{ ?["}]/u.test(text.slice(at, at + 3))) return null;
  let tried = 0;
  for (let end = text.indexOf('}', at); end !== -1 && tried < MOST_BRACES; end = text.indexOf('}', end + 1)) {
    tried += 1;
    const object = objectOf(text.slice(at, end + 1));
    if (object !== null)
      return { ...newItem(at, end + 1, text.slice(at, end + 1)), value: { type: 'object', object } };
  }
  return null;
}

function objectOf(json: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null;
  } catch {
    // Braces that hold no JSON are punctuation.
    return null;
  }
}

function quotation(text: string, at: number, index: DirectoryIndex): Item | null {
  const quote = text[at] ?? '';
  if (!QUOTES.includes(quote)) return null;
  if (quote === "'" && (isLatin(text[at - 1]) || text[at + 1] === ' ')) return null;
  let close = text.indexOf(quote, at + 1);
  while (quote === "'" && close !== -1 && isLatin(text[close + 1])) close = text.indexOf(quote, close + 1);
  if (close === -1) return null;
  const inside = text.slice(at + 1, close).trim();
  const item = newItem(at, close + 1, inside);
  const names = index.byName.get(foldName(inside)) ?? index.byId.get(foldId(inside));
  if (names !== undefined) return { ...item, names };
  return { ...item, quoted: true };
}

/** `3월` begins with a figure and is a word all the same. */
function datedWord(text: string, at: number, lexicon: Lexicon, before: readonly Item[]): Item | null {
  if (!/[0-9]/u.test(text[at] ?? '') || !startsWord(text, at)) return null;
  const word = knownWord(text, at, lexicon, before);
  return word?.senses.some((s) => s.concept.startsWith('month:')) === true ? word : null;
}

function mark(text: string, at: number): Item | null {
  const char = text[at] ?? '';
  if (!PUNCTUATION.includes(char) && !QUOTES.includes(char)) return null;
  return { ...newItem(at, at + 1, char), punctuation: char };
}

function wordOrName(
  text: string,
  at: number,
  lexicon: Lexicon,
  index: DirectoryIndex,
  before: readonly Item[],
): Item | null {
  const name = startsWord(text, at) ? nameAt(text, at, index, lexicon) : null;
  const word = startsWord(text, at) ? knownWord(text, at, lexicon, before) : null;
  if (name !== null && name.end >= (word?.end ?? 0)) {
    const item = newItem(at, name.end, text.slice(at, name.end));
    const alsoWord = word !== null && word.end === name.end ? word : null;
    // A service called `search` or `inventory` is what a change is of: no word that looks can be.
    const machine = name.entries.some(({ kind }) => kind === 'instance');
    const spelt =
      alsoWord?.senses.some((s) => machine || !s.concept.startsWith('read:')) === true ||
      alsoWord?.number != null ||
      spelledByWords(item.text, lexicon);
    return {
      ...item,
      names: name.entries,
      senses: alsoWord?.senses ?? [],
      collides: spelt && !/\d/u.test(item.text),
    };
  }
  return word === null ? null : withSelector(word, index);
}

/** `all in one` as a name is made of words only: it may have been meant as words. */
function spelledByWords(text: string, lexicon: Lexicon): boolean {
  if (!text.includes(' ')) return false;
  const words = text.split(' ').map((word) => lexicon.lookup(word));
  if (words.includes(null)) return false;
  return words.some(
    (word) => word?.senses.some((s) => /^(?:act|ref|mark|state|read):/u.test(s.concept)) === true,
  );
}

function nameAt(
  text: string,
  from: number,
  index: DirectoryIndex,
  lexicon: Lexicon,
): { end: number; entries: DirectoryEntry[] } | null {
  let best: { end: number; entries: DirectoryEntry[] } | null = null;
  let folded = '';
  for (let at = from; at < text.length && folded.length < index.longestName; at += 1) {
    const char = text[at] ?? '';
    if (' -_.'.includes(char)) {
      if (folded === '') return null;
      continue;
    }
    folded += char;
    if (!endsWord(text, at + 1)) continue;
    const entries = index.byName.get(folded);
    if (entries === undefined) continue;
    const more = best === null ? '' : text.slice(best.end, at + 1);
    if (more.startsWith(' ') && lexicon.lookup(more.trim()) !== null) continue;
    best = { end: at + 1, entries };
  }
  return best;
}

function knownWord(text: string, at: number, lexicon: Lexicon, before: readonly Item[]): Item | null {
  const match = lexicon.match(text, at);
  if (match === null) return null;
  const item = {
    ...newItem(at, match.end, text.slice(at, match.end)),
    number: match.number,
    roles: match.roles,
  };
  const glued = isHangul(text[at]) && at > 0 && text[at - 1] !== ' ' && before.at(-1)?.end === at;
  const particle = match.senses.some((sense) => sense.concept === 'particle');
  const korean = isHangul(text[at]);
  if (korean && glued && particle)
    return {
      ...item,
      number: null,
      senses: match.senses.filter((s) => s.concept === 'particle' || GLUED.includes(s.concept)),
    };
  const senses = korean && !glued ? match.senses.filter((s) => s.concept !== 'particle') : match.senses;
  if (senses.length === 0 && match.number === null && match.roles.length === 0) return null;
  if (korean && item.text.length === 1 && !standsAlone(text, match.end, lexicon, before.at(-1))) return null;
  return { ...item, senses };
}

/** A one-syllable Korean word must be the whole word, up to particles and counted units. */
function standsAlone(text: string, end: number, lexicon: Lexicon, before: Item | undefined): boolean {
  let run = '';
  for (let at = end; isHangul(text[at]); at += 1) run += text[at];
  if (run === '' || lexicon.isParticle(run)) return true;
  if (before?.value?.type === 'number' || before?.number != null) return true;
  const next = lexicon.match(text, end);
  return next?.senses.some((s) => s.concept.startsWith('unit:') || s.concept.startsWith('time:')) === true;
}

function withSelector(item: Item, index: DirectoryIndex): Item {
  if (item.roles.length === 0) return item;
  const spellings = item.roles;
  const entries = new Set<DirectoryEntry>();
  const tags = new Map<string, { key: string; value: string }>();
  for (const word of spellings) {
    for (const entry of index.byPart.get(word) ?? []) entries.add(entry);
    for (const tag of index.byTagValue.get(word) ?? []) tags.set(`${tag.key}=${tag.value}`, tag);
  }
  const plural = item.senses.some((sense) => sense.plural) || /[a-z]s$/u.test(item.text);
  return { ...item, selector: { text: item.text, entries: [...entries], tags: [...tags.values()], plural } };
}

function unknown(text: string, at: number, lexicon: Lexicon, index: DirectoryIndex): Item {
  const end = unknownEnd(text, at, lexicon);
  const item = newItem(at, end, text.slice(at, end));
  const namespace = index.namespaces.has(item.text);
  const selector = selectorOf(item.text, lexicon, index);
  if (namespace) return { ...item, value: { type: 'namespace', text: item.text }, selector };
  if (selector !== null) return { ...item, selector, roles: [item.text] };
  if (index.tagKeys.has(item.text)) return { ...item, senses: [PLAIN] };
  const meant = correct(item.text, lexicon, index);
  if (meant !== null) {
    const found = lexicon.lookup(meant);
    // A name that is nearly a city's is still an unknown name.
    const isPlace = found?.senses.some((s) => s.concept.startsWith('region:')) === true;
    if (found !== null && !isPlace) return { ...item, senses: found.senses, corrected: true };
  }
  if (/^[a-z]+(?:_[a-z0-9]+)+$/u.test(item.text))
    return { ...item, value: { type: 'identifier', text: item.text }, unknown: true };
  return { ...item, unknown: true };
}

function unknownEnd(text: string, from: number, lexicon: Lexicon): number {
  let at = from + 1;
  if (isLatin(text[from])) {
    while (
      at < text.length &&
      (isLatin(text[at]) || (/[-_.:/@]/u.test(text[at] ?? '') && isLatin(text[at + 1])))
    )
      at += 1;
    return at;
  }
  if (!isCjk(text[from])) return at;
  while (isCjk(text[at])) {
    const next = isHangul(text[at]) || isHan(text[at]) ? lexicon.match(text, at) : null;
    const length = next === null ? 0 : next.end - at;
    if (isHan(text[at]) ? length > 0 : length > 1) break;
    at += 1;
  }
  return isHangul(text[from]) ? beforeParticle(text, from, at, lexicon) : at;
}

function beforeParticle(text: string, from: number, end: number, lexicon: Lexicon): number {
  for (let cut = from + 2; cut < end; cut += 1) if (lexicon.isParticle(text.slice(cut, end))) return cut;
  return end;
}

/** Names and tags that a word picks out: as it stands, in the singular, or in another usual spelling. */
function selectorOf(word: string, lexicon: Lexicon, index: DirectoryIndex): Selector | null {
  const singular = /[^s]s$/u.test(word) ? word.slice(0, -1) : null;
  const forms = singular === null ? [word] : [word, singular];
  for (const form of forms) {
    const spellings = [...new Set([form, ...(lexicon.lookup(form)?.roles ?? [])])];
    const entries = [...new Set(spellings.flatMap((spelling) => index.byPart.get(spelling) ?? []))];
    const tags = spellings.flatMap((spelling) => index.byTagValue.get(foldName(spelling)) ?? []);
    if (entries.length > 0 || tags.length > 0) return { text: word, entries, tags, plural: form !== word };
  }
  return null;
}

/** A one-character Chinese verb inside an unknown word is a piece of that word (`相关` is not `关`). */
function loneCharacters(items: Item[]): Item[] {
  return items.map((item, i) => {
    if (item.text.length !== 1 || !isHan(item.text) || !item.senses.some((s) => s.concept.startsWith('act:')))
      return item;
    const before = items[i - 1];
    const after = items[i + 1];
    const inside =
      (before?.unknown === true && before.end === item.at && isHan(before.text.at(-1))) ||
      (after?.unknown === true && after.at === item.end && isHan(after.text[0]));
    return inside ? { ...item, senses: [], unknown: true } : item;
  });
}
