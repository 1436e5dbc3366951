import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prepareQuery } from '../../mcp-server/simulator/services/logs/insights/query.ts';
import { eventRow } from '../../mcp-server/simulator/services/logs/insights/row.ts';
import { filterWords, queryOfFilter } from '../../mcp-server/tools/log-filter.ts';

const ORIGIN = { stream: 's', log: 'l', pointerTo: String };

function found(filter: string, message: string): boolean {
  const execution = prepareQuery(queryOfFilter(filter, 10), 0, 10).begin();
  execution.push(eventRow(0, message, ORIGIN, 0));
  return execution.end().length === 1;
}

describe('plain words as a query', () => {
  test('words, and words in quotation marks as one', () => {
    expect(filterWords(' error  "connection refused" x')).toEqual(['error', 'connection refused', 'x']);
    expect(queryOfFilter('a.b', 5)).toBe(
      'fields @timestamp, @message, @logStream, strlen(@message) as chars | filter @message like /(?i)a\\.b/ | sort @timestamp desc | limit 5',
    );
    expect(queryOfFilter(undefined, 5)).not.toContain('filter');
  });

  test('all of them, in any case and order', () => {
    expect(found('error timeout', 'Timeout: some ERROR')).toBe(true);
    expect(found('error timeout', 'some ERROR')).toBe(false);
    expect(found('"some error"', 'Some  ERROR here')).toBe(true);
    expect(found('"some error"', 'error, some')).toBe(false);
  });

  test.each([
    '/ | limit 0 | filter @message like /',
    '.*',
    'a|b',
    '\\',
    '(?<x>',
    '[',
    '^$',
    '"',
    "' or 1=1",
    '`',
    '# x',
    '/',
  ])('%j stands for itself', (word) => {
    const quoted = word.includes('"') ? word : `"${word}"`;
    expect(found(quoted, `before ${word} after`)).toBe(true);
    expect(found(quoted, 'nothing of it')).toBe(false);
  });

  test('whatever is typed is found where it stands', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), (text) => {
        expect(found(text, `<${text}>`)).toBe(true);
      }),
    );
  });
});
