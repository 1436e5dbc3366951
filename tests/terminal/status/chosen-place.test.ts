import { expect, test } from 'vitest';
import type { EngineEvent } from '../../../src/domain/events.ts';
import { LANGUAGES, type Language } from '../../../src/domain/reading.ts';
import { terminalWords } from '../../../src/language/terminal.ts';
import { reduce } from '../../../src/terminal/reduce.ts';
import { initialState, type TerminalState } from '../../../src/terminal/state.ts';
import { statusLine } from '../../../src/terminal/status/status-view.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';
import { NOW, REPORT } from '../samples.ts';

const AT = { wall: NOW, steady: 0 };

function heard(language: Language, ...events: EngineEvent[]): TerminalState {
  const state = initialState({
    language,
    version: '1',
    timeZone: 'Asia/Seoul',
    size: { columns: 100, rows: 24 },
    at: AT,
  });
  return events.reduce(
    (before, event) => reduce(before, { type: 'engine', event, encrypted: false, at: AT }).state,
    state,
  );
}

const status = (state: TerminalState, columns = 160) =>
  lineText(statusLine(state, terminalWords(state.language), columns));

/** What the chat said last of its own accord. */
function lastNotice({ finished }: TerminalState): string {
  const item = finished.at(-1);
  if (item?.kind !== 'notice' || item.notice.notice !== 'words') throw new Error('no words');
  return `${item.notice.tone}: ${item.notice.text}`;
}

const account: EngineEvent = { type: 'account', report: REPORT };

test.each(LANGUAGES)('the chosen region stands in the status line in place of all, in %s', (language) => {
  const before = heard(language, account);
  expect(status(before)).toContain('ap-northeast-2, us-east-1');
  const event: EngineEvent = { type: 'place', account: null, region: 'us-east-1', asked: 'region' };
  const after = heard(language, account, event);
  expect(status(after)).toContain('us-east-1');
  expect(status(after)).not.toContain('ap-northeast-2');
  // It is why nothing is seen elsewhere: of a narrow line it goes late.
  expect(status(after, 40)).toContain('us-east-1');
  expect(lastNotice(after)).toMatch(/^note: .*us-east-1/);
});

test('a place that is not there is said, with what there is; names in it are shown as they are', () => {
  const refused = {
    what: 'region',
    asked: 'moon\u001b[2J-1',
    known: REPORT.accounts[0]?.regions ?? [],
  } as const;
  const state = heard('en', account, {
    type: 'place',
    account: null,
    region: null,
    asked: 'region',
    refused,
  });
  expect(lastNotice(state)).toBe(
    'error: "moon\\u{1b}[2J-1" is no region of this account. It has ap-northeast-2, us-east-1.',
  );
  expect(status(state)).toContain('ap-northeast-2, us-east-1');
});
