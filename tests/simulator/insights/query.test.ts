import { describe, expect, test } from 'vitest';
import { MalformedQuery } from '../../../mcp-server/simulator/services/logs/insights/malformed.ts';
import { prepareQuery } from '../../../mcp-server/simulator/services/logs/insights/query.ts';
import { eventRow } from '../../../mcp-server/simulator/services/logs/insights/row.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const ORIGIN = { stream: 'one', log: '111122223333:/app', pointerTo: (line: number) => `ptr-${line}` };

const LINES = [
  '{"level":"info","path":"/cart","ms":12,"user":{"id":"u1","tags":["a","b"]}}',
  '{"level":"error","path":"/pay","ms":480,"user":{"id":"u2"}}',
  '{"level":"error","path":"/pay","ms":520,"user":{"id":"u1"}}',
  'GET /health 200 3ms',
  'user=mina, action:login, from 10.0.0.7',
  'REPORT RequestId: 6f1d2c0e Duration: 12.50 ms Billed Duration: 13 ms Memory Size: 512 MB Max Memory Used: 90 MB',
];

/** Rows of a query over the lines, a minute apart, newest first; pointers left out. */
function ask(query: string, lines: readonly string[] = LINES): Record<string, string>[] {
  const execution = prepareQuery(query, NOON, 10_000).begin();
  for (let line = lines.length - 1; line >= 0; line -= 1) {
    execution.push(eventRow(NOON - (lines.length - line) * 60_000, lines[line] ?? '', ORIGIN, line));
  }
  return execution.end().map((row) => {
    const { '@ptr': _pointer, ...rest } = Object.fromEntries(row.map(({ field, value }) => [field, value]));
    return rest;
  });
}

const one = (query: string, lines?: readonly string[]) => ask(`${query} | limit 1`, lines)[0];
const messages = (query: string) => ask(`fields @message | ${query}`).map((row) => row['@message']);

describe('rows and columns', () => {
  test('the newest first, time and message when nothing else is asked for', () => {
    const rows = ask('limit 2');
    expect(rows).toEqual([
      { '@timestamp': '2026-11-20 11:59:00.000', '@message': LINES[5] },
      { '@timestamp': '2026-11-20 11:58:00.000', '@message': LINES[4] },
    ]);
  });

  test('every event has its pointer, a group of events none', () => {
    const begun = prepareQuery('fields @logStream, @log', NOON, 10).begin();
    begun.push(eventRow(NOON, 'x', ORIGIN, 7));
    expect(begun.end()).toEqual([
      [
        { field: '@logStream', value: 'one' },
        { field: '@log', value: '111122223333:/app' },
        { field: '@ptr', value: 'ptr-7' },
      ],
    ]);
    const grouped = prepareQuery('stats count(*)', NOON, 10).begin();
    expect(grouped.end()).toEqual([]);
  });

  test('fields of JSON, nested with dots; what a row does not have is left out', () => {
    expect(ask('fields level, user.id, user.tags.1 | filter ispresent(level)')).toEqual([
      { level: 'error', 'user.id': 'u1' },
      { level: 'error', 'user.id': 'u2' },
      { level: 'info', 'user.id': 'u1', 'user.tags.1': 'b' },
    ]);
  });

  test('fields of what Lambda writes', () => {
    expect(one('fields @type, @requestId, @duration, @billedDuration, @maxMemoryUsed')).toEqual({
      '@type': 'REPORT',
      '@requestId': '6f1d2c0e',
      '@duration': '12.5',
      '@billedDuration': '13',
      '@maxMemoryUsed': '90000000',
    });
  });

  test('display shows only what it names', () => {
    expect(one('fields level, ms | filter ms > 500 | display ms')).toEqual({ ms: '520' });
  });

  test('the limit of the call counts unless the query has its own', () => {
    const count = (query: string) => {
      const begun = prepareQuery(query, NOON, 2).begin();
      for (let line = 0; line < 5; line += 1) begun.push(eventRow(NOON, 'x', ORIGIN, line));
      return begun.end().length;
    };
    expect(count('fields @message')).toBe(2);
    expect(count('fields @message | limit 4')).toBe(4);
  });
});

