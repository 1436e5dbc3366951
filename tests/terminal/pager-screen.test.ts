import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { callView, done, instance, instances, rebootProposal } from './samples.ts';
import { openChat } from './screen.ts';
import { scriptedEngine } from './scripted-engine.ts';

const CTRL_O = '\u000f';
const ESC = '\u001b';
const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[?1049l';
const PROMPT = /› Say what you want/;

/** A chat that has said more than the screen holds, with a result that can be opened. */
async function chatWithLongResult() {
  const rows = Array.from({ length: 90 }, (_, n) => instance(`web-${n}`));
  const view = callView('list_instances', {}, done(instances(rows)), 't1.1');
  const engine = scriptedEngine(({ id, emit, end }) => {
    emit({ type: 'call', turn: id, view });
    emit({ type: 'say', turn: id, tone: 'answer', text: 'There are 90 instances.' });
    end('answered');
  });
  const stderr = new PassThrough();
  const environment = { TERM_PROGRAM: 'vscode' };
  const chat = openChat(engine, { columns: 100, rows: 24, environment, stderr });
  await chat.until(PROMPT);
  chat.type('list\r');
  await chat.until(/There are 90 instances\.\n[\s\S]*› Say what/);
  return { chat, engine, view, stderr };
}

/** Whether the second screen was the last that the terminal was switched to. */
const isSecond = (written: string) => written.lastIndexOf(ENTER) > written.lastIndexOf(LEAVE);

it('is a screen of its own; closed, the conversation stands above the prompt as before', async () => {
  const { chat, engine } = await chatWithLongResult();
  const before = chat.screen();
  const cursor = chat.cursor();
  for (const close of [ESC, 'q']) {
    chat.type(CTRL_O);
    const open = await chat.until(/1–20 of 9\d/);
    expect(open).not.toMatch(/There are 90|› list/);
    expect(isSecond(chat.written())).toBe(true);
    chat.type(close);
    await chat.until(PROMPT);
    expect(chat.screen()).toBe(before);
    expect(chat.cursor()).toEqual(cursor);
  }

  // What comes to its end meanwhile is not on that screen, and on the other afterwards, once.
  chat.type(CTRL_O);
  await chat.until(/1–20 of 9\d/);
  engine.emit({ type: 'say', turn: 't1', tone: 'note', text: 'said meanwhile' });
  chat.type('j');
  expect(await chat.until(/2–21 of 9\d/)).not.toContain('said meanwhile');
  // Its rows are broken anew for the new size, and so are those of the conversation.
  chat.resize(70, 20);
  expect(await chat.until(/2–17 of \d+/)).not.toContain('said meanwhile');
  chat.type(ESC);
  const after = await chat.until(/said meanwhile\n[\s\S]*› Say what/);
  for (const once of [/^› list$/, /There are 90/, /said meanwhile/, PROMPT])
    expect(after.match(new RegExp(once, 'gm'))).toHaveLength(1);
  expect(after.match(/^─+$/gm)?.map((rule) => rule.length)).toEqual([70, 70]);
  expect(after).toMatch(/There are 90 instances\.\n\s*(\S )?said meanwhile\n\s*─/);

  // What asks for an answer is seen at once.
  chat.type(CTRL_O);
  await chat.until(/1–16 of \d+/);
  engine.emit({
    type: 'approval_asked',
    turn: 't1',
    call: 't1.2',
    proposal: rebootProposal(),
    flagged: [],
  });
  expect(await chat.until(/y approve/)).toContain('There are 90 instances.');
  chat.type('\u0003\u0003');
  expect(await chat.exit).toBe(0);
  expect(isSecond(chat.written())).toBe(false);
});

it('is left when the terminal goes away, with all that was said on the first screen', async () => {
  const { chat, engine } = await chatWithLongResult();
  chat.type(CTRL_O);
  await chat.until(/1–20 of 9\d/);
  engine.emit({ type: 'say', turn: 't1', tone: 'note', text: 'said meanwhile' });
  chat.hangUp();
  expect(await chat.exit).toBe(0);
  expect(isSecond(chat.written())).toBe(false);
  expect(chat.screen()).toMatch(/There are 90 instances\.\n[\s\S]*said meanwhile/);
});

it('is left when drawing fails', async () => {
  const { chat, view, stderr } = await chatWithLongResult();
  chat.type(CTRL_O);
  await chat.until(/1–20 of 9\d/);
  Object.defineProperty(view.call, 'tool', {
    get: () => {
      throw new Error('no name');
    },
  });
  chat.type('j');
  expect(await chat.exit).toBe(1);
  expect(String(stderr.read())).toContain('no name');
  const written = chat.written();
  expect(isSecond(written)).toBe(false);
  expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(written.lastIndexOf('\u001b[?25l'));
  expect(chat.screen()).toContain('There are 90 instances.');
});
