import type { PromptWords } from '../../language/prompt-words.ts';
import type { TerminalWords } from '../../language/words.ts';
import { cells, cut, graphemes } from '../text/cells.ts';
import { type Line, line, type Span, span } from '../text/lines.ts';
import { boundary } from './characters.ts';
import { suggested } from './completion/menu.ts';
import { menuLines, type Offered } from './completion/menu-view.ts';
import { pasteOf } from './paste.ts';
import { pasteLabel } from './paste-view.ts';
import type { Prompt } from './prompt.ts';
import { searchPicture } from './search-view.ts';

/** Lines, and where in them the cursor stands (column, row), counted from 0. */
export type PromptPicture = { lines: Line[]; cursor: { x: number; y: number } };

const MARK = 2;
/** Of what is offered, at most this many rows. */
const MENU_ROWS = 6;

/**
 * The prompt in at most `rows` rows: the text broken where a row is full (not between words: what is being
 * written should not jump about), of a longer text the part around the cursor, and below it what is offered.
 */
export function promptPicture(
  prompt: Prompt,
  words: TerminalWords,
  columns: number,
  rows: number,
): PromptPicture {
  if (prompt.search) return searchPicture(prompt, prompt.search, words.prompt, columns, rows);
  const menu = menuLines(offeredIn(prompt), words, columns, Math.min(MENU_ROWS, rows - 1));
  const picture = textPicture(prompt, words.prompt, columns, rows - menu.length);
  return { lines: [...picture.lines, ...menu], cursor: picture.cursor };
}

function offeredIn(prompt: Prompt): Offered {
  const { menu } = prompt;
  if (menu) return menu;
  return { candidates: suggested(prompt), index: null, looking: false };
}

function textPicture(prompt: Prompt, words: PromptWords, columns: number, rows: number): PromptPicture {
  const room = Math.max(2, columns - MARK - 1);
  if (prompt.text === '') {
    const placeholder = span(cut(words.placeholder, room), 'dim');
    return { lines: [[span('› ', 'accent'), placeholder]], cursor: { x: MARK, y: 0 } };
  }
  const { broken, cursor, headless } = brokenUp(nearCursor(prompt, rows), words, room);
  const first = Math.max(0, Math.min(cursor.y - rows + 1, broken.length - rows));
  const from = Math.min(first, cursor.y);
  const lines = broken
    .slice(from, from + rows)
    .map((parts, index) =>
      line(index + from === 0 && !headless ? span('› ', 'accent') : span('  '), ...parts),
    );
  return { lines, cursor: { x: cursor.x + MARK, y: cursor.y - from } };
}

/** What can be in sight at all: a line is a row at least, so no more lines than rows on either side of the cursor. */
function nearCursor(prompt: Prompt, rows: number): { prompt: Prompt; headless: boolean } {
  const { text, cursor } = prompt;
  let start = cursor;
  for (let lines = 0; lines <= rows && start > 0; lines += 1) start = text.lastIndexOf('\n', start - 1);
  start = start < 0 ? 0 : start;
  let end = cursor;
  for (let lines = 0; lines <= rows && end >= 0; lines += 1) end = text.indexOf('\n', end + 1);
  // Of a line as long as a paste, a piece: from a place that stays while the cursor moves within it.
  const place = cursor - (cursor % PIECE) - PIECE;
  if (place > start) start = boundary(text, place);
  const near = text.slice(start, Math.min(end < 0 ? text.length : end, boundary(text, cursor + PIECE)));
  return { prompt: { ...prompt, text: near, cursor: cursor - start }, headless: start > 0 };
}

/** Code units; more than any screen shows of the prompt. */
const PIECE = 4_000;

type Broken = { broken: Span[][]; cursor: { x: number; y: number }; headless: boolean };

function brokenUp(
  { prompt, headless }: { prompt: Prompt; headless: boolean },
  words: PromptWords,
  room: number,
): Broken {
  const rows: { text: string; tone: Span['tone'] }[][] = [[]];
  let used = 0;
  let offset = 0;
  let cursor = { x: 0, y: 0 };
  const here = () => ({ x: used, y: rows.length - 1 });
  const next = () => {
    rows.push([]);
    used = 0;
  };
  const put = (text: string, tone: Span['tone']) => {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (last?.tone === tone) last.text += text;
    else row?.push({ text, tone });
    used += cells(text);
  };
  for (const grapheme of graphemes(prompt.text)) {
    if (offset === prompt.cursor) cursor = here();
    offset += grapheme.length;
    if (grapheme === '\n') {
      next();
      continue;
    }
    const paste = pasteOf(grapheme, prompt.pastes);
    const shown = paste ? cut(pasteLabel(paste, words), room) : grapheme;
    if (used + cells(shown) > room) {
      next();
      if (offset - grapheme.length === prompt.cursor) cursor = here();
    }
    put(shown, paste ? 'accent' : 'plain');
  }
  if (offset === prompt.cursor) cursor = here();
  return { broken: rows.map((row) => row.map(({ text, tone }) => span(text, tone))), cursor, headless };
}
