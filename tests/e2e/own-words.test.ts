import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeShop } from './evidence.ts';
import { type Newcomer, newcomer } from './program.ts';
import type { PseudoTerminal } from './pseudo-terminal.ts';

let person: Newcomer;
beforeEach(async () => {
  person = await newcomer();
});
afterEach(() => person.leave());

async function opened(): Promise<PseudoTerminal> {
  const chat = person.terminal(['--account', await writeShop(person.home)]);
  await chat.until(/corner-shop · SIMULATED/);
  return chat;
}

// Without a space: one at the end of the screen's line cannot be seen, and each key is waited for.
const START = '启动batch-1';

test('a start typed key by key runs without a dialog', async () => {
  const chat = await opened();
  let typed = '';
  for (const key of START) {
    chat.type(key);
    typed += key;
    await chat.until((screen) => screen.includes(`› ${typed}`));
  }
  chat.type('\r');
  await chat.until(/未经询问直接执行/);
  expect(chat.screen()).not.toContain('waits for your answer');
});

test('the same line in one read, as an unmarked paste brings it, asks', async () => {
  const chat = await opened();
  chat.type(`${START}\r`);
  await chat.until(/start_instances instances=batch-1 waits for your answer/);
});
