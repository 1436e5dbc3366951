import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Newcomer, newcomer } from './program.ts';
import type { PseudoTerminal } from './pseudo-terminal.ts';

/** Takes the terminal until a line is typed, keeps what it was given, and leaves another text. */
const EDITOR = `#!/bin/sh
cp "$1" "$HOME/given.txt"
ls -l "$1" > "$HOME/file.txt"
echo EDITING
read line
printf '%s' "$line" > "$1"
`;

const EMPTY = /› Say what you want\n/;
const CTRL_G = '\u0007';
const CTRL_R = '\u0012';
const CTRL_U = '\u0015';

let person: Newcomer;
let chat: PseudoTerminal;

beforeAll(async () => {
  person = await newcomer();
  const editor = join(person.home, 'editor.sh');
  await writeFile(editor, EDITOR);
  await chmod(editor, 0o755);
  person.env.VISUAL = editor;
  chat = person.terminal(['--account', 'demo'], { columns: 80, rows: 24 });
  await chat.until(/SIMULATED · 123456789012/);
});

afterAll(() => person.leave());

it('completes the names of the account with Tab, and says that a change will ask', async () => {
  chat.type('stop batc');
  await chat.until(/› stop batc\n/);
  chat.type('\t');
  await chat.until(/› stop batch-1\n[\s\S]*completed: changes will ask/);
  chat.type(`${CTRL_U}cpu of web-`);
  await chat.until(/› cpu of web-\n/);
  chat.type('\t');
  await chat.until(/▸ web-1 +instance · ap-northeast-2/);
  chat.type('\u001b[B');
  await chat.until(/▸ web-2/);
  chat.type('\r');
  await chat.until(/› cpu of web-2\n─/);
  chat.type(CTRL_U);
  await chat.until(EMPTY);
});

it('holds a paste of 100 kB as one piece, opens it with nothing hidden, and clears it on a second Esc', async () => {
  const lines = Array.from({ length: 1_300 }, (_, index) => `줄 ${index} ${'x'.repeat(68)}`);
  chat.paste([...lines, 'web\u202e1'].join('\n'));
  await chat.until(/› \[pasted 1,301 lines, \d+ kB\]\n/);
  chat.type('\t');
  await chat.until(/ {2}web\\u\{202e\}1\n─+ pasted: changes will ask/);
  chat.type(CTRL_U);
  await chat.until(/줄 1299 x+\n\n─/);
  chat.type('\u001b');
  await chat.until(/Esc again clears/);
  chat.type('\u001b');
  await chat.until(EMPTY);
});

it('lends the terminal to the editor, and shows afterwards what came meanwhile', async () => {
  chat.type('list all instances\r');
  chat.type(`half${CTRL_G}`);
  await chat.until(/EDITING/);
  expect(await readFile(join(person.home, 'given.txt'), 'utf8')).toBe('half');
  const [, rights, folder] =
    /^(\S+) .* (\/\S+)\/[^/]+\n$/.exec(await readFile(join(person.home, 'file.txt'), 'utf8')) ?? [];
  expect(rights).toMatch(/^-rw-------/);
  chat.type('what alarms are firing\n');
  const screen = await chat.until(/› what alarms are firing\n[\s\S]*from the editor: changes will ask/);
  expect(screen).toMatch(/› list all instances[\s\S]*9 instances/);
  await expect(readFile(join(folder ?? '', 'prompt.txt'))).rejects.toThrow('ENOENT');
  chat.type('\r');
  await chat.until(/api-5xx|firing alarm|alarms? (?:is|are) firing/);
});

it('finds what was sent before, in any script, and gives it back for editing', async () => {
  chat.type('정지된 인스턴스 있어?\r');
  await chat.until(/› 정지된 인스턴스 있어\?\n[\s\S]*● [\s\S]*› Say what/);
  chat.type(`${CTRL_R}LIST`);
  await chat.until(/search: LIST\n› list all instances\n/);
  chat.type('\u001b');
  await chat.until(EMPTY);
  chat.type(`${CTRL_R}정지`);
  await chat.until(/search: 정지\n› 정지된 인스턴스 있어\?/);
  chat.type('\r');
  await chat.until(/› 정지된 인스턴스 있어\?\n─+ from history: changes will ask/);
  chat.type(`${CTRL_U}/도움말 /내보내기\r`);
  await chat.until(/\/export \[md\|json\] \[FILE\][\s\S]*\/导出/);
});

it('draws anew on Ctrl+L, however often, and with nothing above on /clear', async () => {
  chat.type(`${CTRL_U}half\u000c\u000c`);
  await chat.until(/› half\n/);
  expect(chat.screen()).toContain('› list all instances');
  chat.type(CTRL_U);
  await chat.until(EMPTY);
  chat.type('/clear\r');
  chat.type('after it');
  await chat.until(/^\s*─+\n› after it\n─/);
  chat.type(`${CTRL_U}exit\r`);
  expect((await chat.exited).exitCode).toBe(0);
});
