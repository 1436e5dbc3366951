import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditOf, changesMade, childrenOf, holds, isRunning, writeShop } from '../../e2e/evidence.ts';
import { type Newcomer, newcomer } from '../../e2e/program.ts';
import type { PseudoTerminal } from '../../e2e/pseudo-terminal.ts';

// The terminal killed with SIGKILL: what runs then, what is known of it, and what is left behind.

const SLOW_STOP = 'trouble:\n  - {service: ec2, action: StopInstances, delay: 3s}';
const SLOW_READ = 'trouble:\n  - {service: ec2, action: DescribeInstances, delay: 60s}';

let person: Newcomer;
let servers: number[];
beforeEach(async () => {
  person = await newcomer();
  servers = [];
});
afterEach(async () => {
  for (const pid of servers.filter(isRunning)) process.kill(pid, 'SIGKILL');
  await person.leave();
});

/** A chat whose account is known, and the server it started. */
async function opened(account: string): Promise<{ chat: PseudoTerminal; server: number }> {
  const chat = person.terminal(['--account', account, '--keep']);
  await chat.until(/corner-shop · SIMULATED · 333344445555/);
  const [server] = childrenOf(chat.pid);
  if (server === undefined) throw new Error('no server was started');
  servers.push(server);
  return { chat, server };
}

async function killed(chat: PseudoTerminal): Promise<void> {
  chat.kill('SIGKILL');
  await chat.exited;
}

const serverGone = (pid: number) => holds(`server ${pid} has ended`, () => !isRunning(pid));
const events = () => auditOf(person).map(({ event }) => event);

/** Asks for a stop of web-1, waits for its dialog and says yes; resolves when the change is under way. */
async function stopUnderWay(chat: PseudoTerminal): Promise<void> {
  chat.type('stop web-1\r');
  await chat.until(/stop_instances instances=web-1 waits for your answer/);
  // The screen may be caught half drawn: the log alone says that the yes was heard.
  await chat.pressUntil('y', () => events().includes('intent'), 20_000);
}

async function intact(): Promise<void> {
  const verified = await person.run(['audit', 'verify']);
  expect(verified.stdout).toMatch(/^Intact/);
  expect(verified.code).toBe(0);
}

test('killed while a dialog is open: nothing ran, and the proposal is listed until it expires', async () => {
  const folder = join(person.home, 'config', 'aiops');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'config.yaml'), 'approval_seconds: 12\n');
  const account = await writeShop(person.home);
  const { chat, server } = await opened(account);
  chat.type('reboot api-1\r');
  await chat.until(/reboot_instances instances=api-1 waits for your answer/);
  await killed(chat);
  await serverGone(server);

  const listed = async () => {
    const { stdout } = await person.run(['approvals', '--all', '--json', '--account', account]);
    return JSON.parse(stdout).proposals.map((one: { status: string }) => one.status);
  };
  expect(await listed()).toEqual(['pending']);
  await holds('the proposal expires', async () => (await listed())[0] === 'expired');
  const { id } = JSON.parse((await person.run(['approvals', '--all', '--json', '--account', account])).stdout)
    .proposals[0].proposal;
  expect((await person.run(['approve', id, '--account', account])).code).toBe(4);
  expect(events()).not.toContain('intent');
  expect(changesMade(person, account)).toEqual([]);
  await intact();
}, 60_000);

test('killed while an approved change is under way: the server sees it through, once', async () => {
  const account = await writeShop(person.home, SLOW_STOP);
  const { chat, server } = await opened(account);
  await stopUnderWay(chat);
  await killed(chat);
  await serverGone(server);
  expect(changesMade(person, account)).toEqual(['StopInstances']);
  expect(events().filter((event) => event === 'intent' || event === 'outcome')).toEqual([
    'intent',
    'outcome',
  ]);

  const next = await opened(account);
  next.chat.type('list all instances\r');
  await next.chat.until(/web-1 +(stopping|stopped)/);
  expect(next.chat.screen()).not.toMatch(/without an outcome/);
  expect(changesMade(person, account)).toEqual(['StopInstances']);
  await intact();
}, 60_000);

test('killed with its server while a change is under way: never repeated, and the next start says what it found', async () => {
  const account = await writeShop(person.home, SLOW_STOP);
  const { chat, server } = await opened(account);
  await stopUnderWay(chat);
  process.kill(server, 'SIGKILL');
  await killed(chat);
  await serverGone(server);
  const ran = changesMade(person, account).length;
  expect(ran).toBeLessThanOrEqual(1);
  expect(events().filter((event) => event === 'outcome')).toEqual([]);

  const next = await opened(account);
  await next.chat.until(/without an outcome: #\d+ stop_instances/);
  expect(events().filter((event) => event === 'found')).toHaveLength(1);
  expect(changesMade(person, account)).toHaveLength(ran);
  await intact();
}, 60_000);

test('killed while a read runs: nothing is left behind', async () => {
  const account = await writeShop(person.home, SLOW_READ);
  const { chat, server } = await opened(account);
  chat.type('list all instances\r');
  await chat.until(/list_instances \d+ s/);
  await killed(chat);
  await serverGone(server);
  expect(events()).not.toContain('intent');
}, 60_000);
