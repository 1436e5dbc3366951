import stringWidth from 'string-width';
import { plainLine } from '../../domain/plain-text.ts';

/** A column: its heading, and a row's text in it. */
export type Column<Row> = { title: string; value(row: Row): string | number | undefined };

const GAP = '  ';

/** Rows under headings, columns as wide as their widest text; a column with nothing in it is left out. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  const filled = columns
    .map(({ title, value }) => ({ title, cells: rows.map((row) => plainLine(String(value(row) ?? ''))) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const widths = filled.map(({ title, cells }) =>
    cells.reduce((widest, cell) => Math.max(widest, stringWidth(cell)), stringWidth(title)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell))))
      .join(GAP)
      .trimEnd();
  if (filled.length === 0) return [];
  return [
    line(filled.map(({ title }) => title)),
    ...rows.map((_, index) => line(filled.map(({ cells }) => cells[index] ?? ''))),
  ];
}
