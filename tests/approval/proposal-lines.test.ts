import { expect, it } from 'vitest';
import { linesOf } from '../../src/approval/proposal-lines.ts';
import { LANGUAGES } from '../../src/domain/reading.ts';
import { WORDS } from '../../src/language/conversation.ts';
import { callOf, NOW, START_BATCH } from './proposals.ts';

const TERMS = {
  id: 'SG-0123456789',
  open: ['detail', 'title'],
  rate: { count: 3, seconds: 5_400 },
  expiresAt: new Date(NOW.getTime() + 86_400_000),
  reason: 'pager\u202e bridge',
};

it.each(LANGUAGES)('shows the terms of a yes for the future, in %s', (language) => {
  const lines = linesOf(callOf(START_BATCH), [], WORDS[language].approval, NOW.getTime(), TERMS);
  const terms = lines.filter(({ kind }) => kind === 'standing').map(({ text }) => text);
  expect(lines[0]).toMatchObject({ kind: 'standing', tone: 'danger' });
  expect(terms[0]).toContain('SG-0123456789');
  expect(terms[1]).toMatch(/3.*90 ?(min|분|分钟)|90 ?(min|분|分钟).*3/);
  expect(terms[2]).toBe('2026-03-02T09:00:00.000Z');
  expect(terms[3]).toBe('detail, title');
  expect(terms[4]).toContain('pager');
  expect(terms[4]).not.toContain('\u202e');
  expect(lines.some(({ kind }) => kind === 'expires')).toBe(false);
});

it('says that nothing may differ, and nothing of the future for a yes of this once', () => {
  const words = WORDS.en.approval;
  const closed = linesOf(callOf(START_BATCH), [], words, NOW.getTime(), { ...TERMS, open: [] });
  expect(closed.map(({ text }) => text)).toContain(words.standing.nothingOpen);
  const once = linesOf(callOf(START_BATCH), [], words, NOW.getTime());
  expect(once.some(({ kind }) => kind === 'standing')).toBe(false);
  expect(once.some(({ kind }) => kind === 'expires')).toBe(true);
});

it.each(LANGUAGES)('says what goes with a target without being named, in %s', (language) => {
  const losing = {
    ...callOf(START_BATCH),
    takes_away: [
      { kind: 'instance', with: 'asg-web', count: 2, among: ['i-1', 'i-2', 'i-3'], population: 9 },
    ],
  };
  const lines = linesOf(losing, [], WORDS[language].approval, NOW.getTime());
  const loss = lines.find(({ kind }) => kind === 'takes_away');
  expect(loss).toMatchObject({ label: WORDS[language].approval.label.takesAway, tone: 'danger' });
  expect(loss?.text).toMatch(/2/);
  expect(loss?.text).toContain('i-1, i-2, i-3');
});
