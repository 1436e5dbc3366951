import { describe, expect, it } from 'vitest';
import { bareChat } from './bare-chat.ts';
import {
  alt,
  BACKSPACE,
  CTRL_C,
  ctrl,
  DOWN_ARROW,
  ENTER,
  ESC,
  press,
  SHIFT_TAB,
  TAB,
  UP_ARROW,
} from './press.ts';
import { callView, done, instance, instances, REPORT, terminateProposal } from './samples.ts';

const NAMES = [
  { name: 'web-1', kind: 'instance', region: 'us-east-1' },
  { name: 'web-2', kind: 'instance', region: 'us-east-1' },
  { name: 'batch', kind: 'instance', region: 'us-east-1' },
] as const;

describe('a search through earlier inputs', () => {
  function searching() {
    const the = bareChat();
    the.earlier('list alarms', 'stop web-1', 'CPU of web-2', 'show costs');
    the.type('half');
    the.press(ctrl('r'));
    return the;
  }

  it('shows the newest that holds what is typed, goes on to older ones and back', () => {
    const the = searching();
    the.type('WEB');
    expect(the.frame()).toContain('search: WEB');
    expect(the.frame()).toContain('› CPU of web-2');
    expect(the.frame()).toContain('Ctrl+R older');
    the.press(ctrl('r'));
    expect(the.frame()).toContain('› stop web-1');
    the.press(ctrl('r'));
    expect(the.frame()).toContain('› stop web-1');
    the.press(ctrl('s'));
    expect(the.frame()).toContain('› CPU of web-2');
    the.type('x');
    expect(the.frame()).toContain('nothing found');
    the.press(BACKSPACE);
    expect(the.frame()).toContain('› CPU of web-2');
  });

  it('gives it for editing on Enter and sends nothing; it was not typed this turn', () => {
    const the = searching();
    the.type('stop');
    the.press(ENTER);
    expect(the.submitted()).toEqual([]);
    expect(the.state.prompt).toMatchObject({ text: 'stop web-1', origin: 'recalled', search: null });
    the.press(ENTER);
    expect(the.submitted()).toEqual([['stop web-1', 'pasted']]);
  });

  it('puts back what was being written on Esc, and Ctrl+C leaves only the search', () => {
    for (const key of [ESC, CTRL_C]) {
      const the = searching();
      the.type('web');
      the.press(key);
      expect(the.state.prompt).toMatchObject({ text: 'half', origin: 'typed', search: null });
      expect(the.state.leaveArmed).toBe(false);
    }
  });

  it('takes a word and its Enter in one piece, and any other key after taking what it shows', () => {
    const the = searching();
    the.press(press('alarms\r'));
    expect(the.state.prompt.text).toBe('list alarms');
    const moved = searching();
    moved.type('costs');
    moved.press(ctrl('a'));
    expect(moved.state.prompt).toMatchObject({ text: 'show costs', cursor: 0 });
  });
});

describe('what is kept for later runs', () => {
  it('is what was sent and what was commanded, but not the word to leave', () => {
    const the = bareChat();
    the.say('list alarms');
    the.say('/sessions');
    the.say(' stop web-1');
    the.say('exit');
    expect(the.intents.flatMap((each) => (each.intent === 'remember' ? [each.text] : []))).toEqual([
      'list alarms',
      '/sessions',
    ]);
  });

  it('never has what was typed for a dialog, a name or a passphrase, nor the keys that follow it', () => {
    const the = bareChat({ encrypted: true });
    the.begin('t1');
    the.ask('t1', terminateProposal());
    the.later(600);
    for (let presses = 0; presses < 40; presses += 1) the.press(DOWN_ARROW);
    the.type('bastion');
    the.press(ENTER);
    the.type('open sesame');
    the.press(ENTER);
    expect(the.intents.at(-1)).toMatchObject({
      decision: { decision: 'approve', passphrase: 'open sesame' },
    });
    the.hear({ type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'approve' });
    the.type('me');
    the.press(ENTER);
    the.end('t1');
    the.later(1_000);
    the.say('list alarms');
    expect(the.intents.filter(({ intent }) => intent === 'remember')).toEqual([
      { intent: 'remember', text: 'list alarms' },
    ]);
    expect(the.state.prompt.history.map(({ text }) => text)).toEqual(['list alarms']);
    the.press(ctrl('y'));
    expect(the.text()).toBe('');
  });
});

