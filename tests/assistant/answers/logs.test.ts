import { describe, expect, test } from 'vitest';
import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { answerOf } from '../../../src/assistant/answers/answer.ts';
import type { Language } from '../../../src/domain/reading.ts';
import { WORDS } from '../../../src/language/conversation.ts';

const call = {
  cli: [],
  console: null,
  account: 'shop',
  regions: ['ap-northeast-2'],
  aws_calls: 3,
  retries: 0,
  elapsed_ms: 1,
};
const place = { region: 'ap-northeast-2', account: 'shop' };
const found: ToolOutput<'query_logs'> = {
  log_group: '/app/web',
  matched: 'exact',
  query: 'fields @message',
  since: '2026-11-20T08:00:00.000Z',
  until: '2026-11-20T09:00:00.000Z',
  events: [{ at: '2026-11-20T08:30:00.000Z', message: 'x', ...place }],
  columns: [],
  rows: [],
  patterns: [{ count: 1, message: 'ERROR a\nb\u202e' }],
  first: '2026-11-20T08:30:00.000Z',
  last: '2026-11-20T08:30:00.000Z',
  statistics: { matched: 7, scanned: 9, scanned_bytes: 100, estimated_bytes: null },
  coverage: { looked_at: [], gaps: [] },
  call,
};

function answer(data: ToolOutput<'query_logs'>, language: Language = 'en'): string[] {
  const setting = { words: WORDS[language].answers, now: new Date('2026-11-20T09:00:00Z'), timeZone: 'UTC' };
  return answerOf('query_logs', { log_group: 'web', filter: 'error' }, data, setting).found.split('\n');
}

describe('what logs held', () => {
  test('how many, from when to when, and what they say most often, drawn plainly', () => {
    expect(answer(found)).toEqual([
      '7 log events with "error" in /app/web between 08:00 and 09:00.',
      'Of the newest 1: first at 08:30, last at 08:30.',
      String.raw`1 × ERROR a\nb\u{202e}`,
    ]);
  });

  test('in the language of the person', () => {
    expect(answer(found, 'ko')[0]).toBe('/app/web에서 08:00부터 09:00까지 "error" 로그 7건.');
    expect(answer(found, 'zh')[0]).toBe('/app/web 在 08:00 至 09:00 有 7 条包含“error”的日志。');
  });

  test('nothing, and another group than was said', () => {
    const none = { ...found, matched: 'close' as const, events: [], patterns: [], first: null, last: null };
    expect(answer(none).slice(0, 2)).toEqual([
      'Taking "web" for /app/web.',
      'No log events with "error" in /app/web between 08:00 and 09:00.',
    ]);
  });

  test('rows of a query that are no events', () => {
    const rows = { ...found, events: [], patterns: [], columns: ['n'], rows: [{ n: '7' }] };
    expect(answer(rows)[0]).toBe('The query gave 1 row from /app/web between 08:00 and 09:00.');
  });
});
