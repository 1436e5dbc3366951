import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DocumentError } from '../../../contract/document.ts';
import type { World } from '../../world/world.ts';

const DAY_MS = 86_400_000;

/** One line of the bill. `day`: `YYYY-MM-DD`, UTC; `tags`: of what caused it. */
export type CostRow = {
  day: string;
  account: string;
  service: string;
  region: string;
  usageType: string;
  amount: number;
  tags: Readonly<Record<string, string>>;
};

const COLUMNS = ['date', 'account', 'service', 'region', 'usage_type', 'amount'] as const;
const TAG_COLUMN = /^tag:(.+)$/;

const ROWS = new WeakMap<object, Map<number, readonly CostRow[]>>();

/** The bill as the account file has it, once read for each start of the run; null when there is none. */
export function costRows(world: World): readonly CostRow[] | null {
  const { costs } = world.file;
  if (costs === undefined) return null;
  const known = ROWS.get(world.file) ?? new Map<number, readonly CostRow[]>();
  ROWS.set(world.file, known);
  const before = known.get(world.startMs);
  if (before) return before;
  const path = resolve(world.file.folder, costs.file);
  const read = readCostRows(readFileSync(path, 'utf8'), path);
  const rows = costs.replay ? shifted(read, world.startMs) : read;
  known.set(world.startMs, rows);
  return rows;
}

/**
 * Reads `date,account,service,region,usage_type,amount` lines under a heading that names the columns, in any
 * order; further columns `tag:<key>` are tags, empty where there is none. Amounts are US dollars.
 *
 * @throws DocumentError that names the line
 */
function readCostRows(text: string, file: string): CostRow[] {
  const [heading = '', ...lines] = text.split(/\r?\n/);
  const names = cellsOf(heading);
  const at = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)]));
  const missing = COLUMNS.filter((name) => at[name] === -1);
  if (missing.length > 0) {
    throw problem(file, 1, `the heading has no ${missing.join(', ')}.`, `Begin with: ${COLUMNS.join(',')}`);
  }
  const tags = names.flatMap((name, index) => {
    const key = TAG_COLUMN.exec(name)?.[1];
    return key === undefined ? [] : [{ key, index }];
  });
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const cells = cellsOf(line);
    const cell = (name: (typeof COLUMNS)[number]) => cells[at[name] ?? -1] ?? '';
    const amount = Number(cell('amount') || Number.NaN);
    const day = cell('date').slice(0, 10);
    if (!Number.isFinite(amount) || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) {
      const fix =
        'Write a date, the columns of the heading and an amount: 2026-11-20,111122223333,AmazonEC2,...';
      throw problem(file, index + 2, `${JSON.stringify(line.slice(0, 60))} is not a cost.`, fix);
    }
    const own = tags.flatMap((tag): [string, string][] => {
      const value = cells[tag.index] ?? '';
      return value === '' ? [] : [[tag.key, value]];
    });
    return [
      {
        day,
        account: cell('account'),
        service: cell('service'),
        region: cell('region'),
        usageType: cell('usage_type'),
        amount,
        tags: Object.fromEntries(own),
      },
    ];
  });
}

/** Cells between commas; one in double quotes may hold commas, and two quotes for one. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare = '']) =>
    (quoted?.replaceAll('""', '"') ?? bare).trim(),
  );
}

/** Moved by whole days so that the last one is the day the run starts. */
function shifted(rows: readonly CostRow[], startMs: number): CostRow[] {
  const last = rows.reduce((latest, { day }) => (day > latest ? day : latest), '');
  if (last === '') return [];
  const by = Math.floor(startMs / DAY_MS) - Date.parse(`${last}T00:00:00Z`) / DAY_MS;
  return rows.map((row) => ({ ...row, day: dayAfter(row.day, by) }));
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function problem(file: string, line: number, message: string, fix: string): DocumentError {
  return new DocumentError(file, [{ line, column: 1, path: '', message, fix }]);
}
