import { expect, test } from 'vitest';
import { createTimes } from '../../../src/assistant/answers/times.ts';
import { WORDS } from '../../../src/language/conversation.ts';

const words = WORDS.en.answers;

test('a local day decides what today and yesterday are', () => {
  // 09:00 in Seoul: midnight UTC.
  const times = createTimes(new Date('2026-11-20T00:30:00Z'), 'Asia/Seoul', words);
  expect(times.used()).toBe(false);
  expect(times.at('2026-11-19T16:00:00Z')).toBe('01:00');
  expect(times.at('2026-11-19T14:00:00Z')).toBe('yesterday 23:00');
  expect(times.at('2026-11-18T14:00:00Z')).toBe('2026-11-18 23:00');
  expect(times.used()).toBe(true);
});

test('yesterday is one day back across a change of clocks', () => {
  // Clocks went back in New York on 2026-11-01, a day of 25 hours; it is 23:30 of that day.
  const times = createTimes(new Date('2026-11-02T04:30:00Z'), 'America/New_York', words);
  expect(times.at('2026-11-01T04:30:00Z')).toBe('00:30');
  expect(times.at('2026-11-01T03:30:00Z')).toBe('yesterday 23:30');
  expect(times.at('2026-10-31T03:30:00Z')).toBe('2026-10-30 23:30');
});
