import { describe, expect, it } from 'vitest';
import type { TurnOutcome } from '../../src/domain/events.ts';
import { tickEvery } from '../../src/terminal/state.ts';
import { bareChat, frameText } from './bare-chat.ts';
import { CTRL_C, CTRL_D, DOWN_ARROW, ENTER, ESC, press, UP_ARROW } from './press.ts';
import {
  callView,
  cpu,
  done,
  FACTS,
  instances,
  NOW,
  REPORT,
  rebootProposal,
  terminateProposal,
} from './samples.ts';

describe('sending', () => {
  it('sends what was typed, once', () => {
    const the = bareChat();
    the.say('list all instances');
    the.press(ENTER);
    expect(the.submitted()).toEqual([['list all instances', 'typed']]);
    expect(the.state.prompt.text).toBe('');
  });

  it('sends a line and its end in one piece, and does not take it for surely typed', () => {
    const the = bareChat();
    the.press(press('start the batch server\r'));
    expect(the.submitted()).toEqual([['start the batch server', 'burst']]);
  });

  it('sends each line of a piece that holds several, none of them as typed', () => {
    const the = bareChat();
    the.press(press('start batch\rlist alarms\rsto'));
    expect(the.submitted()).toEqual([['start batch', 'pasted']]);
    expect(the.state.queue).toEqual([{ text: 'list alarms', provenance: 'pasted' }]);
    expect(the.state.prompt).toMatchObject({ text: 'sto', origin: 'pasted' });
  });

  it('sends as pasted what has a pasted word in it', () => {
    const the = bareChat();
    the.type('start ');
    the.paste('batch');
    the.press(ENTER);
    expect(the.submitted()).toEqual([['start batch', 'pasted']]);
  });

  it('sends as pasted what was fetched from history', () => {
    const the = bareChat();
    the.say('start batch');
    the.begin('t1');
    the.end('t1');
    the.press(UP_ARROW, ENTER);
    expect(the.submitted()).toEqual([
      ['start batch', 'typed'],
      ['start batch', 'pasted'],
    ]);
  });

  it('does not send a pasted text by the line end it holds', () => {
    const the = bareChat();
    the.paste('stop web-1\r');
    expect(the.submitted()).toEqual([]);
    expect(the.state.prompt.text).toBe('stop web-1\n');
  });

  it('goes on in a new line after a backslash, Alt+Enter or Shift+Enter', () => {
    const the = bareChat();
    the.type('one\\');
    the.press(ENTER);
    the.type('two');
    the.press(press('\r', { return: true, meta: true }));
    the.type('three');
    the.press(press('\r', { return: true, shift: true }));
    the.type('four');
    expect(the.submitted()).toEqual([]);
    the.press(ENTER);
    expect(the.submitted()).toEqual([['one\ntwo\nthree\nfour', 'typed']]);
  });
});

