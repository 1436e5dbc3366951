/** A table made of a tool's structured result. Cells are text as it came. */
export type ResultTable = { name: string; columns: string[]; rows: string[][]; more: number };

const MOST_COLUMNS = 8;
const MOST_ROWS = 100;
/** Members of every result that say how it was got; whoever shows them shows them beside. */
const BESIDE = new Set(['coverage', 'call']);

type Row = Record<string, unknown>;

/** A result's lists as tables, and what stands in it once as a table of its own; every tool's alike. */
export function resultTables(result: Row): ResultTable[] {
  const members = Object.entries(result).filter(([key]) => !BESIDE.has(key));
  const lists = members.flatMap(([name, value]) => (isRows(value) ? [listTable(name, value)] : []));
  const single = members.filter(([, value]) => !isRows(value) && !isEmpty(value));
  const facts = single.flatMap(([name, value]) =>
    isRow(value)
      ? Object.entries(value).map(([key, member]) => [`${name}.${key}`, member] as const)
      : [[name, value] as const],
  );
  const rows = facts.map(([key, value]) => [key, cellOf(value)]).filter(([, cell]) => cell !== '');
  const [shown, more] = [rows.slice(0, MOST_ROWS), Math.max(0, rows.length - MOST_ROWS)];
  return [...lists, ...(shown.length > 0 ? [{ name: '', columns: [], rows: shown, more }] : [])];
}

function listTable(name: string, list: readonly Row[]): ResultTable {
  const keys = [...new Set(list.flatMap((row) => Object.keys(row)))];
  const filled = keys.filter((key) => list.some((row) => cellOf(row[key]) !== ''));
  // Plain values first: they are what a row is told by.
  const plain = filled.filter((key) => list.some((row) => isPlain(row[key])));
  const columns = [...plain, ...filled.filter((key) => !plain.includes(key))].slice(0, MOST_COLUMNS);
  const rows = list.slice(0, MOST_ROWS).map((row) => columns.map((key) => cellOf(row[key])));
  return { name, columns, rows, more: list.length - rows.length };
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRow);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

const MOST_LISTED = 6;

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    if (value.length > MOST_LISTED || value.some((one) => !isPlain(one)))
      return value.length === 0 ? '' : `[${value.length}]`;
    return value.join(', ');
  }
  if (isRow(value)) {
    return Object.entries(value)
      .filter(([, member]) => isPlain(member))
      .map(([key, member]) => `${key}=${member}`)
      .join(' ');
  }
  return String(value);
}
