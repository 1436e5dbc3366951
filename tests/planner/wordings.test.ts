import { describe, expect, it } from 'vitest';
import { EMPTY_CONVERSATION, type Reading } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';
import { CHINESE, ENGLISH, KOREAN, MIXED, type Wording } from './wordings.ts';

const ACCOUNTS = ['main', 'shop', 'rec', '444455556666'];
const planner = createPlanner();

function read({ say, after = [] }: Wording): Reading {
  let conversation = EMPTY_CONVERSATION;
  for (const said of after)
    conversation = planner.read(said, {
      directory: STREAMING,
      now: NOW,
      conversation,
      accounts: ACCOUNTS,
    }).conversation;
  return planner.read(say, { directory: STREAMING, now: NOW, conversation, accounts: ACCOUNTS }).reading;
}

function check(wording: Wording): void {
  const reading = read(wording);
  if (wording.calls !== undefined) {
    expect(reading).toMatchObject({
      outcome: 'calls',
      calls: wording.calls.map(([tool, args]) => ({ tool, arguments: args })),
    });
    return;
  }
  expect(reading.outcome).toBe(wording.outcome);
  const code =
    reading.outcome === 'question'
      ? reading.question.code
      : reading.outcome === 'calls'
        ? ''
        : reading.reason;
  if (wording.code !== undefined) expect(code).toBe(wording.code);
}

describe.each([
  ['English', ENGLISH],
  ['Korean', KOREAN],
  ['Chinese', CHINESE],
  ['mixed languages', MIXED],
] as const)('wordings in %s', (_language, wordings) => {
  it.each(wordings.map((wording) => [[...(wording.after ?? []), wording.say].join(' » '), wording] as const))(
    '%s',
    (_name, wording) => {
      check(wording);
    },
  );
});
