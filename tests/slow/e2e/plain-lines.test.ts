import { spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeShop } from '../../e2e/evidence.ts';
import { AIOPS, type Newcomer, NODE, newcomer } from '../../e2e/program.ts';

let person: Newcomer;
beforeEach(async () => {
  person = await newcomer();
});
afterEach(() => person.leave());

test('a screen that is read out is written line by line, and only what is being typed is written again', async () => {
  const chat = person.terminal(['--account', await writeShop(person.home), '--screen-reader']);
  // There is no status line to read: where one is is said at the start.
  await chat.until(/corner-shop SIMULATED[\s\S]*account's clock[\s\S]*› Say what you want/);
  chat.type('list stopped instances\r');
  await chat.until(/You: list stopped instances\nTool list_instances [^\n]*done[\s\S]*Answer: 1 instance/);
  chat.type('정지된 인스턴스 있어?\r');
  await chat.until(/Answer: 인스턴스 1개[\s\S]*› Say what you want/);
  const written = chat.written();
  for (const once of ['You: list stopped', 'Answer: 1 instance', 'You: 정지된', 'Answer: 인스턴스 1개'])
    expect(written.split(once)).toHaveLength(2);
  // Up by one row at most, to the prompt; nowhere by address, and nothing above it is wiped.
  for (const [, rows] of written.matchAll(/\u001b\[(\d*)A/g)) expect(Number(rows || 1)).toBe(1);
  expect(written).not.toMatch(/\u001b\[\d*A[^\n]{0,12}\u001b\[\d*A|\u001b\[(?:\d+;\d+)?[Hf]|\u001b\[[23]J/);
  expect(written).not.toMatch(/[─│┤└▁-█⠋⠙⠹⠸●✓]/);
  chat.type('exit\r');
  expect((await chat.exited).exitCode).toBe(0);
});

/** Runs `aiops` with a standard input that is no terminal and never ends. */
function withOpenInput(args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(NODE, [AIOPS, ...args], { env: person.env, cwd: person.home });
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
    });
    child.stderr.on('data', (data) => {
      said += data;
    });
    child.on('close', (code) => resolve({ code, said }));
  });
}

test('nothing waits for a standard input that is no terminal', async () => {
  const [chat, change] = await Promise.all([
    withOpenInput(['--account', 'demo']),
    withOpenInput(['ask', '--account', 'demo', 'reboot api-1']),
  ]);
  expect(chat).toMatchObject({ code: 2, said: expect.stringContaining('aiops ask') });
  expect(change).toMatchObject({ code: 4, said: expect.stringContaining('Not run: it needs an approval') });
});