describe('typing ahead', () => {
  it('queues in sight while a turn runs and sends when it is answered', () => {
    const the = bareChat();
    the.say('first');
    the.begin('t1', 'first');
    the.say('second');
    the.say('third');
    expect(the.submitted()).toHaveLength(1);
    expect(the.state.queue.map(({ text }) => text)).toEqual(['second', 'third']);
    the.end('t1');
    expect(the.submitted()).toHaveLength(2);
    the.begin('t2', 'second');
    the.end('t2');
    expect(the.submitted().map(([text]) => text)).toEqual(['first', 'second', 'third']);
  });

  it.each<TurnOutcome>(['question', 'declined', 'refused', 'failed', 'cancelled'])(
    'is held after %s: it must not answer what it did not know of',
    (outcome) => {
      const the = bareChat();
      the.say('stop web');
      the.begin('t1');
      the.say('1');
      the.end('t1', outcome);
      expect(the.submitted()).toHaveLength(1);
      // What Enter does now has to be on the screen before it does it.
      the.press(ENTER);
      expect(the.submitted()).toHaveLength(1);
      expect(frameText(the.state)).toContain('Enter sends what is queued · Esc drops it');
      the.later(600);
      the.press(ENTER);
      expect(the.submitted()).toHaveLength(2);
    },
  );

  it('stays held when something else is said meanwhile', () => {
    const the = bareChat();
    the.say('reboot api-1');
    the.begin('t1');
    the.say('stop web-1');
    the.end('t1', 'declined');
    the.later(600);
    the.say('list alarms');
    the.begin('t2', 'list alarms');
    the.end('t2');
    expect(the.submitted().map(([text]) => text)).toEqual(['reboot api-1', 'list alarms']);
    expect(the.state.queue.map(({ text }) => text)).toEqual(['stop web-1']);
  });

  it('after a dialog, its rest is no word for the prompt, and what was there before is there again', () => {
    const the = bareChat();
    the.type('list al');
    the.begin('t1');
    the.ask();
    the.later(600);
    the.type('y');
    for (const letter of 'es') {
      the.later(120);
      the.type(letter);
    }
    the.press(ENTER);
    expect(the.submitted()).toEqual([]);
    expect(the.state.prompt.text).toBe('list al');
    the.later(400);
    the.type('l');
    expect(the.state.prompt.text).toBe('list all');
  });

  it('can be dropped with Esc', () => {
    const the = bareChat();
    the.say('a');
    the.begin('t1');
    the.say('b');
    the.end('t1', 'failed');
    the.press(ESC, ENTER);
    expect(the.submitted()).toHaveLength(1);
  });

  it('never reaches a dialog: what waits in prompt and queue stays there', () => {
    const the = bareChat();
    the.say('reboot api-1');
    the.begin('t1');
    the.say('y');
    the.type('y');
    the.ask();
    expect(the.intents.filter(({ intent }) => intent === 'answer')).toEqual([]);
    expect(the.state.prompt.text).toBe('y');
    expect(the.state.queue).toEqual([{ text: 'y', provenance: 'typed' }]);
  });
});

