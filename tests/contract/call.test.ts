import { describe, expect, test } from 'vitest';
import { durationMs } from '../../mcp-server/contract/call.ts';

describe('durations', () => {
  test.each([
    ['45s', 45_000],
    ['30m', 1_800_000],
    ['3h', 10_800_000],
    ['1d', 86_400_000],
    ['24h', 86_400_000],
    ['2w', 1_209_600_000],
  ])('%s is %i ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  test.each(['', '3', 'h', '0h', '-3h', '3 h', '1.5h', '3y', '999999h'])('%j is none', (text) => {
    expect(() => durationMs(text)).toThrow(RangeError);
  });
});
