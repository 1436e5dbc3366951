import { expect, test } from 'vitest';
import type { AuditEntry } from '../../mcp-server/contract/audit.ts';
import { whatBecameOf } from '../../src/tools/after-crash.ts';

let sequence = 0;
function entry(event: AuditEntry['event'], detail: Record<string, unknown> = {}, subject = 'P1'): AuditEntry {
  sequence += 1;
  return {
    sequence,
    at: '2026-11-20T09:00:00.000Z',
    server: 's',
    session: 'x',
    event,
    subject,
    detail,
    previous: '',
    hash: '',
  };
}

test('no intent: AWS was not asked', () => {
  const failure = whatBecameOf('stop_instances', 'P1', 0, [entry('proposed'), entry('intent', {}, 'P2')]);
  expect(failure).toMatchObject({ code: 'outcome_unknown', nothing_changed: true });
});

test('an intent alone: nobody knows', () => {
  const failure = whatBecameOf('stop_instances', 'P1', 0, [entry('intent')]);
  expect(failure.nothing_changed).toBe(false);
  expect(failure.message).toMatch(/may or may not/);
});

test('what the restarted server found is told', () => {
  const intent = entry('intent');
  const found = entry('found', { intent: intent.sequence, finding: 'it seems to have happened.' });
  expect(whatBecameOf('stop_instances', 'P1', 0, [intent, found]).message).toContain(
    'seems to have happened',
  );
});

test("an earlier step's outcome is not taken for this step's", () => {
  const first = entry('intent');
  const outcome = entry('outcome', { intent: first.sequence, result: 'done' });
  expect(whatBecameOf('start_instances', 'P1', 1, [first, outcome]).nothing_changed).toBe(true);
  const second = entry('intent');
  expect(whatBecameOf('start_instances', 'P1', 1, [first, outcome, second]).message).toMatch(
    /may or may not/,
  );
});