describe('an open dialog', () => {
  it('takes no yes before its last line has been on the screen', () => {
    const the = bareChat();
    the.resize(20, 12);
    the.begin('t1');
    the.ask();
    the.later(600);
    the.type('y');
    expect(the.intents).toEqual([]);
    expect(frameText(the.state)).toContain('Read it to its end');
    const seen = [];
    for (let presses = 0; presses < 60; presses += 1) {
      seen.push(frameText(the.state));
      the.press(DOWN_ARROW);
    }
    expect(seen.join('')).toContain('K7M2QX4T');
    the.type('y');
    expect(the.intents).toMatchObject([{ decision: { decision: 'approve' } }]);
  });

  it('takes no name either before its last line has been on the screen', () => {
    const the = bareChat();
    the.resize(20, 12);
    the.begin('t1');
    the.ask('t1', terminateProposal());
    the.later(600);
    the.type('bastion');
    the.press(ENTER);
    expect(the.intents).toEqual([]);
    for (let presses = 0; presses < 60; presses += 1) the.press(DOWN_ARROW);
    the.press(ENTER);
    expect(the.intents).toMatchObject([{ decision: { decision: 'approve' } }]);
  });

  it('keeps the keys while a passphrase is looked at, and asks for it again at once when it was wrong', () => {
    const the = bareChat({ encrypted: true });
    the.begin('t1');
    the.ask();
    the.later(600);
    the.type('y');
    the.type('wrong');
    the.press(ENTER);
    the.type('n');
    the.press(CTRL_C);
    expect(the.intents).toHaveLength(1);
    expect(the.state.prompt.text).toBe('');
    the.hear({
      type: 'approval_asked',
      turn: 't1',
      call: 't1.1',
      proposal: rebootProposal(),
      flagged: [],
      again: 'passphrase',
    });
    expect(frameText(the.state)).toContain('That is not the passphrase');
    the.type('new');
    the.press(ENTER);
    expect(the.intents.at(-1)).toMatchObject({ decision: { decision: 'approve', passphrase: 'new' } });
    the.hear({ type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'approve' });
    expect(the.state.dialog).toBeNull();
  });

  it('goes when its time is over, and says how much of it is left until then', () => {
    const the = bareChat();
    the.begin('t1');
    the.ask();
    expect(frameText(the.state)).toMatch(/Open for +15 min/);
    the.later(14 * 60_000 + 15_000);
    the.press(DOWN_ARROW);
    expect(frameText(the.state)).toMatch(/Open for +45 s/);
    the.hear({ type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'expired' });
    expect(the.state.dialog).toBeNull();
    expect(the.state.asked).toMatchObject([{ decision: 'expired' }]);
  });

  it('takes no key for half a second, no paste and no piece of several keys, and Enter is never yes', () => {
    const the = bareChat();
    the.say('reboot api-1');
    the.begin('t1');
    the.ask();
    the.later(499);
    the.type('y');
    the.later(500);
    the.paste('y');
    the.press(press('yes'), press('y\r'), ENTER, press('\n'));
    expect(the.intents.filter(({ intent }) => intent === 'answer')).toEqual([]);
    expect(the.state.prompt.text).toBe('');
    the.type('y');
    expect(the.intents.at(-1)).toMatchObject({ intent: 'answer', decision: { decision: 'approve' } });
  });

  it('declines on Esc and on Ctrl+C', () => {
    for (const key of [ESC, CTRL_C]) {
      const the = bareChat();
      the.begin('t1');
      the.ask();
      the.later(600);
      the.press(key);
      expect(the.intents).toEqual([{ intent: 'answer', call: 't1.1', decision: { decision: 'decline' } }]);
    }
  });

  it('is deaf again when the next one takes its place', () => {
    const the = bareChat();
    the.begin('t1');
    the.ask('t1');
    the.hear({
      type: 'approval_asked',
      turn: 't1',
      call: 't1.2',
      proposal: rebootProposal({ id: 'SECOND00' }),
      flagged: [],
    });
    the.later(600);
    the.type('y');
    the.type('y');
    expect(the.intents).toHaveLength(1);
    the.later(600);
    the.type('y');
    expect(the.intents.map((each) => each.intent === 'answer' && each.call)).toEqual(['t1.1', 't1.2']);
  });

  it('asks for the passphrase of the key after the yes, where a paste is welcome', () => {
    const the = bareChat({ encrypted: true });
    the.begin('t1');
    the.ask();
    the.later(600);
    the.type('y');
    expect(the.intents).toEqual([]);
    the.paste('correct horse');
    the.press(ENTER);
    expect(the.intents).toEqual([
      { intent: 'answer', call: 't1.1', decision: { decision: 'approve', passphrase: 'correct horse' } },
    ]);
  });

  it('takes a name instead of y for what cannot be undone', () => {
    const the = bareChat();
    the.begin('t1');
    the.ask('t1', terminateProposal());
    the.later(600);
    the.type('y');
    the.press(ENTER);
    expect(the.intents).toEqual([]);
    the.type('bastion');
    the.press(ENTER);
    expect(the.intents).toMatchObject([{ decision: { decision: 'approve' } }]);
  });

  it('takes a name from a quick hand, but not pasted, and Enter only by itself', () => {
    const the = bareChat();
    the.begin('t1');
    the.ask('t1', terminateProposal());
    the.later(600);
    the.paste('bastion');
    the.press(ENTER);
    expect(the.intents).toEqual([]);
    the.press(press('ba'), press('sti'), press('on\r'));
    expect(the.intents).toEqual([]);
    the.press(ENTER);
    expect(the.intents).toMatchObject([{ decision: { decision: 'approve' } }]);
  });

  it('scrolls no further than its end', () => {
    const the = bareChat();
    the.resize(40, 12);
    the.begin('t1');
    the.ask();
    for (let presses = 0; presses < 50; presses += 1) the.press(DOWN_ARROW);
    const end = the.state.dialog?.scroll ?? 0;
    expect(end).toBeGreaterThan(0);
    the.press(UP_ARROW);
    expect(the.state.dialog?.scroll).toBe(end - 1);
  });

  it('closes when it is settled elsewhere or its turn ends', () => {
    const the = bareChat();
    the.begin('t1');
    the.ask();
    the.hear({ type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'approve' });
    expect(the.state.dialog).toBeNull();
    the.ask();
    the.end('t1', 'cancelled');
    expect(the.state.dialog).toBeNull();
  });

  it('puts the sentence back into the prompt for editing, not as typed', () => {
    const the = bareChat();
    the.say('reboot api-1');
    the.begin('t1', 'reboot api-1');
    the.ask();
    the.hear({ type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'edit' });
    expect(the.state.prompt).toMatchObject({ text: 'reboot api-1', origin: 'recalled' });
  });
});

