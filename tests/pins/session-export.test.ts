import { expect, test } from 'vitest';
import { z } from 'zod';
import { SESSION_EXPORT_VERSION, sessionExport } from '../../src/reports/session/session-export.ts';

/** Members people's scripts read. Taking one away or changing what it holds takes a higher version. */
test('the session export is version 1 and has these members', () => {
  expect(SESSION_EXPORT_VERSION).toBe(1);
  const schema = z.toJSONSchema(sessionExport) as {
    properties: Record<
      string,
      { items?: { properties?: Record<string, { items?: { properties?: object } }> } }
    >;
  };
  expect(Object.keys(schema.properties)).toEqual([
    'format',
    'version',
    'id',
    'title',
    'started_at',
    'last_at',
    'account',
    'folder',
    'continues',
    'runs',
    'places',
    'turns',
    'unread',
    'masked',
  ]);
  const turn = schema.properties.turns?.items?.properties ?? {};
  expect(Object.keys(turn)).toEqual([
    'number',
    'at',
    'ended_at',
    'text',
    'provenance',
    'language',
    'outcome',
    'said',
    'calls',
    'approvals',
  ]);
  expect(Object.keys(turn.calls?.items?.properties ?? {})).toEqual([
    'id',
    'at',
    'tool',
    'arguments',
    'risk',
    'status',
    'elapsed_ms',
    'result',
    'failure',
    'reason',
    'cli',
    'console',
  ]);
});
