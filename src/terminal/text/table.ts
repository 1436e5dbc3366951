import { cells, fitted, lineCells, wrapLine } from './cells.ts';
import { type Line, type Span, span, type Tone } from './lines.ts';

/** One column of a table over rows of `Row`. */
export type Column<Row> = {
  title: string;
  /** Its text for a row, with what the text means; empty where there is nothing to say. */
  cell(row: Row): string | { text: string; tone: Tone };
  /** How dear it is: 1 is dropped last. What has 1 names the row. */
  keep: number;
  /** The fewest columns it may be cut to; without it, it is shown whole or not at all. */
  least?: number;
  align?: 'left' | 'right';
};

export type TableRoom = {
  columns: number;
  /** The most rows (or, below each other, fields) that are shown. */
  rows: number;
  /** Says how many rows are left out: `+12 more`. */
  more(count: number): string;
  /** For who has it read out: a line a row, each value with its title. */
  spoken?: boolean;
  /** Nothing is cut: what does not fit goes on in the rows below. */
  whole?: boolean;
  /** Hears of each cell that was cut, and of columns that found no room. */
  cut?(): void;
};

const GAP = 2;
/** A cell takes no more than this as long as another column wants the room. */
const WIDEST = 48;

/**
 * Rows as a table that fits: dear columns stay, others go as the room shrinks; where not even the two
 * dearest fit side by side, each row becomes a few lines, one field a line.
 */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  room: TableRoom,
): Line[] {
  if (rows.length === 0) return [];
  // Of ten thousand rows only those that are shown are looked at.
  const shown = rows.slice(0, shownCount(rows.length, room.rows));
  const measured = columns.map((column) => measure(column, shown, room)).filter((each) => each.filled);
  if (room.spoken)
    return [
      ...shown.flatMap((each) => spokenRow(measured, each, room)),
      ...moreLine(rows.length - shown.length, room),
    ];
  const chosen = chooseColumns(measured, room.columns);
  if (!chosen) return belowEachOther(measured, rows, room);
  if (room.whole) return wholeRows(chosen, measured, rows, room);
  if (chosen.length < measured.length) room.cut?.();
  return sideBySide(chosen, rows, room);
}

type Measured<Row> = { column: Column<Row>; natural: number; least: number; filled: boolean };

function measure<Row>(column: Column<Row>, rows: readonly Row[], room: TableRoom): Measured<Row> {
  let widest = 0;
  for (const row of rows) widest = Math.max(widest, cells(content(column, row, room).text));
  const natural = Math.max(widest, cells(column.title));
  return { column, natural, least: Math.min(natural, column.least ?? natural), filled: widest > 0 };
}

/** A character takes no more code units than this, on the average of a text that anyone would write. */
const UNITS_A_CELL = 8;
const LONGEST_VALUE = 2_000;

/** Of a text far longer than any row, no more is looked at than could be shown. */
function content<Row>(column: Column<Row>, row: Row, { columns, whole, cut }: TableRoom): Span {
  const cell = column.cell(row);
  const { text, tone } = typeof cell === 'string' ? { text: cell, tone: 'plain' as const } : cell;
  const most = whole ? Number.POSITIVE_INFINITY : Math.max(LONGEST_VALUE, columns * UNITS_A_CELL);
  if (text.length <= most) return span(text, tone);
  cut?.();
  return span(`${text.slice(0, most)}…`, tone);
}

function spokenRow<Row>(measured: readonly Measured<Row>[], row: Row, room: TableRoom): Line[] {
  const said = measured.flatMap(({ column }) => {
    const { text } = content(column, row, room);
    return text === '' ? [] : [column.title === '' ? text : `${column.title}: ${text}`];
  });
  return wrapLine([span(said.join(', '))], room.columns);
}

/** Cheap columns go before the names of the rows are cut. */
const WHOLE_NAME = 24;

function chooseColumns<Row>(measured: readonly Measured<Row>[], columns: number): Measured<Row>[] | null {
  let chosen = [...measured];
  const needed = (widthOf: (each: Measured<Row>) => number) =>
    chosen.reduce((sum, each) => sum + widthOf(each), 0) + GAP * (chosen.length - 1);
  const comfortable = (each: Measured<Row>) =>
    each.column.keep === 1 ? Math.max(each.least, Math.min(each.natural, WHOLE_NAME)) : each.least;
  while (chosen.length > 2 && needed(comfortable) > columns) {
    const cheapest = chosen.reduce((a, b) => (b.column.keep >= a.column.keep ? b : a));
    chosen = chosen.filter((each) => each !== cheapest);
  }
  return needed((each) => each.least) <= columns ? chosen : null;
}

