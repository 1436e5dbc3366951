import { expect, test } from 'vitest';
import { addMonths, isWholeMonths, periodBefore } from '../../mcp-server/tools/cost-dates.ts';

test.each([
  ['a whole month', '2026-10-01', '2026-11-01', '2026-09-01', '2026-10-01'],
  ['a month so far', '2026-11-01', '2026-11-20', '2026-10-01', '2026-10-20'],
  ['a quarter', '2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01'],
  ['a year so far, over new year', '2026-01-01', '2026-03-10', '2025-10-01', '2025-12-10'],
  ['days from the middle of a month', '2026-11-13', '2026-11-20', '2026-11-06', '2026-11-13'],
  ['one day', '2026-03-02', '2026-03-03', '2026-03-01', '2026-03-02'],
  ['more days than the month before has', '2026-03-01', '2026-03-31', '2026-02-01', '2026-03-01'],
  ['until the last day of March', '2026-03-01', '2026-04-01', '2026-02-01', '2026-03-01'],
])('%s is compared with what came before', (_, start, end, from, until) => {
  expect(periodBefore({ start, end })).toEqual({ start: from, end: until });
});

test('months on, also where a month is shorter', () => {
  expect(addMonths('2026-11-20', 12)).toBe('2027-11-20');
  expect(addMonths('2028-02-29', 12)).toBe('2029-03-01');
  expect(addMonths('2026-01-01', -1)).toBe('2025-12-01');
  expect(isWholeMonths({ start: '2026-10-01', end: '2026-11-01' })).toBe(true);
  expect(isWholeMonths({ start: '2026-10-01', end: '2026-11-02' })).toBe(false);
});
