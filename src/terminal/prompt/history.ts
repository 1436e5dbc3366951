import { aged, type Origin } from './origin.ts';
import { inFull, type Paste } from './paste.ts';

/**
 * An input as it can be fetched back: whole, and with where it came from. What dialogs ask for never comes
 * here: they have a reading of keys of their own.
 */
export type Remembered = { text: string; origin: Origin };

/** Inputs kept for leafing back. */
const KEPT_INPUTS = 500;
/** Longer inputs are kept for this run only: most of them is a paste. */
const LONGEST_KEPT = 8_000;

/** Characters of all of them together: long pastes are let go of before they fill the memory. */
const KEPT_CHARACTERS = 2_000_000;

/** The inputs with one more at the end; the same one earlier goes, and so do the oldest when it gets too much. */
export function withInput(history: readonly Remembered[], input: Remembered): readonly Remembered[] {
  if (input.text.trim() === '') return history;
  const all = [...history.filter(({ text }) => text !== input.text), input].slice(-KEPT_INPUTS);
  let room = KEPT_CHARACTERS;
  const tooMuch = all.findLastIndex(({ text }) => {
    room -= text.length;
    return room < 0;
  });
  return all.slice(Math.min(tooMuch + 1, all.length - 1));
}

/** Inputs of earlier runs before those of this one. */
export function withEarlier(
  history: readonly Remembered[],
  entries: readonly string[],
): readonly Remembered[] {
  const known = new Set(history.map(({ text }) => text));
  const earlier = [...new Set(entries)].filter((text) => !known.has(text));
  return [...earlier.map((text): Remembered => ({ text, origin: 'recalled' })), ...history].slice(
    -KEPT_INPUTS,
  );
}

/** Whether an input is kept for later runs: as in a shell, one that begins with a blank is not. */
export function isKept(text: string): boolean {
  return text.trim() !== '' && !/^\s/.test(text) && text.length <= LONGEST_KEPT;
}

/** As it comes back: what was pasted then stays pasted. */
export function recalledOrigin({ origin }: Remembered): Origin {
  return aged(origin);
}

export function rememberedOf(text: string, origin: Origin, pastes: readonly Paste[]): Remembered {
  return { text: inFull(text, pastes), origin };
}
