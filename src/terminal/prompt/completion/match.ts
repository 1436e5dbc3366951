import { foldCase, foldName } from '../../../../mcp-server/contract/name-folding.ts';

/** How well a name fits what is written so far; the least first. */
const RANKS = { begins: 0, beginsFolded: 1, holdsWord: 2, holds: 3, scattered: 4 } as const;
type Rank = (typeof RANKS)[keyof typeof RANKS];

/** A name that begins as it is written, so that taking it is no guess. */
export function isBeginning(rank: Rank): boolean {
  return rank <= RANKS.beginsFolded;
}

/** A thing with its name as names are compared: folded once, for it is compared at every key. */
export type Named<Thing> = { thing: Thing; has: string; letters: string };

export function named<Thing>(thing: Thing, name: string): Named<Thing> {
  return { thing, has: foldCase(name), letters: foldName(name) };
}

/**
 * Case and width folded, then separators too (`web1` begins as `web-1` does), then what holds the letters, then
 * what has them in their order. null: it does not fit. Nothing written fits everything.
 */
function rankOf({ has, letters }: Named<unknown>, written: Named<unknown>): Rank | null {
  if (has.startsWith(written.has)) return RANKS.begins;
  if (written.letters === '') return null;
  if (letters.startsWith(written.letters)) return RANKS.beginsFolded;
  const place = has.indexOf(written.has);
  if (place > 0) return /[\p{L}\p{N}]/u.test(has.charAt(place - 1)) ? RANKS.holds : RANKS.holdsWord;
  if (letters.includes(written.letters)) return RANKS.holds;
  return written.letters.length >= 2 && scattered(letters, written.letters) ? RANKS.scattered : null;
}

function scattered(name: string, letters: string): boolean {
  let place = -1;
  for (const letter of letters) {
    place = name.indexOf(letter, place + 1);
    if (place < 0) return false;
  }
  return true;
}

export type Ranked<Thing> = { thing: Thing; rank: Rank };

/** What fits, best first, at most `most`; equals by length, then in the order of their names. */
export function ranked<Thing>(
  things: readonly Named<Thing>[],
  written: string,
  most: number,
): Ranked<Thing>[] {
  const wanted = named(null, written);
  const fitting = things.flatMap((each) => {
    const rank = rankOf(each, wanted);
    return rank === null ? [] : [{ each, rank }];
  });
  // Letters here and there are a guess, worth it only where there is nothing better.
  const whole = fitting.filter(({ rank }) => rank < RANKS.scattered);
  return (whole.length > 0 ? whole : fitting)
    .sort(
      (a, b) =>
        a.rank - b.rank || a.each.has.length - b.each.has.length || (a.each.has < b.each.has ? -1 : 1),
    )
    .slice(0, most)
    .map(({ each, rank }) => ({ thing: each.thing, rank }));
}
