import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/domain/events.ts';
import { lastAnswer } from '../../src/terminal/copied-text.ts';
import { reduce } from '../../src/terminal/reduce.ts';
import { initialState } from '../../src/terminal/state.ts';
import { callView, done, instance, instances, NOW, rebootProposal } from './samples.ts';
import { openChat } from './screen.ts';
import { type ScriptedEngine, scriptedEngine } from './scripted-engine.ts';

/** An engine whose turns stay open, so that a test writes the answer piece by piece. */
function openEnded(): ScriptedEngine {
  return scriptedEngine(() => {});
}

const part = (engine: ScriptedEngine, text: string) =>
  engine.emit({ type: 'say_part', turn: 't1', say: 's1', text });
const close = (engine: ScriptedEngine, text: string) => {
  engine.emit({ type: 'say', turn: 't1', tone: 'answer', text, say: 's1', format: 'markdown' });
  engine.emit({ type: 'turn_ended', turn: 't1', outcome: 'answered' });
};

const ANSWER = [
  '## Why **web-1** fell',
  '',
  'The target group drained it after *three* failed checks.',
  '',
  '1. memory grew to `93 %`',
  '2. the kernel killed `nginx`',
  '   - twice',
  '',
  '| time | event |',
  '|------|-------|',
  '| 14:05 | 서버 다운 |',
  '',
  '```sh',
  'journalctl -k --since 14:00',
  '```',
  '',
  'Restart it.',
].join('\n');

