import { family, has, type Item } from './items.ts';
import type { Sense } from './vocabulary/concepts.ts';

const SENTENCE_ENDS = '.?!;';

const starts = (item: Item): boolean => family(item, 'act:').some((s) => s.concept === 'act:start');
const stops = (item: Item): boolean => family(item, 'act:').some((s) => s.concept === 'act:stop');

/** Beside the switching word nothing is said (`again`, `back`, `please`). */
const isBare = (item: Item): boolean =>
  item.names.length === 0 &&
  (item.text === 'back' || item.punctuation === ',' || has(item, 'plain') || has(item, 'mark:please'));

const joins = (item: Item): boolean =>
  item.names.length === 0 &&
  (item.punctuation === ',' || item.text === '再' || has(item, 'mark:and') || has(item, 'mark:then'));

/**
 * A stop that the same breath takes back (`turn web-1 off and on again`, `关掉再打开`) is a restart, not a stop.
 * Where the second half speaks of something else (`turn web-1 off and web-2 on`), its `on` is left as a word
 * that the first verb cannot explain, so that it is asked about.
 */
export function joinOffAndOn(items: readonly Item[]): Item[] {
  const out = [...items];
  for (const [at, item] of items.entries()) {
    if (item.names.length > 0 || (!stops(item) && !starts(item))) continue;
    const rest = restOf(items, at);
    const back = stops(item) ? switchAt(rest, 'mark:on') : switchAt(rest, 'mark:off');
    const closing = rest[back];
    if (closing === undefined) continue;
    const half = rest.slice(0, back);
    const join = half.findLastIndex((other) => joins(other) || other.names.length > 0);
    const isRestart = stops(item) && half[join] !== undefined && joins(half[join] ?? closing);
    if (isRestart && half.slice(join + 1).every(isBare)) {
      out[at] = { ...item, senses: item.senses.map(asRestart) };
      for (let i = join; i <= back; i += 1) {
        const old = out[at + 1 + i];
        if (old !== undefined) out[at + 1 + i] = { ...old, senses: [PLAIN], unknown: false, selector: null };
      }
    } else if (!starts(closing)) {
      const senses = closing.senses.filter((s) => s.concept !== 'plain');
      out[at + 1 + back] = { ...closing, senses };
    }
  }
  return out;
}

function restOf(items: readonly Item[], at: number): Item[] {
  const rest = items.slice(at + 1);
  const end = rest.findIndex((item) => item.punctuation !== null && SENTENCE_ENDS.includes(item.punctuation));
  return end === -1 ? rest : rest.slice(0, end);
}

/** Where a bare `on` or `off`, or after `再` a verb that starts, closes what was begun; -1 where nothing does. */
function switchAt(rest: readonly Item[], mark: 'mark:on' | 'mark:off'): number {
  return rest.findIndex((item, at) => {
    const again = mark === 'mark:on' && starts(item) && rest[at - 1]?.text === '再';
    const acted = rest
      .slice(0, at)
      .some((other) => other.names.length === 0 && family(other, 'act:').length > 0);
    return (again || has(item, mark)) && !acted && rest.slice(at + 1).every(isBare);
  });
}

const PLAIN: Sense = { concept: 'plain', mood: 'base', plural: false, passive: false, language: 'en' };

const asRestart = (sense: Sense): Sense =>
  sense.concept === 'act:stop' ? { ...sense, concept: 'act:restart' } : sense;