function shareRoom<Row>(chosen: readonly Measured<Row>[], columns: number): Map<Measured<Row>, number> {
  const widths = new Map(chosen.map((each) => [each, each.least]));
  let left = columns - GAP * (chosen.length - 1) - chosen.reduce((sum, each) => sum + each.least, 0);
  const byDearness = [...chosen].sort((a, b) => a.column.keep - b.column.keep);
  for (const limit of [WIDEST, Number.POSITIVE_INFINITY]) {
    for (const each of byDearness) {
      const has = widths.get(each) ?? 0;
      const more = Math.max(0, Math.min(left, Math.min(each.natural, limit) - has));
      widths.set(each, has + more);
      left -= more;
    }
  }
  return widths;
}

function sideBySide<Row>(chosen: readonly Measured<Row>[], rows: readonly Row[], room: TableRoom): Line[] {
  const widths = shareRoom(chosen, room.columns);
  const row = (of: (column: Column<Row>) => Span): Line =>
    chosen.flatMap((each, index) => {
      const part = of(each.column);
      const last = index === chosen.length - 1;
      const width = widths.get(each) ?? 0;
      const text = fitted(part.text, width, each.column.align);
      if (cells(part.text) > width) room.cut?.();
      const shown = { text: last ? text.trimEnd() : text, tone: part.tone };
      return last ? [shown] : [shown, span(' '.repeat(GAP))];
    });
  const shown = rows.slice(0, shownCount(rows.length, room.rows));
  return [
    row((column) => span(column.title, 'heading')),
    ...shown.map((each) => row((column) => content(column, each, room))),
    ...moreLine(rows.length - shown.length, room),
  ];
}

/** Each row with all of it: long cells are broken in their column, columns without room stand under the row. */
function wholeRows<Row>(
  chosen: readonly Measured<Row>[],
  measured: readonly Measured<Row>[],
  rows: readonly Row[],
  room: TableRoom,
): Line[] {
  const widths = shareRoom(chosen, room.columns);
  const beneath = measured.filter((each) => !chosen.includes(each));
  const row = (of: (column: Column<Row>) => Span): Line[] => {
    const parts = chosen.map((each) => {
      const width = widths.get(each) ?? 0;
      return { width, align: each.column.align, lines: wrapLine([of(each.column)], width) };
    });
    const height = Math.max(...parts.map(({ lines }) => lines.length));
    return Array.from({ length: height }, (_, at) =>
      parts.flatMap(({ width, align, lines }, index) => {
        const line = lines[at] ?? [];
        const blank = span(' '.repeat(Math.max(0, width - lineCells(line))));
        const gap = index === parts.length - 1 ? [] : [span(' '.repeat(GAP))];
        if (align === 'right') return [blank, ...line, ...gap];
        return gap.length === 0 ? line : [...line, blank, ...gap];
      }),
    );
  };
  return [
    ...row((column) => span(column.title, 'heading')),
    ...rows.flatMap((each) => [
      ...row((column) => content(column, each, room)),
      ...beneath.flatMap(({ column }) => field(column, each, room)),
    ]),
  ];
}

/** A value with its title, for which there is no column. */
function field<Row>(column: Column<Row>, row: Row, room: TableRoom): Line[] {
  const value = content(column, row, room);
  if (value.text === '') return [];
  return wrapLine([span(`${column.title}: `, 'dim'), value], room.columns - 1).map((each) => [
    span(' '),
    ...each,
  ]);
}

/** How many fields a row may take when its fields stand below each other. */
const FIELDS = 5;

function belowEachOther<Row>(
  measured: readonly Measured<Row>[],
  rows: readonly Row[],
  room: TableRoom,
): Line[] {
  const byDearness = [...measured].sort((a, b) => a.column.keep - b.column.keep);
  if (!room.whole && byDearness.length > FIELDS) {
    room.cut?.();
    byDearness.length = FIELDS;
  }
  const shown = rows.slice(
    0,
    shownCount(rows.length, Math.max(3, Math.floor(room.rows / byDearness.length))),
  );
  const lines = shown.flatMap((row) =>
    byDearness.flatMap(({ column }, index) => {
      if (index > 0) return field(column, row, room);
      const { text } = content(column, row, room);
      return text === '' ? [] : wrapLine([{ text, tone: 'strong' }], room.columns);
    }),
  );
  return [...lines, ...moreLine(rows.length - shown.length, room)];
}

/** One row more than fits is shown rather than announced. */
function shownCount(rows: number, limit: number): number {
  return rows <= limit + 1 ? rows : limit;
}

function moreLine(count: number, room: TableRoom): Line[] {
  return count > 0 ? wrapLine([span(room.more(count), 'dim')], room.columns) : [];
}