describe('an answer as it is written', () => {
  it.each([
    [80, 24],
    [40, 15],
  ])('is drawn as Markdown at %d×%d, and stands there once in the end', async (columns, rows) => {
    const engine = openEnded();
    const chat = openChat(engine, { columns, rows });
    chat.type('why\r');
    await chat.until(/› why/);
    for (const piece of ANSWER.match(/[\s\S]{1,7}/g) ?? []) part(engine, piece);
    await chat.until(/Restart it\./);
    close(engine, ANSWER);
    chat.type('next');
    const screen = await chat.until(/› next/);
    expect(screen).toMatch(/● Why web-1 fell\n\n {2}The target group/);
    expect(screen).toMatch(/ {2}1\. memory grew to 93 %\n {2}2\. the kernel killed nginx\n {5}• twice/);
    expect(screen).toMatch(/ {2}time {3}event\n {2}14:05 {2}서버 다운/);
    expect(screen).toMatch(/ {2}sh\njournalctl -k --since 14:00\n\n {2}Restart it\./);
    for (const once of [/Why web-1 fell/g, /memory grew/g, /journalctl/g, /Restart it/g])
      expect(screen.match(once)).toHaveLength(1);
    expect(screen).not.toMatch(/\*\*|```|\|--/);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('scrolls away what is final of a long one, in order, each line once', async () => {
    const engine = openEnded();
    const chat = openChat(engine, { columns: 60, rows: 15 });
    chat.type('list\r');
    await chat.until(/› list/);
    const lines = Array.from({ length: 120 }, (_, n) => `- item number ${n} of many`);
    const code = Array.from({ length: 60 }, (_, n) => `echo ${n}`);
    const text = `${lines.join('\n')}\n\n\`\`\`sh\n${code.join('\n')}\n\`\`\`\n`;
    for (const piece of text.match(/[\s\S]{1,40}/g) ?? []) part(engine, piece);
    await chat.until(/echo 59/);
    close(engine, text);
    chat.type('ok');
    const screen = await chat.until(/› ok/);
    const numbers = [...screen.matchAll(/item number (\d+)/g)].map(([, n]) => Number(n));
    expect(numbers).toEqual(lines.map((_, n) => n));
    expect([...screen.matchAll(/^echo (\d+)$/gm)].map(([, n]) => Number(n))).toEqual(code.map((_, n) => n));
    expect(screen.match(/^ {2}sh$/gm)).toHaveLength(1);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('keeps what came when it is interrupted', async () => {
    const engine = openEnded();
    const chat = openChat(engine);
    chat.type('why\r');
    await chat.until(/› why/);
    part(engine, 'First.\n\nThen **half');
    await chat.until(/Then half/);
    chat.type('\u001b');
    await chat.until(/stopping/);
    expect(engine.heard.at(-1)).toEqual({ intent: 'interrupt' });
    engine.emit({ type: 'turn_ended', turn: 't1', outcome: 'cancelled' });
    chat.type('and');
    const screen = await chat.until(/› and/);
    expect(screen).toMatch(/● First\.\n\n {2}Then \*\*half/);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('shows anew what turned out otherwise than it was written', async () => {
    const engine = openEnded();
    const chat = openChat(engine);
    chat.type('why\r');
    await chat.until(/› why/);
    part(engine, 'It is the disk.\n\nProb');
    await chat.until(/Prob/);
    close(engine, 'It is the memory.');
    const screen = await chat.until(/● It is the memory\./);
    expect(screen).not.toContain('Prob');
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('writes a long line of code as one, so that a copy of it has no line end', async () => {
    const engine = openEnded();
    const chat = openChat(engine, { columns: 40, rows: 20 });
    chat.type('how\r');
    await chat.until(/› how/);
    const command = `aws ec2 stop-instances --instance-ids ${'i-0123456789abcdef '.repeat(4).trim()}`;
    close(engine, `Run:\n\n\`\`\`sh\n${command}\n\`\`\``);
    chat.type('ok');
    await chat.until(/› ok/);
    expect(chat.written()).toContain(command);
    expect(chat.screen().replaceAll('\n', '')).toContain(command);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('stands above a dialog that asks meanwhile', async () => {
    const engine = openEnded();
    const chat = openChat(engine, { columns: 80, rows: 40 });
    chat.type('restart\r');
    await chat.until(/› restart/);
    part(engine, 'I would restart **api-1**');
    const proposal = rebootProposal();
    engine.emit({ type: 'approval_asked', turn: 't1', call: 't1.1', proposal, flagged: [] });
    part(engine, ' because it hangs');
    const screen = await chat.until(/because it hangs[\s\S]*y approve/);
    expect(screen).toMatch(/● I would restart api-1 because it hangs/);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });
});

describe('what was said, to be copied', () => {
  it('is the last answer whole, however it was drawn', () => {
    const at = { wall: NOW, steady: 0 };
    const size = { columns: 60, rows: 15 };
    const events: EngineEvent[] = [
      { type: 'turn_started', turn: 't1', text: 'why', provenance: 'typed' },
      { type: 'say', turn: 't1', tone: 'answer', text: 'Before.' },
      ...(ANSWER.match(/[\s\S]{1,50}/g) ?? []).map(
        (text) => ({ type: 'say_part', turn: 't1', say: 's', text }) as const,
      ),
      { type: 'turn_ended', turn: 't1', outcome: 'cancelled' },
    ];
    const state = events.reduce(
      (before, event) => reduce(before, { type: 'engine', event, encrypted: false, at }).state,
      initialState({ language: 'en', version: '0', timeZone: 'UTC', size, at }),
    );
    expect(lastAnswer(state)).toBe(`Before.\n\n${ANSWER}`);
  });

  it('is the last answer alone of a session that is taken up again', () => {
    const at = { wall: NOW, steady: 0 };
    const size = { columns: 60, rows: 15 };
    const events = ['t1', 't2'].flatMap((turn): EngineEvent[] => [
      { type: 'turn_started', turn, text: 'why', provenance: 'typed' },
      { type: 'say', turn, tone: 'answer', text: `Answer of ${turn}.` },
      { type: 'turn_ended', turn, outcome: 'answered' },
    ]);
    const before = initialState({ language: 'en', version: '0', timeZone: 'UTC', size, at });
    const { state } = reduce(before, { type: 'shown_again', events, at });
    expect(lastAnswer(state)).toBe('Answer of t2.');
  });
});

describe('a long result', () => {
  it('is folded, opens with Ctrl+O, can be searched, and closes with Esc', async () => {
    const engine = scriptedEngine(({ id, emit, end }) => {
      const rows = Array.from({ length: 10_000 }, (_, n) => instance(`web-${n}`));
      emit({
        type: 'call',
        turn: id,
        view: callView('list_instances', {}, done(instances(rows)), `${id}.1`),
      });
      end('answered');
    });
    const chat = openChat(engine, { columns: 100, rows: 24 });
    chat.type('list\r');
    const folded = await chat.until(/\+9,?988 more · Ctrl\+O opens[\s\S]*›/);
    expect(folded).not.toContain('web-500 ');
    chat.type('\u000f');
    await chat.until(/1–20 of 10,00\d/);
    chat.type('\u001b[6~');
    await chat.until(/21–40 of 10,00\d/);
    chat.type('/');
    await chat.until(/^\//m);
    chat.type('web-7777');
    await chat.until(/^\/web-7777/m);
    chat.type('\r');
    await chat.until(/web-7777 +running/);
    chat.type('G');
    await chat.until(/10,00\d of 10,00\d/);
    chat.type('\u001b');
    await chat.until(/› Say what you want/);
    expect(engine.heard.filter(({ intent }) => intent !== 'submit')).toEqual([]);
    chat.type('\u0004');
    expect(await chat.exit).toBe(0);
  });
});
