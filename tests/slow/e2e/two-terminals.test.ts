import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditOf, changesMade, writeShop } from '../../e2e/evidence.ts';
import { type Newcomer, newcomer } from '../../e2e/program.ts';
import type { PseudoTerminal } from '../../e2e/pseudo-terminal.ts';

// Two terminals of one person on one state folder.

let person: Newcomer;
beforeEach(async () => {
  person = await newcomer();
});
afterEach(() => person.leave());

const waits = /stop_instances instances=web-1 waits for your answer/;

async function asking(account: string): Promise<PseudoTerminal> {
  const chat = person.terminal(['--account', account, '--keep']);
  await chat.until(/corner-shop · SIMULATED/);
  chat.type('stop web-1\r');
  await chat.until(waits);
  return chat;
}

/** Says yes, and waits until the turn has come to its end or asks anew. */
async function approve(chat: PseudoTerminal): Promise<void> {
  await chat.pressUntil('y', /web-1: running → stop|state has changed|! /, 20_000);
}

test('both ask to stop the same machine and both are approved: each proposal runs at most once', async () => {
  const account = await writeShop(
    person.home,
    'trouble:\n  - {service: ec2, action: StopInstances, delay: 1s}',
  );
  const chats = await Promise.all([asking(account), asking(account)]);
  await Promise.all(chats.map(approve));
  for (const chat of chats) chat.kill('SIGTERM');
  await Promise.all(chats.map((chat) => chat.exited));

  const audit = auditOf(person);
  const proposed = new Set(audit.filter(({ event }) => event === 'proposed').map(({ subject }) => subject));
  expect(proposed.size).toBeGreaterThanOrEqual(2);
  const intents = audit.filter(({ event }) => event === 'intent').map(({ subject }) => subject);
  expect(intents.length).toBeGreaterThanOrEqual(1);
  expect(new Set(intents).size).toBe(intents.length);
  expect(changesMade(person, account).length).toBeLessThanOrEqual(intents.length);
  expect(changesMade(person, account)).toContain('StopInstances');
  const verified = await person.run(['audit', 'verify']);
  expect(verified.stdout).toMatch(/^Intact/);
}, 60_000);
