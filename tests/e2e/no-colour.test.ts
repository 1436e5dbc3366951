import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storeFile } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { writeShop } from './evidence.ts';
import { type Newcomer, newcomer } from './program.ts';

let person: Newcomer;
beforeEach(async () => {
  person = await newcomer();
});
afterEach(() => person.leave());

/** Select Graphic Rendition with a colour among its numbers (ECMA-48, 8.3.117). */
const COLOUR = /\u001b\[(?:\d+;)*(?:[34][0-8]|9[0-7]|10[0-7])(?:;\d+)*m/;

test('without colours none is written; what a newer version keeps is told of and stays as it is', async () => {
  const state = join(person.home, 'state', 'aiops');
  openStore(state).close();
  const db = new DatabaseSync(storeFile(state));
  db.exec('PRAGMA user_version = 99');
  db.close();
  const before = await readFile(storeFile(state));

  person.env.NO_COLOR = '1';
  const chat = person.terminal(['--account', await writeShop(person.home), '--continue']);
  await chat.until((screen) =>
    /! This session is not being kept\. \S+ was written by a newer version of aiops/.test(
      screen.replace(/\s+/g, ' '),
    ),
  );
  chat.type('list stopped instances\r');
  await chat.until(/● 1 instance \(stopped\): batch-1/);
  chat.type('reboot api-1\r');
  await chat.until(/Change +reboot_instances[\s\S]*y approve/);
  await chat.pressUntil('n', /Declined; nothing was changed\.[\s\S]*› Say what you want\n/);
  await chat.pressUntilEnd('\u0003');
  expect(chat.written()).toContain('\u001b[1m');
  expect(chat.written()).not.toMatch(COLOUR);
  expect(await readFile(storeFile(state))).toEqual(before);
});
