import { graphemes } from '../text/cells.ts';

/**
 * One piece of input as the terminal sends it holds one key, a word an input method has finished, keys typed
 * faster than they were read (`text\r`, or a whole line and the start of the next), or a paste by a terminal
 * that does not bracket pastes. Nothing marks the last: one line of it looks like quick typing. So only a
 * single character is surely typed; several are a `burst`, which may be either, and a piece that is longer than
 * anyone types between two reads, or goes on after a line end, counts as pasted. Either way a line end sends
 * what stands before it, as it does when the keys arrive one by one.
 */
type Chunk = {
  origin: 'typed' | 'burst' | 'pasted';
  /** Each is sent. */
  lines: readonly string[];
  /** Stays in the prompt. */
  rest: string;
};

/** The longest piece that can still be typing: an input method hands over a sentence at most. */
export const LONGEST_TYPED = 64;

/** With more lines than this nothing is sent: it is a paste without a mark, and waits for an Enter as any. */
const MOST_LINES_TYPED = 10;

export function readChunk(input: string): Chunk {
  const lines = input.split(/\r\n|\r|\n/);
  if (lines.length > MOST_LINES_TYPED) return { origin: 'pasted', lines: [], rest: lines.join('\n') };
  const rest = lines.pop() ?? '';
  const goesOn = lines.length > 0 && rest !== '';
  const several = lines.filter((line) => line !== '').length > 1;
  const pasted = input.length > LONGEST_TYPED || goesOn || several;
  const single = graphemes(lines.join('') + rest).length <= 1;
  return { origin: pasted ? 'pasted' : single ? 'typed' : 'burst', lines, rest };
}
