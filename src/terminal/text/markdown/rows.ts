import type { Span } from '../lines.ts';
import { EMPTY_LINE, type Line, span } from '../lines.ts';

/** One row of drawn Markdown. `flush`: stands at the left edge whatever it is part of, so that code can be copied. */
export type Row = { line: Line; flush: boolean };

export const BLANK: Row = { line: EMPTY_LINE, flush: false };

export function row(line: Line): Row {
  return { line, flush: false };
}

/**
 * The rows with `first` before the first of them and blanks before the others; what stands flush is left there.
 * `needed`: where the first row is such a one, `first` gets a row of its own.
 */
export function hung(rows: readonly Row[], width: number, first: Span, needed = true): Row[] {
  const blank = span(' '.repeat(width));
  const [top] = rows;
  const lead = needed && (!top || top.flush) ? [row([first])] : [];
  return [
    ...lead,
    ...rows.map((each, index) => {
      if (each.flush || each.line.length === 0) return each;
      return row([index === 0 && lead.length === 0 ? first : blank, ...each.line]);
    }),
  ];
}