describe('stopping and leaving', () => {
  it('stops a running turn on Esc, once', () => {
    const the = bareChat();
    the.say('x');
    the.begin('t1');
    the.press(ESC, ESC);
    expect(the.intents.filter(({ intent }) => intent === 'interrupt')).toHaveLength(1);
  });

  it('cancels on the first Ctrl+C and leaves on the second right after it', () => {
    const the = bareChat();
    the.type('half a sent');
    the.press(CTRL_C);
    expect(the.state.prompt.text).toBe('');
    expect(the.state.leaveArmed).toBe(true);
    the.type('a');
    the.press(CTRL_C);
    expect(the.state.leaving).toBe(false);
    the.press(CTRL_C);
    expect(the.state.leaving).toBe(true);
    expect(the.intents.at(-1)).toEqual({ intent: 'leave', atOnce: false });
    the.press(CTRL_C);
    expect(the.intents.at(-1)).toEqual({ intent: 'leave', atOnce: true });
  });

  it('leaves on Ctrl+D only when nothing is written', () => {
    const the = bareChat();
    the.type('a');
    the.press(CTRL_D);
    expect(the.state.leaving).toBe(false);
    the.press(CTRL_C, CTRL_D);
    expect(the.state.leaving).toBe(true);
  });

  it.each(['exit', 'quit', '/exit', ' EXIT '])('leaves on %j', (word) => {
    const the = bareChat();
    the.say(word);
    expect(the.asked()).toEqual([{ intent: 'leave', atOnce: false }]);
  });
});

describe('commands', () => {
  it('changes the language of both sides', () => {
    const the = bareChat();
    the.say('/lang ko');
    expect(the.state.language).toBe('ko');
    expect(the.asked()).toEqual([{ intent: 'speak', language: 'ko' }]);
  });

  it.each(['/help', '/account', '/approvals', 'auto on', '/lang', '/nonsense'])(
    '%s is not sent on',
    (text) => {
      const the = bareChat();
      the.say(text);
      expect(the.asked()).toEqual([]);
      expect(the.state.finished.at(-1)?.kind).toBe('notice');
    },
  );

  it('sends on what only begins with a slash', () => {
    const the = bareChat();
    the.say('/web/apache/error logs');
    expect(the.submitted()).toHaveLength(1);
  });

  it('works while a turn runs', () => {
    const the = bareChat();
    the.say('x');
    the.begin('t1');
    the.say('/help');
    expect(the.state.finished.at(-1)?.kind).toBe('notice');
    expect(the.state.queue).toEqual([]);
  });

  it('remembers what asked for approval', () => {
    const the = bareChat();
    the.begin('t1');
    the.ask();
    the.hear({ type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'decline' });
    expect(the.state.asked).toMatchObject([{ proposal: { id: 'K7M2QX4T' }, decision: 'decline' }]);
  });
});

describe('the account', () => {
  it('has a clock that goes on as fast as it runs', () => {
    const the = bareChat();
    the.hear({ type: 'account', report: REPORT, clock: { asOf: NOW, speed: 20 } });
    the.later(60_000);
    the.say('/account');
    expect(the.state.finished.at(-1)).toMatchObject({ notice: { at: NOW + 20 * 60_000 } });
  });

  it('has as many firing alarms as the last look found, and none that is stale', () => {
    const the = bareChat();
    the.hear({ type: 'alarms', firing: 3 });
    expect(the.state.firing).toBe(3);
    the.hear({ type: 'alarms', firing: null });
    expect(the.state.firing).toBeNull();
  });

  it('without credentials is not called denied', () => {
    const the = bareChat();
    const [place] = REPORT.accounts;
    if (!place) throw new Error('the sample has an account');
    const problem = {
      what: 'who is calling',
      why: 'denied' as const,
      detail: 'No AWS credentials were found.',
    };
    the.hear({
      type: 'account',
      report: { ...REPORT, accounts: [{ ...place, identity: null, problem }] },
    });
    expect(frameText(the.state)).toContain('no credentials');
    expect(frameText(the.state)).not.toContain('access denied');
  });
});

