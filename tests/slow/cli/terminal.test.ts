import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PACKAGE, runAiops } from '../../cli/run-aiops.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../../e2e/pseudo-terminal.ts';
import { type Home, makeHome, SMALL_SHOP } from '../../tools-client/small-shop.ts';

const LAUNCHER = join(PACKAGE, 'bin', 'aiops.js');

function inTerminal(home: Home, args: string[], environment: Record<string, string> = {}): PseudoTerminal {
  return open(home, process.execPath, [LAUNCHER, ...args, '--account', home.account], environment);
}

function open(
  home: Home,
  file: string,
  args: string[],
  environment: Record<string, string> = {},
): PseudoTerminal {
  const terminal = openPseudoTerminal(file, args, {
    cwd: home.folder,
    env: { ...home.environment, TERM: 'xterm-256color', ...environment },
  });
  onTestFinished(async () => {
    terminal.kill();
    await terminal.exited;
  });
  return terminal;
}

/** A key that comes too early starts the deaf time anew: press, and wait longer than that. */
async function answer(terminal: PseudoTerminal, key: string, condition: RegExp): Promise<void> {
  for (let press = 0; press < 10; press += 1) {
    terminal.type(key);
    const seen = await terminal.until(condition, 1_500).catch(() => null);
    if (seen !== null) return;
  }
  throw new Error(terminal.screen());
}

test('what a person types on the command line is theirs: a restoring change named in full runs', async () => {
  const terminal = inTerminal(await makeHome(), ['ask', 'start batch-1']);
  expect((await terminal.exited).exitCode).toBe(0);
  expect(terminal.screen()).toContain('without asking');
});

test('a dangerous one asks on the terminal, and y approves it', async () => {
  const terminal = inTerminal(await makeHome(), ['ask', 'reboot api-1']);
  await terminal.until(/y approve/);
  await answer(terminal, 'y', /reboot_instances api-1: done|api-1:/);
  expect((await terminal.exited).exitCode).toBe(0);
});

test('n declines: exit code 4, nothing run', async () => {
  const home = await makeHome();
  const terminal = inTerminal(home, ['ask', 'reboot api-1']);
  await terminal.until(/y approve/);
  await answer(terminal, 'n', /Declined/);
  expect((await terminal.exited).exitCode).toBe(4);
  const { stdout } = await runAiops(['audit', 'export'], { home });
  expect(stdout).not.toContain('"intent"');
});

test('what is piped asks, also for what would run when typed', async () => {
  const home = await makeHome();
  const command = `echo "start batch-1" | "$NODE" "$LAUNCHER" ask --account "$ACCOUNT"`;
  const terminal = open(home, '/bin/sh', ['-c', command], {
    NODE: process.execPath,
    LAUNCHER,
    ACCOUNT: home.account,
  });
  await terminal.until(/y approve/);
  await answer(terminal, 'n', /Declined/);
  await terminal.exited;
});

test('a proposal of another process is approved by its id, and then runs in that session', async () => {
  const home = await makeHome();
  const environment = { AIOPS_SESSION: 'deploy-job' };
  const waiting = await runAiops(['ask', 'reboot api-1'], { home, environment });
  expect(waiting.code).toBe(4);
  const { stdout } = await runAiops(['approvals', '--json'], { home });
  const { id } = JSON.parse(stdout).proposals[0].proposal;
  const terminal = inTerminal(home, ['approve', id.toLowerCase()]);
  await terminal.until(/y approve/);
  await answer(terminal, 'y', /Approved/);
  expect((await terminal.exited).exitCode).toBe(0);
  const done = await runAiops(['ask', 'reboot api-1'], { home, environment });
  expect(done.code).toBe(0);
  expect((await runAiops(['ask', 'reboot api-1'], { home, environment })).code).toBe(4);
});

test('a passphrase is asked for, never shown, and wanted from then on', async () => {
  const home = await makeHome();
  const setting = inTerminal(home, ['key', 'passphrase']);
  await setting.until(/New passphrase/);
  setting.type('open sesame\r');
  await setting.until(/same again/);
  setting.type('open sesame\r');
  expect((await setting.exited).exitCode).toBe(0);
  expect(setting.screen()).not.toContain('sesame');
  const script = await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], { home });
  expect(script.code).toBe(4);
  expect(script.stderr).toContain('passphrase');
});

test('Ctrl+C ends a question that takes long with exit code 130', async () => {
  const slow = `${SMALL_SHOP}trouble:\n  - {service: ec2, action: DescribeInstances, delay: 60s}\n`;
  const terminal = inTerminal(await makeHome(slow), ['ask', 'list all instances']);
  await terminal.until(/… list_instances/);
  terminal.type('\u0003');
  expect((await terminal.exited).exitCode).toBe(130);
  expect(terminal.screen()).toContain('Stopped.');
});