describe('completion', () => {
  it('looks names up at the first Tab and goes on once they are known', () => {
    const the = bareChat();
    the.type('reboot ba');
    the.press(TAB);
    expect(the.intents).toEqual([{ intent: 'look_up' }]);
    expect(the.frame()).toContain('looking up names');
    the.known({ names: NAMES });
    expect(the.text()).toBe('reboot batch');
  });

  it('changes nothing when names come after more was typed', () => {
    const the = bareChat();
    the.type('reboot ba');
    the.press(TAB);
    the.type('d');
    the.known({ names: NAMES });
    expect(the.text()).toBe('reboot bad');
    expect(the.state.prompt.menu).toBeNull();
  });

  it('is chosen with the arrows and taken with Enter, which sends nothing', () => {
    const the = bareChat();
    the.known({ names: NAMES });
    the.type('reboot w');
    the.press(TAB);
    expect(the.frame()).toMatch(/▸ web-1 .*instance · us-east-1[\s\S]* {2}web-2/);
    the.press(DOWN_ARROW);
    expect(the.frame()).toContain('▸ web-2');
    the.press(SHIFT_TAB, UP_ARROW, ENTER);
    expect(the.submitted()).toEqual([]);
    expect(the.text()).toBe('reboot web-2');
  });

  it('is asked for by a Tab that was read together with its word, not by one within a text', () => {
    const the = bareChat();
    the.known({ names: NAMES });
    the.press(press('reboot ba\t'));
    expect(the.text()).toBe('reboot batch');
    the.press(press(' a\tb'));
    expect(the.text()).toBe('reboot batch a  b');
  });

  it('counts as not typed: a change will ask', () => {
    const the = bareChat();
    the.known({ names: NAMES });
    the.type('start ba');
    the.press(TAB);
    expect(the.frame()).toContain('completed: changes will ask');
    the.press(ENTER);
    expect(the.submitted()).toEqual([['start batch', 'pasted']]);
  });

  it('stays typed when nothing was taken', () => {
    const the = bareChat();
    the.known({ names: NAMES });
    the.type('start w');
    the.press(TAB, ESC);
    the.type('eb-1');
    the.press(ENTER);
    expect(the.submitted()).toEqual([['start web-1', 'typed']]);
  });

  it('follows what is typed while it is open, and closes when the cursor goes elsewhere', () => {
    const the = bareChat();
    the.known({ names: NAMES });
    the.type('reboot ');
    the.press(TAB);
    expect(the.state.prompt.menu?.candidates).toHaveLength(3);
    the.type('w');
    expect(the.state.prompt.menu?.candidates).toHaveLength(2);
    the.press(BACKSPACE);
    expect(the.state.prompt.menu?.candidates).toHaveLength(3);
    the.press(press('', { leftArrow: true }));
    expect(the.state.prompt.menu).toBeNull();
  });

  it('shows the commands while one is written, and Enter still sends what stands there', () => {
    const the = bareChat();
    the.type('/');
    expect(the.frame()).toContain('/help [TOPIC]');
    the.type('se');
    expect(the.frame()).toMatch(/\/sessions +the sessions that are kept/);
    the.press(TAB);
    expect(the.text()).toBe('/sessions');
    expect(the.frame()).not.toContain('changes will ask');
    the.press(ENTER);
    expect(the.asked()).toEqual([{ intent: 'sessions' }]);
  });

  it('offers the regions of the account', () => {
    const the = bareChat();
    the.hear({ type: 'account', report: REPORT });
    the.type('/region us');
    the.press(TAB);
    expect(the.text()).toBe('/region us-east-1');
  });
});

describe('what is typed ahead', () => {
  it('comes back with Up on an empty prompt, the last first, as typed as it was', () => {
    const the = bareChat();
    the.say('first');
    the.begin('t1', 'first');
    the.say('second');
    the.paste('third');
    the.press(ENTER, UP_ARROW);
    expect(the.state.prompt).toMatchObject({ text: 'third', origin: 'pasted' });
    the.press(ctrl('u'), UP_ARROW);
    expect(the.state.prompt).toMatchObject({ text: 'second', origin: 'typed' });
    expect(the.state.queue).toEqual([]);
    the.end('t1');
    expect(the.submitted().map(([text]) => text)).toEqual(['first']);
  });
});

describe('Esc', () => {
  it('clears what is written when it is pressed twice, and says so after the first', () => {
    const the = bareChat();
    the.type('half a sentence');
    the.press(ESC);
    expect(the.frame()).toContain('Esc again clears');
    the.type('!');
    the.press(ESC);
    expect(the.text()).toBe('half a sentence!');
    the.press(ESC);
    expect(the.text()).toBe('');
    the.press(press('\x1f'));
    expect(the.text()).toBe('half a sentence!');
  });

  it('does so when both come in one piece', () => {
    const the = bareChat();
    the.type('half');
    the.press(press('', { escape: true, meta: true }));
    expect(the.text()).toBe('');
  });

  it('stops a turn and leaves what is written', () => {
    const the = bareChat();
    the.say('x');
    the.begin('t1');
    the.type('half');
    the.press(ESC, ESC);
    expect(the.asked().filter(({ intent }) => intent === 'interrupt')).toHaveLength(1);
    expect(the.text()).toBe('half');
  });
});

