import type { DirectoryIndex } from './directory-index.ts';
import type { Lexicon } from './lexicon.ts';
import { EVERYDAY_WORDS } from './vocabulary/everyday-words.ts';

/** Damerau-Levenshtein distance (optimal string alignment), given up beyond `limit`. */
export function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

/**
 * The vocabulary word that was meant, when exactly one is close: one slip up to six letters, two beyond.
 * A short word with one letter exchanged is more likely another word than a slip.
 */
export function correct(word: string, lexicon: Lexicon, index: DirectoryIndex): string | null {
  if (!/^[a-z]{3,}$/u.test(word) || EVERYDAY_WORDS.has(word)) return null;
  const limit = word.length >= 7 ? 2 : 1;
  let best: { word: string; slips: number } | null = null;
  let rivals = 0;
  for (let length = Math.max(4, word.length - limit); length <= word.length + limit; length += 1)
    for (const known of lexicon.words.get(length) ?? []) {
      if (known[0] !== word[0] || (word.length < 6 && exchanged(word, known))) continue;
      const steps = distance(word, known, limit);
      if (steps > limit) continue;
      const slips = swapped(word, known) ? steps - 0.5 : steps;
      if (best === null || slips < best.slips) {
        best = { word: known, slips };
        rivals = 0;
      } else if (slips === best.slips && !sameMeaning(best.word, known, lexicon)) rivals += 1;
    }
  if (best === null || rivals > 0 || nearerName(word, Math.ceil(best.slips), index)) return null;
  return best.word;
}

/** Letters in another order are the commonest slip. */
const swapped = (word: string, known: string): boolean =>
  word.length === known.length && [...word].sort().join('') === [...known].sort().join('');

function exchanged(word: string, known: string): boolean {
  if (word.length !== known.length) return false;
  let different = 0;
  for (let at = 0; at < word.length; at += 1) if (word[at] !== known[at]) different += 1;
  return different === 1;
}

function sameMeaning(one: string, other: string, lexicon: Lexicon): boolean {
  const [left, right] = [lexicon.lookup(one), lexicon.lookup(other)];
  if (left === null || right === null) return false;
  return left.senses.some((a) => right.senses.some((b) => a.concept === b.concept));
}

function nearerName(word: string, slips: number, index: DirectoryIndex): boolean {
  for (let length = word.length - slips; length <= word.length + slips; length += 1)
    for (const name of index.namesByLength.get(length) ?? [])
      if (distance(word, name, slips) <= slips) return true;
  return false;
}

/** Names that were probably meant: a slip away, digits never exchanged. */
export function closeNames(word: string, index: DirectoryIndex, limit = 2): string[] {
  const digits = word.replace(/\D/gu, '');
  const found: { name: string; slips: number }[] = [];
  for (let length = Math.max(2, word.length - limit); length <= word.length + limit; length += 1)
    for (const name of index.namesByLength.get(length) ?? []) {
      if (name.replace(/\D/gu, '') !== digits) continue;
      const slips = distance(word, name, limit);
      if (slips > 0 && slips <= limit && slips * 3 <= name.length) found.push({ name, slips });
    }
  const least = Math.min(...found.map((close) => close.slips));
  return found.filter((close) => close.slips === least).map((close) => close.name);
}
