import { describe, expect, test } from 'vitest';
import { gridOf, summaryOf, valuesOn } from '../../mcp-server/tools/metric-grid.ts';

const NOW = new Date('2026-11-20T09:00:30Z');
const HOUR = 3_600_000;
const back = (hours: number) => ({ start: new Date(NOW.getTime() - hours * HOUR), end: NOW });

describe('the period', () => {
  test.each([
    [3, undefined, 60],
    [6, undefined, 120],
    [24, undefined, 480],
    [24 * 7, undefined, 3_360],
    [24 * 20, undefined, 9_600],
    [3, 1, 1],
    [3, 300, 300],
    // CloudWatch keeps seconds for 3 hours, minutes for 15 days and five minutes for 63.
    [3.5, 1, 60],
    [24, 30, 60],
    [24 * 20, 60, 300],
    [24 * 100, 60, 3_600],
    [24 * 100, 5_400, 7_200],
  ])('of %d hours, asked for %s, is %d s', (hours, period, expected) => {
    expect(gridOf(back(hours), period, NOW).periodS).toBe(expected);
  });

  test.each([7, 61, 90])('%d s is none of CloudWatch', (period) => {
    expect(() => gridOf(back(3), period, NOW)).toThrow('multiple of 60');
  });
});

describe('a period finer than what is kept', () => {
  test.each([
    [3, 1, undefined],
    [24, 60, undefined],
    [24 * 20, undefined, undefined],
    [24, 1, { asked: 1, kept: 60 }],
    [24 * 20, 60, { asked: 60, kept: 300 }],
    [24 * 100, 5_400, { asked: 5_400, kept: 3_600 }],
  ])('of %d hours, asked for %s, is raised: %j', (hours, period, raised) => {
    expect(gridOf(back(hours), period, NOW).raised).toEqual(raised);
  });
});

test('more points than anybody reads are refused', () => {
  expect(gridOf(back(24 * 15), 60, NOW).length).toBe(21_601);
  expect(() => gridOf(back(24 * 10_000), 3_600, NOW)).toThrow('240001 points; a series has at most 21601');
});

test('a grid begins on a whole period and covers the end', () => {
  const grid = gridOf(back(3), undefined, NOW);
  expect(new Date(grid.start).toISOString()).toBe('2026-11-20T06:00:00.000Z');
  expect(grid.length).toBe(181);
});

test('values fall into their places, and gaps stay gaps', () => {
  const grid = { start: 0, periodS: 60, length: 4 };
  const values = valuesOn(grid, [
    { at: 120_000, value: 3 },
    { at: 0, value: 1 },
    { at: -60_000, value: 9 },
    { at: 240_000, value: 9 },
  ]);
  expect(values).toEqual([1, null, 3, null]);
  expect(summaryOf(grid, values)).toEqual({
    points: 2,
    min: 1,
    max: 3,
    max_at: '1970-01-01T00:02:00.000Z',
    average: 2,
    last: 3,
    last_at: '1970-01-01T00:02:00.000Z',
  });
  expect(summaryOf(grid, [null, null])).toBeNull();
});
