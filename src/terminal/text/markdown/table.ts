import type { Tokens } from 'marked';
import { lineCells, wrapLine } from '../cells.ts';
import { type Line, span, type Tone } from '../lines.ts';
import { inlineLines } from './inline.ts';

const GAP = 2;
/** A column narrower than this breaks words to pieces. */
const LEAST = 6;

/**
 * A table of an answer. Nothing of it is left out, as it would be in a table of findings: a cell that is wider
 * than its column goes on below, and where the columns do not fit side by side each row becomes lines of
 * `title: value`.
 */
export function markdownTable(table: Tokens.Table, columns: number, spoken: boolean): Line[] {
  const header = table.header.map((cell) => cellLine(cell, 'heading'));
  const rows = table.rows.map((cells) => cells.map((cell) => cellLine(cell, 'plain')));
  const natural = header.map((title, index) =>
    Math.max(lineCells(title), ...rows.map((row) => lineCells(row[index] ?? []))),
  );
  const widths = spoken ? null : shared(natural, columns);
  if (!widths) return rows.flatMap((row) => fields(header, row, columns));
  return [header, ...rows].flatMap((row) => sideBySide(row, widths, table.align));
}

function cellLine(cell: Tokens.TableCell, tone: Tone): Line {
  return inlineLines(cell.tokens, tone).flatMap((line, index) => (index === 0 ? line : [span(' '), ...line]));
}

/** Each column what it needs, and what is missing taken from the widest; null when that leaves too little. */
function shared(natural: readonly number[], columns: number): number[] | null {
  const room = columns - GAP * (natural.length - 1);
  const least = natural.map((width) => Math.min(width, LEAST));
  if (least.reduce((sum, width) => sum + width, 0) > room) return null;
  let limit = Math.max(...natural);
  const within = () => natural.map((width) => Math.min(width, limit));
  while (limit > LEAST && within().reduce((sum, width) => sum + width, 0) > room) limit -= 1;
  return within();
}

function sideBySide(row: readonly Line[], widths: readonly number[], align: Tokens.Table['align']): Line[] {
  const wrapped = widths.map((width, index) => wrapLine(row[index] ?? [], width));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    widths.flatMap((width, index) => {
      const last = index === widths.length - 1;
      const padded = aligned(wrapped[index]?.[at] ?? [], width, align[index] ?? null, last);
      return last ? padded : [...padded, span(' '.repeat(GAP))];
    }),
  );
}

function aligned(line: Line, width: number, align: 'left' | 'right' | 'center' | null, last: boolean): Line {
  const blank = Math.max(0, width - lineCells(line));
  const before = align === 'right' ? blank : align === 'center' ? Math.floor(blank / 2) : 0;
  const after = last ? 0 : blank - before;
  return [span(' '.repeat(before)), ...line, span(' '.repeat(after))].filter(({ text }) => text !== '');
}

function fields(header: readonly Line[], row: readonly Line[], columns: number): Line[] {
  return row.flatMap((value, index) => {
    const title = (header[index] ?? []).map(({ text }) => span(text, 'dim'));
    const line = title.length === 0 ? value : [...title, span(': ', 'dim'), ...value];
    return wrapLine(line, columns - 1).map((each, at) =>
      index === 0 && at === 0 ? each : [span(' '), ...each],
    );
  });
}
