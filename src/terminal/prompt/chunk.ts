/**
 * One piece of input as the terminal sends it holds one key, a word an input method has finished, keys typed
 * faster than they were read (`text\r`, or a whole line and the start of the next), or a paste by a terminal
 * that does not bracket pastes. Only the last is not the person's typing, and nothing marks it; so a piece
 * that is longer than anyone types between two reads, or goes on after a line end, counts as pasted. Either
 * way a line end sends what stands before it, as it does when the keys arrive one by one.
 */
export type Chunk = {
  origin: 'typed' | 'pasted';
  /** Each is sent. */
  lines: readonly string[];
  /** Stays in the prompt. */
  rest: string;
};

/** The longest piece that can still be typing: an input method hands over a sentence at most. */
export const LONGEST_TYPED = 64;

export function readChunk(input: string): Chunk {
  const lines = input.split(/\r\n|\r|\n/);
  const rest = lines.pop() ?? '';
  const goesOn = lines.length > 0 && rest !== '';
  const several = lines.filter((line) => line !== '').length > 1;
  const pasted = input.length > LONGEST_TYPED || goesOn || several;
  return { origin: pasted ? 'pasted' : 'typed', lines, rest };
}
