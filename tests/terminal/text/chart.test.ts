import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCells } from '../../../src/terminal/text/cells.ts';
import { areaChart, barOf, type ChartData } from '../../../src/terminal/text/chart.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';

const data = (values: (number | null)[], more: Partial<ChartData> = {}): ChartData => ({
  values,
  scale: { from: 0, to: Math.max(1, ...values.map((value) => value ?? 0)) },
  valueAt: (value) => `${value} %`,
  timeAt: (share) => `1${Math.round(share * 8)}:00`,
  ...more,
});
const drawn = (of: ChartData, columns = 48, height = 4) => areaChart(of, columns, height).map(lineText);

describe('a chart', () => {
  it('stands on axes that name values and times', () => {
    const rows = drawn(data([0, 25, 50, 75, 100]), 47);
    expect(rows[0]).toMatch(/^100 % ┤ {32}█{8}$/);
    expect(rows[2]).toMatch(/^ 50 % ┤ {16}█{24}$/);
    expect(rows[3]).toMatch(/^ {2}0 % ┤▁{8}█{32}$/);
    expect(rows[4]).toBe(`      └${'─'.repeat(40)}`);
    expect(rows[5]).toMatch(/^ {7}10:00 .*15:00 +18:00$/);
  });

  it('tells zero from no data', () => {
    const [top = '', ...rows] = drawn(data([100, 0, null, 100]), 46);
    expect(top).toMatch(/┤█{10} {20}█{9,10}$/);
    expect(rows.at(-3)).toMatch(/┤█{10}▁{10} {9,10}█+$/);
    expect(rows.at(-2)).toMatch(/└─{20}╌{9,10}─+$/);
  });

  it('draws what an alarm waits for, and what crosses it otherwise', () => {
    const lines = areaChart(data([40, 95], { limit: { value: 60, over: true } }), 46, 8);
    expect(lines.map(lineText).find((row) => row.includes('╌'))).toMatch(/60 % ┤╌+█+$/);
    const tones = new Set(
      lines.flatMap((line) => line.filter(({ text }) => text.includes('█')).map(({ tone }) => tone)),
    );
    expect(tones).toEqual(new Set(['accent', 'bad']));
  });

  it('is as wide as asked, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: -1e6, max: 1e9, noNaN: true })), {
          minLength: 1,
          maxLength: 400,
        }),
        fc.integer({ min: 40, max: 160 }),
        (values, columns) => {
          const present = values.filter((value) => value !== null);
          const scale = { from: Math.min(0, ...present), to: Math.max(0, ...present) };
          for (const line of areaChart(
            { ...data(values), scale, valueAt: (value) => value.toPrecision(3) },
            columns,
            8,
          ))
            expect(lineCells(line)).toBeLessThanOrEqual(columns);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('draws bars from zero to an eighth', () => {
    expect([barOf(1, 4), barOf(0.5, 4), barOf(0.53, 4), barOf(0.0001, 4), barOf(0, 4)]).toEqual([
      '████',
      '██',
      '██▏',
      '▏',
      '',
    ]);
  });
});
