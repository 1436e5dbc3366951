import { describe, expect, test } from 'vitest';
import { estimatedScan, overBudget } from '../../mcp-server/tools/log-budget.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const GIB = 2 ** 30;
const row = { name: '/app', region: 'r', account: 'a', retention_days: null, stored_bytes: 100 * GIB };
const last = (hours: number) => ({ start: new Date(NOW.getTime() - hours * 3_600_000), end: NOW });

describe('what a query will scan', () => {
  test('is the share of the time the group keeps', () => {
    expect(estimatedScan({ ...row, retention_days: 10 }, last(24), NOW)).toBe(10 * GIB);
    expect(estimatedScan({ ...row, created: '2026-10-31T09:00:00.000Z' }, last(24), NOW)).toBe(5 * GIB);
    expect(estimatedScan({ ...row, retention_days: 10 }, last(24 * 30), NOW)).toBe(100 * GIB);
  });

  test('is all there is of a group that is new or of unknown age, and unknown without a size', () => {
    expect(estimatedScan(row, last(1), NOW)).toBe(100 * GIB);
    expect(estimatedScan({ ...row, created: '2026-11-20T03:00:00.000Z' }, last(1), NOW)).toBe(100 * GIB);
    const { stored_bytes: _size, ...unsized } = row;
    expect(estimatedScan(unsized, last(1), NOW)).toBeNull();
  });

  test('says how to ask for less', () => {
    const { failure } = overBudget('/app', 40 * GIB, 10 * GIB, last(24));
    expect(failure.message).toBe('That query would scan about 40 GiB of /app; the budget is 10 GiB a query.');
    expect(failure.hint).toContain('at most the last 6h');
  });
});
