import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import { NO_KEYS, readKeys } from '../../src/approval/device-keys.ts';
import { proposalText, questionText } from '../../src/approval/device-screen.ts';
import {
  type ApprovalDialog,
  DEAF_MS,
  type DialogEvent,
  openDialog,
  pressDialog,
} from '../../src/approval/dialog.ts';
import { approvalWords as en } from '../../src/language/en/approval.ts';
import { approvalWords as ko } from '../../src/language/ko/approval.ts';
import { approvalWords as zh } from '../../src/language/zh/approval.ts';
import { callOf, NOW, planOf, START_BATCH, TERMINATE } from './proposals.ts';

const OPENED = 10_000;
const HEARD = OPENED + DEAF_MS;

function dialogFor(proposal: Proposal = callOf(START_BATCH), encrypted = false): ApprovalDialog {
  return openDialog({ proposal, flagged: [], encrypted, at: OPENED });
}

/** Keys as a terminal in raw mode gives them, one read each. */
function press(dialog: ApprovalDialog, chunks: string[], at = HEARD): ApprovalDialog {
  let keys = NO_KEYS;
  return chunks.reduce((state, chunk) => {
    const read = readKeys(keys, chunk, at);
    keys = read.keys;
    return read.events.reduce(pressDialog, state);
  }, dialog);
}

const typed = (text: string) => [...text];
const decisionOf = (dialog: ApprovalDialog) => (dialog.phase === 'settled' ? dialog.decision : null);

describe('a change that can be undone', () => {
  it.each([
    ['y', { decision: 'approve' }],
    ['n', { decision: 'decline' }],
    ['e', { decision: 'edit' }],
    ['w', { decision: 'why' }],
    ['\u001b', { decision: 'decline' }],
    ['\u0003', { decision: 'decline' }],
    ['\u0004', { decision: 'decline' }],
  ])('%j settles it', (key, decision) => {
    expect(decisionOf(press(dialogFor(), [key]))).toEqual(decision);
  });

  it.each([
    ['Enter', ['\r']],
    ['a line end', ['\n']],
    ['Enter, again and again', ['\r', '\r', '\r']],
    ['a pasted y', ['\u001b[200~y\u001b[201~']],
    ['a pasted y, cut in pieces', ['\u001b[200~', 'y', '\u001b[201~']],
    ['a y in a longer paste', ['yes']],
    ['y and Enter in one read', ['y\r']],
    ['an upper-case Y', ['Y']],
    ['a full-width y', ['ｙ']],
    ['an arrow key', ['\u001b[A']],
    ['a space', [' ']],
  ])('is not approved by %s', (_, chunks) => {
    expect(decisionOf(press(dialogFor(), chunks))).toBeNull();
  });

  it('is deaf for half a second', () => {
    expect(DEAF_MS).toBe(500);
  });

  it('hears nothing typed before it opened or in its first half second', () => {
    for (const at of [0, OPENED - 1, OPENED, HEARD - 1]) {
      const dialog = press(dialogFor(), ['y', '\r', 'y', '\u001b'], at);
      expect(decisionOf(dialog)).toBeNull();
      expect(dialog.hint).toBe('wait');
    }
    expect(decisionOf(press(dialogFor(), ['y'], HEARD))).toEqual({ decision: 'approve' });
  });

  it('is settled once', () => {
    const declined = press(dialogFor(), ['n']);
    expect(press(declined, ['y'])).toBe(declined);
  });
});

describe('a change that cannot be undone', () => {
  const dialog = dialogFor(callOf(TERMINATE));

  it.each([
    ['its name', 'bastion'],
    ['its id', 'i-0ba57'],
  ])('is approved by typing %s and Enter', (_, name) => {
    const named = press(dialog, typed(name));
    expect(decisionOf(named)).toBeNull();
    expect(decisionOf(press(named, ['\r']))).toEqual({ decision: 'approve' });
  });

  it('counts letters that arrive together as typed, and wants Enter by itself', () => {
    const together = press(dialog, ['bas', 'tion\r']);
    expect(together).toMatchObject({ phase: 'naming', typed: 'bastion', hint: 'enter_alone' });
    expect(decisionOf(press(together, ['\r']))).toEqual({ decision: 'approve' });
  });

  it('lets a slip of the hand be mended', () => {
    expect(decisionOf(press(dialog, [...typed('bastiom'), '\u007f', 'n', '\r']))).toEqual({
      decision: 'approve',
    });
  });

  it.each([
    ['y', ['y', '\r']],
    ['yes', [...typed('yes'), '\r']],
    ['a part of it', [...typed('bastio'), '\r']],
    ['other case', [...typed('Bastion'), '\r']],
    ['Enter alone', ['\r']],
    ['a paste', ['\u001b[200~bastion\u001b[201~', '\r']],
    ['name and Enter in one read', ['bastion\r']],
    ['half typed, half pasted', [...typed('bas'), '\u001b[200~tion\u001b[201~', '\r']],
  ])('is not approved by %s', (_, chunks) => {
    expect(decisionOf(press(dialog, chunks))).toBeNull();
  });

  it('forgets a wrong name, and says so', () => {
    const wrong = press(dialog, [...typed('web-1'), '\r']);
    expect(wrong).toMatchObject({ phase: 'naming', typed: '', hint: 'wrong_name' });
  });

  it.each([
    ['n', 'decline'],
    ['e', 'edit'],
    ['w', 'why'],
  ])('%s and Enter: %s', (letter, decision) => {
    expect(decisionOf(press(dialog, [letter]))).toBeNull();
    expect(decisionOf(press(dialog, [letter, '\r']))).toEqual({ decision });
  });

  it('asks for every one of several, also those of a plan’s steps', () => {
    const second = {
      ...TERMINATE,
      targets: TERMINATE.targets.map((target) => ({ ...target, id: 'i-2', name: 'old' })),
    };
    const plan = dialogFor(planOf([START_BATCH, TERMINATE, second]));
    const first = press(plan, [...typed('bastion'), '\r']);
    expect(first).toMatchObject({ phase: 'naming', which: 1 });
    expect(decisionOf(press(first, [...typed('bastion'), '\r']))).toBeNull();
    expect(decisionOf(press(first, [...typed('old'), '\r']))).toEqual({ decision: 'approve' });
  });

  it('asks for the id where the name is not what it looks like', () => {
    const hidden = callOf({
      ...TERMINATE,
      targets: TERMINATE.targets.map((target) => ({ ...target, name: 'web\u200b-1' })),
    });
    const asked = dialogFor(hidden);
    expect(asked).toMatchObject({ phase: 'naming', wanted: [{ shown: 'i-0ba57', accepted: ['i-0ba57'] }] });
    expect(decisionOf(press(asked, [...typed('web-1'), '\r']))).toBeNull();
  });
});