describe('filter', () => {
  test.each([
    ['filter level = "error"', 2],
    ["filter level != 'error'", 1],
    ['filter ms > 480', 1],
    ['filter ms >= 480 and path = "/pay"', 2],
    ['filter ms < 100 or ms > 500', 2],
    ['filter not (level = "error")', 4],
    ['filter path in ["/cart", "/pay"]', 3],
    ['filter path not in ["/cart"]', 5],
    ['filter @message like "health"', 1],
    ['filter @message like "HEALTH"', 0],
    ['filter @message like /(?i)HEALTH/', 1],
    ['filter @message not like /level/', 3],
    ['filter @message =~ /\\d+ms$/', 1],
    ['filter @message =~ "^GET"', 1],
    ['filter ms % 2 = 0 and ms / 2 > 200', 2],
    ['filter ms > -1', 3],
    ['filter isempty(level)', 3],
    ['filter strcontains(@message, "mina")', 1],
    ['FILTER level = "error" AND ms > 500', 1],
    ['# a note\nfilter level = "error" # another', 2],
  ])('%s', (query, count) => {
    expect(messages(query)).toHaveLength(count);
  });

  test('a field that is not there compares with nothing', () => {
    expect(messages('filter nothing = "x" or nothing != "x" or nothing < 1')).toEqual([]);
  });
});

describe('parse', () => {
  test('a glob takes what stands at its stars', () => {
    expect(
      ask(
        'parse @message "user=*, action:*, from *" as who, what, where | filter ispresent(who) | display who, what, where',
      ),
    ).toEqual([{ who: 'mina', what: 'login', where: '10.0.0.7' }]);
  });

  test('a regular expression takes its named groups', () => {
    expect(
      ask('parse @message /GET (?<path>\\S+) (?<code>\\d+)/ | filter code = 200 | display path, code'),
    ).toEqual([{ path: '/health', code: '200' }]);
    expect(ask('parse @message /GET (\\S+)/ as p | filter p = "/health" | stats count(*) as c')).toEqual([
      { c: '1' },
    ]);
  });
});

describe('stats', () => {
  test('counts by period and field', () => {
    expect(ask('stats count(*) as n by bin(5m)')).toEqual([
      { 'bin(5m)': '2026-11-20 11:55:00.000', n: '5' },
      { 'bin(5m)': '2026-11-20 11:50:00.000', n: '1' },
    ]);
    expect(ask('filter ispresent(level) | stats count(*) by level | sort count(*) desc')).toEqual([
      { level: 'error', 'count(*)': '2' },
      { level: 'info', 'count(*)': '1' },
    ]);
  });

  test.each([
    ['count(ms)', '3'],
    ['count_distinct(user.id)', '2'],
    ['sum(ms)', '1012'],
    ['avg(ms)', '337.3333'],
    ['min(ms)', '12'],
    ['max(ms)', '520'],
    ['pct(ms, 50)', '480'],
    ['pct(ms, 99)', '520'],
    ['median(ms)', '480'],
    ['stddev(ms)', '230.6243'],
    ['earliest(path)', '/cart'],
    ['latest(path)', '/pay'],
    ['sum(ms) / count(ms)', '337.3333'],
    ['max(@timestamp)', '2026-11-20 11:59:00.000'],
  ])('%s', (aggregate, value) => {
    expect(ask(`stats ${aggregate} as it`)).toEqual([{ it: value }]);
  });

  test('what was grouped can be filtered, sorted and grouped again', () => {
    expect(ask('stats count(*) as n by user.id | filter n > 1 | stats count(*) as users')).toEqual([
      { users: '2' },
    ]);
    expect(ask('stats max(ms) as top by path | filter ispresent(path) | sort top asc | limit 1')).toEqual([
      { path: '/cart', top: '12' },
    ]);
  });
});

