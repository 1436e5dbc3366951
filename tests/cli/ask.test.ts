import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeHome, SMALL_SHOP } from '../tools-client/small-shop.ts';
import { PACKAGE, runAiops } from './run-aiops.ts';

describe('aiops ask', () => {
  test('data goes to standard output, everything about it to standard error', async () => {
    const { code, stdout, stderr } = await runAiops(['ask', 'list all instances']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('7 instances: 5 running, 2 stopped (batch-1 and batch-2).');
    expect(stdout).toMatch(/^NAME +ID +STATE/m);
    expect(stdout).toMatch(/^web-1 +i-0a00000000000001 +running/m);
    expect(stdout).not.toContain('aws ec2');
    expect(stderr).toContain('list_instances() · small-shop · ap-northeast-2 · 1 AWS call');
    expect(stderr).toContain('$ aws ec2 describe-instances --region ap-northeast-2');
  });

  test('the text may come on standard input', async () => {
    const { code, stdout } = await runAiops(['ask'], { input: 'which are stopped?\n' });
    expect(code).toBe(0);
    expect(stdout).toContain('batch-1');
    expect(stdout).not.toContain('web-1');
  });

  test('--json prints one object with reading, calls, results and coverage', async () => {
    const { code, stdout } = await runAiops(['ask', '--json', 'list all instances']);
    expect(code).toBe(0);
    const said = JSON.parse(stdout);
    expect(stdout.trim().split('\n').length).toBe(1);
    expect(said).toMatchObject({
      text: 'list all instances',
      provenance: 'piped',
      language: 'en',
      outcome: 'answered',
      reading: { outcome: 'calls' },
      calls: [{ tool: 'list_instances', arguments: {}, risk: 'read', status: 'done' }],
      coverage: { gaps: [] },
      failures: [],
    });
    expect(said.calls[0].result.instances.length).toBe(7);
  });

  test('--lang decides the language of the answer', async () => {
    const { stdout } = await runAiops(['ask', 'list all instances', '--lang', 'ko']);
    expect(stdout).toContain('인스턴스 7개');
  });

  test('a change without a terminal is not run: exit code 4, and what a script would add', async () => {
    const home = await makeHome();
    const { code, stdout, stderr } = await runAiops(['ask', 'reboot api-1'], { home });
    expect(code).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toContain('reboot_instances');
    expect(stderr).toContain("--approve 'reboot_instances:api-1'");
    const { stdout: after } = await runAiops(['approvals', '--all', '--json'], { home });
    expect(JSON.parse(after).proposals).toMatchObject([{ status: 'declined' }]);
  });

  test('words on the command line of a script are not typed: even a start asks', async () => {
    const { code } = await runAiops(['ask', 'start batch-1']);
    expect(code).toBe(4);
  });

  test('--approve signs exactly the call and resource it names', async () => {
    const home = await makeHome();
    const done = await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], { home });
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('api-1');
    const audit = await runAiops(['audit', 'export'], { home });
    const events = audit.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map((one) => one.event)).toEqual(['proposed', 'approved', 'intent', 'outcome', undefined]);
    expect(events.at(-1).head.sequence).toBe(4);
  });

  test.each([
    ['another resource', 'reboot_instances:web-1'],
    ['another tool', 'stop_instances:api-1'],
    ['not quite the name', 'reboot_instances:api1'],
    ['more than what is meant', 'reboot_instances:api-1,web-1'],
  ])('--approve of %s signs nothing', async (_, approve) => {
    const { code } = await runAiops(['ask', 'reboot api-1', '--approve', approve]);
    expect(code).toBe(4);
  });

  test('a question ends with exit code 3, a refusal with 5', async () => {
    const question = await runAiops(['ask', 'start batch']);
    expect(question.code).toBe(3);
    expect(question.stderr).toMatch(/1\. batch-1/);
    const refusal = await runAiops(['ask', 'stop vault-1', '--approve', 'stop_instances:vault-1']);
    expect(refusal.code).toBe(5);
    expect(refusal.stderr).toContain('vault-1');
  });

  test('names from outside come out as text, whatever they hold', async () => {
    const evil = SMALL_SHOP.replace('name: batch-2', 'name: "b\\e[2Jx"');
    const { stdout, stderr } = await runAiops(['ask', 'list all instances'], { home: await makeHome(evil) });
    expect(stdout).toContain('b\\u{1b}[2Jx');
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('--keep carries a change over to the next run', async () => {
    const home = await makeHome();
    const keep = ['--keep'];
    await runAiops(['ask', 'stop web-1', '--approve', 'stop_instances:web-1', ...keep], { home });
    const { stdout } = await runAiops(['ask', '--json', 'list all instances', ...keep], { home });
    const web1 = JSON.parse(stdout).calls[0].result.instances.find(
      (one: { name: string }) => one.name === 'web-1',
    );
    expect(web1.state).not.toBe('running');
  });
});

test('a reader that goes away ends the output quietly', async () => {
  const home = await makeHome();
  const command = `"$NODE" "$LAUNCHER" ask "list all instances" --json --account "$ACCOUNT" | head -c 5`;
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
    const environment = {
      ...home.environment,
      NODE: process.execPath,
      LAUNCHER: join(PACKAGE, 'bin', 'aiops.js'),
      ACCOUNT: home.account,
    };
    execFile('/bin/sh', ['-c', command], { env: environment }, (error, out, err) =>
      error ? reject(error) : resolve({ stdout: out, stderr: err }),
    );
  });
  expect(stdout).toBe('{"tex');
  expect(stderr).toBe('');
});
