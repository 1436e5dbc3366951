import { discoverFields } from './discovered-fields.ts';
import type { Value } from './syntax.ts';

/** Where events come from. One for many rows: a query makes a row for each of a million lines. */
export type Origin = {
  stream: string;
  /** `account:group`. */
  log: string;
  pointerTo(line: number): string;
};

/** One log event, or after `stats` one group, on its way through a query. */
export type Row = {
  /** Epoch milliseconds; null where there is no event behind the row. */
  time: number | null;
  message: string | null;
  /** Null, too, for a group. */
  origin: Origin | null;
  line: number;
  /** What the query itself gave the row. */
  own: Map<string, Value> | null;
  /** What the message carries; undefined until it is asked for. */
  discovered: ReadonlyMap<string, Value> | null | undefined;
};

export function eventRow(time: number, message: string, origin: Origin, line: number): Row {
  return { time, message, origin, line, own: null, discovered: undefined };
}

/** A row that stands for a group of events. */
export function groupRow(own: Map<string, Value>): Row {
  return { time: null, message: null, origin: null, line: 0, own, discovered: null };
}

export function give(row: Row, name: string, value: Value): void {
  row.own ??= new Map();
  row.own.set(name, value);
}

/** A field by its name; null where the row has none. */
export function fieldOf(row: Row, name: string): Value {
  const own = row.own?.get(name);
  if (own !== undefined) return own;
  if (row.message === null) return null;
  switch (name) {
    case '@message':
      return row.message;
    case '@timestamp':
    case '@ingestionTime':
      return row.time;
    case '@logStream':
      return row.origin?.stream ?? null;
    case '@log':
      return row.origin?.log ?? null;
    case '@ptr':
      return pointerOf(row);
    default:
      return fieldsIn(row)?.get(name) ?? null;
  }
}

export function pointerOf({ origin, line }: Row): string | null {
  return origin?.pointerTo(line) ?? null;
}

/** What was found in the row's message. */
function fieldsIn(row: Row): ReadonlyMap<string, Value> | null {
  if (row.discovered === undefined) row.discovered = discoverFields(row.message ?? '');
  return row.discovered;
}