describe('the transcript', () => {
  it('keeps a running call live and finishes it with its result', () => {
    const the = bareChat();
    the.begin('t1');
    the.hear({
      type: 'call',
      turn: 't1',
      view: callView('list_alarms', {}, { status: 'running', startedAt: NOW }),
    });
    expect(the.state.live).toHaveLength(1);
    expect(tickEvery(the.state)).not.toBeNull();
    the.hear({
      type: 'call',
      turn: 't1',
      view: callView('list_alarms', {}, done({ counts: { ALARM: 2, OK: 1 } })),
    });
    expect(the.state.live).toHaveLength(0);
    expect(the.state.finished.map(({ id }) => id)).toEqual(['banner', 'you-t1', 'call-t1.1']);
    expect(the.state.firing).toBe(2);
    the.end('t1');
    expect(tickEvery(the.state)).toBeNull();
  });

  it('does not take a look at one region for a look at all alarms', () => {
    const the = bareChat();
    const view = callView('list_alarms', { region: 'us-east-1' }, done({ counts: { ALARM: 2 } }));
    the.hear({ type: 'call', turn: 't1', view });
    expect(the.state.firing).toBeNull();
  });

  it('leaves no call open at the end of its turn', () => {
    const the = bareChat();
    the.begin('t1');
    the.hear({
      type: 'call',
      turn: 't1',
      view: callView('list_alarms', {}, { status: 'running', startedAt: NOW }),
    });
    the.end('t1', 'cancelled');
    expect(the.state.live).toEqual([]);
    expect(the.state.finished.at(-1)).toMatchObject({
      kind: 'call',
      view: { state: { status: 'cancelled' } },
    });
  });

  it('tells what was left without an outcome, once', () => {
    const the = bareChat();
    const report = {
      ...REPORT,
      recovered: [
        { sequence: 7, tool: 'stop_instances', at: '2026-03-01T09:00:00.000Z', finding: 'web-1 is stopped' },
      ],
    };
    the.hear({ type: 'account', report });
    the.hear({ type: 'account', report });
    const told = the.state.finished.filter((item) => item.kind === 'notice');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ notice: { text: expect.stringContaining('web-1 is stopped') } });
  });

  it('tells what the account says anew, once', () => {
    const the = bareChat();
    the.hear({ type: 'account', report: REPORT });
    const report = { ...REPORT, notes: [...REPORT.notes, 'The simulated account started over.'] };
    the.hear({ type: 'account', report });
    the.hear({ type: 'account', report });
    const told = the.state.finished.filter((item) => item.kind === 'notice');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ notice: { text: 'The simulated account started over.' } });
  });

  it('tells what is wrong with an account, once', () => {
    const the = bareChat();
    const problem = {
      what: 'account',
      why: 'expired' as const,
      detail: 'The SSO token has expired. Run aws sso login.',
    };
    const report = {
      ...REPORT,
      accounts: REPORT.accounts.map((each) => ({ ...each, identity: null, problem })),
    };
    the.hear({ type: 'account', report });
    the.hear({ type: 'account', report });
    const told = the.state.finished.filter((item) => item.kind === 'notice');
    expect(told).toMatchObject([{ notice: { tone: 'error', text: `shop: ${problem.detail}` } }]);
  });

  it('says once that the server is lost', () => {
    const the = bareChat();
    the.hear({ type: 'server', state: 'lost', detail: 'exit 1' });
    the.hear({ type: 'server', state: 'lost', detail: 'exit 1' });
    expect(the.state.finished.filter((item) => item.kind === 'notice')).toHaveLength(1);
  });
});

describe('an answer beside its card', () => {
  const GAP = { what: 'instances', why: 'denied', detail: 'Not allowed.', region: 'us-east-1' } as const;
  const COVERED = { looked_at: ['EC2'], gaps: [GAP] };

  function said(tool: string, data: Record<string, unknown>, zone: string | null): string {
    const the = bareChat();
    the.begin('t1');
    the.hear({ type: 'call', turn: 't1', view: callView(tool, {}, done(data)) });
    the.hear({
      type: 'say',
      turn: 't1',
      tone: 'answer',
      text: 'Found.',
      beside: { call: 't1.1', gaps: ['Could not see instances (us-east-1): access denied.'], zone },
    });
    const last = the.state.finished.at(-1);
    return last?.kind === 'say' ? last.text : '';
  }

  it('leaves the gaps to the card, which shows them', () => {
    expect(said('list_instances', instances([], COVERED), null)).toBe('Found.');
  });

  it('leaves the time zone to a card that shows it', () => {
    const series = { series: [cpu('web-1', [1, 2, 3])], coverage: COVERED, call: FACTS };
    expect(said('get_metric', series, '(Times: UTC.)')).toBe('Found.');
  });

  it('says the time zone where the card has no times', () => {
    expect(said('list_instances', instances([]), '(Times: UTC.)')).toBe('Found.\n(Times: UTC.)');
  });
});