describe('sort and dedup', () => {
  test('by number, and what has none comes last', () => {
    expect(ask('fields ms | sort ms desc').map((row) => row.ms)).toEqual([
      '520',
      '480',
      '12',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('keeps the first of each', () => {
    expect(ask('filter ispresent(path) | dedup path | display path, ms')).toEqual([
      { path: '/pay', ms: '520' },
      { path: '/cart', ms: '12' },
    ]);
  });
});

describe('functions', () => {
  test.each([
    ['strlen("한글ab")', '4'],
    ['toupper("a") ', 'A'],
    ['tolower("ÀB")', 'àb'],
    ['trim("  a ")', 'a'],
    ['ltrim("xxa", "x")', 'a'],
    ['rtrim("axx", "x")', 'a'],
    ['concat("a", 1, "b")', 'a1b'],
    ['replace("a.b.c", ".", "$&")', 'a$&b$&c'],
    ['substr("abcdef", 2, 3)', 'cde'],
    ['strcontains("abc", "bc")', '1'],
    ['coalesce(nothing, "x")', 'x'],
    ['isblank("  ")', 'true'],
    ['if(1 < 2, "yes", "no")', 'yes'],
    ['abs(-2.5)', '2.5'],
    ['ceil(1.2)', '2'],
    ['floor(1.8)', '1'],
    ['sqrt(9)', '3'],
    ['greatest(1, 10, 9)', '10'],
    ['least(3, 2)', '2'],
    ['2 ^ 3 + 10 % 4', '10'],
    ['fromMillis(0)', '1970-01-01 00:00:00.000'],
    ['toMillis(fromMillis(5))', '5'],
    ['datefloor(fromMillis(3700000), 1h)', '1970-01-01 01:00:00.000'],
    ['dateceil(fromMillis(3700000), 1h)', '1970-01-01 02:00:00.000'],
    ['datefloor(@timestamp, 1mo)', '2026-11-01 00:00:00.000'],
    ['now()', String(NOON / 1000)],
  ])('%s', (expression, value) => {
    expect(one(`fields ${expression} as it | display it`)).toEqual({ it: value });
  });
});

describe('a query that is wrong', () => {
  test.each([
    ['fields @message | fliter x = 1', 'unexpected symbol found fliter at line 1 and position 19', 18, 24],
    ['fields @message |', 'unexpected symbol found <EOF> at line 1 and position 18', 17, 17],
    ['fields @message\n| filter x = ', 'unexpected symbol found <EOF> at line 2 and position 14', 29, 29],
    ['filter (a = 1', 'unexpected symbol found <EOF> at line 1 and position 14', 13, 13],
    ['filter a == 1', 'unexpected symbol found = at line 1 and position 11', 10, 11],
    ['limit ten', 'unexpected symbol found ten at line 1 and position 7', 6, 9],
    ['filter x = "open', 'unexpected symbol found " at line 1 and position 12', 11, 12],
    ['stats count(*) by bin(5 minutes)', 'unexpected symbol found minutes at line 1 and position 25', 24, 31],
    ['', 'unexpected symbol found <EOF> at line 1 and position 1', 0, 0],
  ])('%j', (query, message, start, end) => {
    expect(problemOf(query)).toMatchObject({ message, start, end });
  });

  test.each([
    ['stats frobnicate(x)', 'Invalid function name: frobnicate'],
    ['fields strlen(a, b)', 'Invalid number of arguments for function strlen: expected 1, found 2'],
    ['filter count(*) > 1', 'The aggregation function count is only allowed in stats'],
    ['filter a like /(/', 'Invalid regular expression /(/'],
    ['stats count(*) by bin(x)', 'The function bin needs a period such as 5m or 1h'],
    ['stats level by path', 'stats needs an aggregation function'],
    ['parse @message "a*b*" as x', 'Expected 2 fields for the wildcards of the pattern, found 1'],
    ['fields constructor(a)', 'Invalid function name: constructor'],
  ])('%s', (query, message) => {
    expect(problemOf(query).message).toContain(message);
  });

  test('nesting without end is refused', () => {
    expect(problemOf(`filter ${'('.repeat(50_000)}`).message).toContain('unexpected symbol found (');
    expect(problemOf(`filter ${'not '.repeat(50_000)} x`).message).toContain('unexpected symbol found');
  });

  test('a command that only AWS has is not called malformed', () => {
    expect(() => prepareQuery('pattern @message', NOON, 10)).toThrow(
      'does not answer the Logs Insights command "pattern"',
    );
  });

  function problemOf(query: string): MalformedQuery {
    try {
      prepareQuery(query, NOON, 10);
    } catch (error) {
      if (error instanceof MalformedQuery) return error;
      throw error;
    }
    throw new Error(`${query} is taken for a query`);
  }
});

test('names of objects’ own members are no fields', () => {
  expect(one('fields constructor, __proto__, toString', ['{"a":1,"__proto__":{"b":2}}'])).toEqual({});
});
