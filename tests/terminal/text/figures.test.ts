import { describe, expect, it } from 'vitest';
import { clockIn } from '../../../src/terminal/text/clock.ts';
import { elapsed, period } from '../../../src/terminal/text/durations.ts';
import { honestScale, sparkline } from '../../../src/terminal/text/sparkline.ts';

describe('sparkline', () => {
  const percent = honestScale(0, 90, 'Percent');

  it('draws a value a character, and a blank where there is none', () => {
    expect(sparkline([0, 50, null, 100], 10, percent)).toBe('▁▅ █');
  });

  it('keeps a short spike when points share a character', () => {
    const values = Array.from({ length: 100 }, (_, index) => (index === 37 ? 100 : 1));
    const drawn = sparkline(values, 10, percent);
    expect(drawn).toHaveLength(10);
    expect(drawn[3]).toBe('█');
  });

  it('has nothing to draw without points', () => {
    expect(sparkline([null, null], 10, percent).trim()).toBe('');
    expect(sparkline([], 10, percent)).toBe('');
  });

  it('draws percentages against the whole, other figures from zero', () => {
    expect(sparkline([29, 31], 2, honestScale(29, 31, 'Percent'))).toBe('▃▃');
    expect(sparkline([500, 1_000], 2, honestScale(500, 1_000, 'Count'))).toBe('▅█');
    expect(sparkline([0, 0], 2, honestScale(0, 0, 'Count'))).toBe('▁▁');
    expect(sparkline([-4, 4], 2, honestScale(-4, 4, null))).toBe('▁█');
  });
});

describe('durations', () => {
  it.each([
    [12, '12 ms'],
    [210, '0.21 s'],
    [12_340, '12.3 s'],
    [65_000, '1 min 5 s'],
  ])('%d ms is %s', (ms, shown) => {
    expect(elapsed(ms)).toBe(shown);
  });

  it('speaks of periods in their largest unit', () => {
    expect([30, 300, 3_600].map(period)).toEqual(['30 s', '5 min', '1 h']);
  });
});

describe('clock', () => {
  const clock = clockIn('Asia/Seoul', Date.UTC(2026, 2, 2, 5, 30));

  it('shows local time, the date only where it is not today', () => {
    expect(clock.at('2026-03-02T04:05:00Z')).toBe('13:05');
    expect(clock.at('2026-03-01T04:05:00Z')).toBe('03-01 13:05');
    expect(clock.at('2025-03-01T04:05:00Z')).toBe('2025-03-01 13:05');
    expect(clock.at('not a time')).toBe('not a time');
    expect(clock.toSecond('2026-03-01T04:05:07Z')).toBe('03-01 13:05:07');
  });

  it('names the zone by its offset', () => {
    expect(clock.zone).toBe('UTC+9');
    expect(clockIn('UTC', 0).zone).toBe('UTC');
  });
});