describe('keys', () => {
  it.each([
    ['Ctrl+_', [press('\x1f')]],
    ['Alt+Z', [alt('z')]],
  ])('%s undoes', (_name, presses) => {
    const the = bareChat();
    the.type('one two');
    the.press(...presses);
    expect(the.text()).toBe('one ');
    the.press(alt('Z'));
    expect(the.text()).toBe('one two');
  });

  it('Ctrl+_ among other keys that were read together is a key', () => {
    const the = bareChat();
    the.type('one two');
    the.press(press('\x1f\x1f'));
    expect(the.text()).toBe('one');
  });

  it.each([
    ['Ctrl+G', [ctrl('g')]],
    ['Ctrl+X Ctrl+E', [ctrl('x'), ctrl('e')]],
  ])('%s hands the whole text to the editor', (_name, presses) => {
    const the = bareChat();
    const long = 'line\n'.repeat(50);
    the.paste(long);
    the.press(...presses);
    expect(the.intents).toEqual([{ intent: 'edit_outside', text: long }]);
    the.edited('list alarms\n');
    expect(the.frame()).toContain('from the editor: changes will ask');
    the.press(ENTER);
    expect(the.submitted()).toEqual([['list alarms', 'pasted']]);
  });

  it('Ctrl+X and another key is that other key', () => {
    const the = bareChat();
    the.type('ab');
    the.press(ctrl('x'), ctrl('a'));
    expect(the.state.prompt.cursor).toBe(0);
    the.press(ctrl('e'));
    expect(the.state.prompt.cursor).toBe(2);
    expect(the.intents).toEqual([]);
  });

  it('Ctrl+L draws anew, /clear with nothing above', () => {
    const the = bareChat();
    the.press(ctrl('l'));
    the.say('/clear');
    expect(the.asked()).toEqual([
      { intent: 'redraw', wipe: false },
      { intent: 'redraw', wipe: true },
    ]);
  });

  it('Tab beside a folded paste opens it', () => {
    const the = bareChat();
    the.paste('line\n'.repeat(20));
    expect(the.frame()).toContain('[pasted 20 lines, 100 B]');
    the.press(TAB);
    expect(the.frame()).not.toContain('[pasted');
    expect(the.text()).toBe('line\n'.repeat(20));
  });
});

describe('commands', () => {
  it.each([
    ['/region us-east-1', { intent: 'look', region: 'us-east-1' }],
    ['/region 서울', { intent: 'look', region: 'ap-northeast-2' }],
    ['/region all', { intent: 'look', region: null }],
    ['/account staging', { intent: 'use_account', name: 'staging' }],
    ['/model', { intent: 'model', name: null }],
    ['/resume k3f9', { intent: 'resume', id: 'k3f9' }],
    ['/audit 3', { intent: 'audit', count: 3 }],
    ['/export json', { intent: 'export', format: 'json', path: null }],
  ])('%s asks for it', (text, intent) => {
    const the = bareChat();
    the.say(text);
    expect(the.asked()).toEqual([intent]);
  });

  function lastWords(the: ReturnType<typeof bareChat>): string {
    const last = the.state.finished.at(-1);
    return last?.kind === 'notice' && last.notice.notice === 'words' ? last.notice.text : '';
  }

  it('say what they take, and what was meant by one that is none', () => {
    const the = bareChat();
    the.say('/resume');
    expect(lastWords(the)).toContain('/resume SESSION');
    the.say('/hlep');
    expect(lastWords(the)).toContain('/help');
    the.hear({ type: 'account', report: REPORT });
    the.say('/region');
    expect(lastWords(the)).toContain('ap-northeast-2, us-east-1');
  });

  it('copies the last answer, or all that was said and shown', () => {
    const the = bareChat();
    the.say('/copy');
    expect(the.asked()).toEqual([]);
    the.say('list all instances');
    the.begin('t1', 'list all instances');
    const rows = instances([instance('web-1')]);
    the.hear({ type: 'call', turn: 't1', view: callView('list_instances', {}, done(rows)) });
    the.hear({ type: 'say', turn: 't1', tone: 'answer', text: 'There is one.' });
    the.end('t1');
    the.say('/copy');
    expect(the.intents.at(-1)).toEqual({ intent: 'copy', text: 'There is one.' });
    the.say('/copy all');
    expect(the.intents.at(-1)).toMatchObject({
      text: expect.stringMatching(/^› list all instances\n[\s\S]*web-1[\s\S]*There is one\.$/),
    });
  });
});
