import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCells } from '../../../src/terminal/text/cells.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';
import { type Column, tableLines } from '../../../src/terminal/text/table.ts';

type Row = { name: string; state: string; zone: string };
const COLUMNS: Column<Row>[] = [
  { title: 'name', cell: (row) => row.name, keep: 1, least: 6 },
  { title: 'state', cell: (row) => row.state, keep: 2 },
  { title: 'zone', cell: (row) => row.zone, keep: 3 },
];
const ROWS: Row[] = [
  { name: 'web-1', state: 'running', zone: 'ap-northeast-2a' },
  { name: '결제-서버', state: 'stopped', zone: 'ap-northeast-2b' },
];
const room = (columns: number, rows = 20) => ({ columns, rows, more: (count: number) => `+${count} more` });
const drawn = (rows: Row[], columns: number, most = 20) =>
  tableLines(COLUMNS, rows, room(columns, most)).map(lineText);

describe('table', () => {
  it('lines its columns up whatever the script', () => {
    expect(drawn(ROWS, 60)).toEqual([
      'name       state    zone',
      'web-1      running  ap-northeast-2a',
      '결제-서버  stopped  ap-northeast-2b',
    ]);
  });

  it('drops the cheapest column first', () => {
    expect(drawn(ROWS, 30)[0]).toBe('name       state');
  });

  it('puts one field a line where two columns do not fit', () => {
    expect(drawn(ROWS, 12)).toEqual([
      'web-1',
      ' state:',
      ' running',
      ' zone:',
      ' ap-northeas',
      ' t-2a',
      '결제-서버',
      ' state:',
      ' stopped',
      ' zone:',
      ' ap-northeas',
      ' t-2b',
    ]);
  });

  it('folds what is too long and says how much', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ name: `n${index}`, state: 'ok', zone: 'z' }));
    const lines = drawn(many, 60, 5);
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toBe('+45 more');
  });

  it('leaves out a column that says nothing', () => {
    expect(
      drawn(
        ROWS.map((row) => ({ ...row, zone: '' })),
        60,
      )[0],
    ).toBe('name       state');
  });

  it('fits at every width', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '웹', '-', '\u001b', '列'), maxLength: 30 });
    const row = fc.record({ name: cell, state: cell, zone: cell });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.integer({ min: 4, max: 100 }), (rows, columns) => {
        for (const line of tableLines(COLUMNS, rows, room(columns))) {
          expect(lineCells(line)).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});
