import stringWidth from 'string-width';
import { type Line, type Span, span, type Tone } from './lines.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const ASCII = /^[\x20-\x7e]*$/;

/** What a person takes for one character each. */
export function graphemes(text: string): string[] {
  return ASCII.test(text) ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Columns a text takes on the screen; Hangul and Han take two each. */
export function cells(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

export function lineCells(line: Line): number {
  return line.reduce((sum, part) => sum + cells(part.text), 0);
}

/** The text cut to `columns`, an ellipsis standing for what was cut off. */
export function cut(text: string, columns: number): string {
  if (cells(text) <= columns) return text;
  if (columns <= 0) return '';
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const width = cells(grapheme);
    if (used + width > columns - 1) break;
    kept += grapheme;
    used += width;
  }
  return `${kept}…`;
}

/** The text cut or filled with blanks to exactly `columns`. */
export function fitted(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const shown = cut(text, columns);
  const blank = ' '.repeat(Math.max(0, columns - cells(shown)));
  return align === 'left' ? shown + blank : blank + shown;
}

/** The line cut to `columns`. */
export function cutLine(line: Line, columns: number): Line {
  if (lineCells(line) <= columns) return line;
  const kept: Span[] = [];
  let left = columns;
  for (const part of line) {
    const width = cells(part.text);
    if (width >= left) {
      // Room for the ellipsis stays even when this part alone would just fit: more follows.
      const shown = width === left ? cut(`${part.text} `, left) : cut(part.text, left);
      kept.push({ text: shown, tone: part.tone });
      return kept;
    }
    kept.push(part);
    left -= width;
  }
  return kept;
}

type Cell = { grapheme: string; width: number; tone: Tone };

/**
 * The line broken into rows of at most `columns`: at blanks, between Han or Kana (written without blanks to
 * break at, though not before closing punctuation), and inside a word only when it is longer than a whole row.
 */
export function wrapLine(line: Line, columns: number): Line[] {
  const room = Math.max(1, columns);
  if (lineCells(line) <= room) return [line];
  const source = line.flatMap((part) =>
    graphemes(part.text).map((grapheme) => ({ grapheme, width: cells(grapheme), tone: part.tone })),
  );
  const rows: Line[] = [];
  let start = 0;
  while (start < source.length) {
    const end = rowEnd(source, start, room);
    rows.push(joined(trimmedEnd(source.slice(start, end))));
    start = end;
    while (source[start]?.grapheme === ' ') start += 1;
  }
  return rows;
}

export function wrap(text: string, columns: number, tone: Tone = 'plain'): Line[] {
  return text.split('\n').flatMap((each) => wrapLine([span(each, tone)], columns));
}

/** Where the row that begins at `start` ends: at least one character on, so that wrapping always comes to an end. */
function rowEnd(source: readonly Cell[], start: number, columns: number): number {
  let used = 0;
  let opportunity = 0;
  for (let index = start; index < source.length; index += 1) {
    const cell = source[index];
    if (!cell) break;
    if (used + cell.width > columns && index > start) {
      if (cell.grapheme === ' ') return index;
      return opportunity > start ? opportunity : index;
    }
    used += cell.width;
    if (breaksAfter(cell, source[index + 1])) opportunity = index + 1;
  }
  return source.length;
}

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u{3000}-\u{303f}\u{ff00}-\u{ff60}]/u;
const CLOSING = /^[\p{Pe}\p{Pf}、。，．！？：；,.!?:;]/u;

function breaksAfter({ grapheme }: Cell, next: Cell | undefined): boolean {
  if (grapheme === ' ') return true;
  if (!next || CLOSING.test(next.grapheme)) return false;
  return UNSPACED.test(grapheme) || UNSPACED.test(next.grapheme);
}

function trimmedEnd(row: Cell[]): Cell[] {
  let end = row.length;
  while (end > 0 && row[end - 1]?.grapheme === ' ') end -= 1;
  return row.slice(0, end);
}

function joined(row: readonly Cell[]): Line {
  const spans: { text: string; tone: Tone }[] = [];
  for (const cell of row) {
    const last = spans.at(-1);
    if (last && last.tone === cell.tone) last.text += cell.grapheme;
    else spans.push({ text: cell.grapheme, tone: cell.tone });
  }
  return spans;
}
