import type { TerminalWords } from '../../language/words.ts';
import { cells, cut, graphemes } from '../text/cells.ts';
import { type Line, line, span } from '../text/lines.ts';
import type { Prompt } from './prompt.ts';

/** Lines, and where in them the cursor stands (column, row), counted from 0. */
type PromptPicture = { lines: Line[]; cursor: { x: number; y: number } };

const MARK = 2;

/**
 * The prompt in at most `rows` rows: the text broken where a row is full (not between words: what is being
 * written should not jump about), and of a longer text the part around the cursor.
 */
export function promptPicture(
  prompt: Prompt,
  words: TerminalWords,
  columns: number,
  rows: number,
): PromptPicture {
  const room = Math.max(2, columns - MARK - 1);
  if (prompt.text === '') {
    const placeholder = span(cut(words.prompt.placeholder, room), 'dim');
    return { lines: [[span('› ', 'accent'), placeholder]], cursor: { x: MARK, y: 0 } };
  }
  const { broken, cursor } = brokenUp(prompt, room);
  const first = Math.max(0, Math.min(cursor.y - rows + 1, broken.length - rows));
  const from = Math.min(first, cursor.y);
  const lines = broken
    .slice(from, from + rows)
    .map((text, index) => line(index + from === 0 ? span('› ', 'accent') : span('  '), span(text)));
  return { lines, cursor: { x: cursor.x + MARK, y: cursor.y - from } };
}

function brokenUp(prompt: Prompt, room: number): { broken: string[]; cursor: { x: number; y: number } } {
  const broken: string[] = [''];
  let used = 0;
  let offset = 0;
  let cursor = { x: 0, y: 0 };
  const here = () => ({ x: used, y: broken.length - 1 });
  for (const grapheme of graphemes(prompt.text)) {
    if (offset === prompt.cursor) cursor = here();
    offset += grapheme.length;
    if (grapheme === '\n') {
      broken.push('');
      used = 0;
      continue;
    }
    const width = cells(grapheme);
    if (used + width > room) {
      broken.push('');
      used = 0;
      if (offset - grapheme.length === prompt.cursor) cursor = here();
    }
    broken[broken.length - 1] += grapheme;
    used += width;
  }
  if (offset === prompt.cursor) cursor = here();
  return { broken, cursor };
}