describe('a key with a passphrase', () => {
  it('asks for it after the yes, typed or pasted', () => {
    const asked = press(dialogFor(callOf(START_BATCH), true), ['y']);
    expect(asked.phase).toBe('passphrase');
    expect(decisionOf(press(asked, ['\r']))).toBeNull();
    for (const chunks of [typed('open sesame'), ['\u001b[200~open sesame\n\u001b[201~']]) {
      expect(decisionOf(press(asked, [...chunks, '\r']))).toEqual({
        decision: 'approve',
        passphrase: 'open sesame',
      });
    }
    expect(decisionOf(press(asked, ['\u001b']))).toEqual({ decision: 'decline' });
  });

  it('never shows it', () => {
    const asked = press(dialogFor(callOf(START_BATCH), true), ['y', ...typed('secret')]);
    expect(questionText(asked, en)).not.toContain('secret');
    expect(questionText(asked, en)).not.toContain('*');
  });
});

it('there is no yes without a y, or a name, pressed by itself after the half second', () => {
  const event: fc.Arbitrary<DialogEvent> = fc.oneof(
    fc.record({
      at: fc.integer({ min: 0, max: 20_000 }),
      key: fc.constantFrom('enter', 'backspace', 'other'),
    }),
    fc.record({
      at: fc.integer({ min: 0, max: 20_000 }),
      key: fc.constantFrom('paste'),
      text: fc.constantFrom('y', 'yes', 'y\r', 'bastion', 'bastion\r'),
    }),
    fc.record({
      at: fc.integer({ min: 0, max: HEARD - 1 }),
      key: fc.constantFrom('character'),
      text: fc.constantFrom('y', 'b'),
    }),
  ) as fc.Arbitrary<DialogEvent>;
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.boolean(), (events, grave) => {
      const end = events.reduce(pressDialog, dialogFor(callOf(grave ? TERMINATE : START_BATCH)));
      expect(end.phase).not.toBe('settled');
    }),
  );
});

describe('what is shown', () => {
  const proposal = callOf({
    ...TERMINATE,
    targets: TERMINATE.targets.map((target) => ({
      ...target,
      name: 'bas\u001b[2Jtion\u202e\nApproved: yes',
    })),
    blast_radius: {
      affected: [{ id: 'lb-1', name: 'shop-lb', how: 'calls_it' }],
      gaps: [{ what: 'dependants', why: 'denied', detail: 'xray:GetServiceGraph is not allowed.' }],
    },
  });

  it.each([
    ['en', en],
    ['ko', ko],
    ['zh', zh],
  ])('is everything that matters (%s)', (_, words) => {
    const text = proposalText(
      { proposal, flagged: ['web-9 stands only in a log line'] },
      words,
      NOW.getTime(),
    );
    for (const part of [
      'terminate_instances',
      'i-0ba57',
      'state: running → terminated',
      `shop-lb (lb-1): ${words.feltAs.calls_it}`,
      'xray:GetServiceGraph',
      words.noUndo.gone_for_good,
      'arn:aws:iam::111122223333:user/dana',
      '111122223333 · eu-west-1',
      '/tmp/shop.account.yaml',
      words.span({ count: 15, unit: 'minute' }),
      'aws ec2 start-instances --instance-ids',
      'web-9 stands only in a log line',
      words.risk.irreversible,
    ]) {
      expect(text).toContain(part);
    }
  });

  it('cannot be drawn over or hidden by a name', () => {
    const dialog = dialogFor(proposal);
    for (const text of [proposalText(dialog, en, NOW.getTime()), questionText(dialog, en)]) {
      expect(text).not.toMatch(/[\u001b\u202e\u0007]/);
      expect(text).not.toContain('\nApproved: yes');
    }
  });

  it('does not say "nothing else" where something could not be looked at', () => {
    const gaps = callOf({ ...START_BATCH, blast_radius: { affected: [], gaps: proposal.blast_radius.gaps } });
    expect(proposalText({ proposal: gaps, flagged: [] }, en, NOW.getTime())).not.toContain(en.noneAffected);
    expect(proposalText({ proposal: callOf(START_BATCH), flagged: [] }, en, NOW.getTime())).toContain(
      en.noneAffected,
    );
  });
});
