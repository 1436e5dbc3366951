import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAiops } from '../../cli/run-aiops.ts';
import { type Home, makeHome } from '../../tools-client/small-shop.ts';

async function pendingReboot(home: Home): Promise<string> {
  // A session from outside goes on after the command.
  await runAiops(['ask', 'reboot api-1'], { home, environment: { AIOPS_SESSION: 'deploy-job' } });
  const { stdout } = await runAiops(['approvals', '--json'], { home });
  return JSON.parse(stdout).proposals[0].proposal.id;
}

test('what waits is listed with its id, call and end', async () => {
  const home = await makeHome();
  const id = await pendingReboot(home);
  const { code, stdout } = await runAiops(['approvals'], { home });
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^${id} +pending +reboot_instances\\(`, 'm'));
});

test('approve without a terminal signs nothing, whatever is piped in', async () => {
  const home = await makeHome();
  const id = await pendingReboot(home);
  const ran = await runAiops(['approve', id], { home, input: 'y\ny\n' });
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toMatch(/terminal/);
  const { stdout } = await runAiops(['approvals', '--json'], { home });
  expect(JSON.parse(stdout).proposals).toMatchObject([{ status: 'pending' }]);
});

test('what "ask" could not ask about ends with it: nobody is told to approve what can never run', async () => {
  const home = await makeHome();
  const asked = await runAiops(['ask', 'reboot api-1'], { home });
  expect(asked.code).toBe(4);
  expect(asked.stderr).not.toContain('aiops approve');
  const { stdout } = await runAiops(['approvals', '--all', '--json'], { home });
  const { proposals } = JSON.parse(stdout);
  expect(proposals).toMatchObject([{ status: 'declined', why: expect.stringContaining('has ended') }]);
  const late = await runAiops(['approve', proposals[0].proposal.id], { home });
  expect(late.code).toBe(4);
  expect(late.stderr).toMatch(/can no longer run: the session that asked for it has ended/);
});

test('revoke declines a proposal that waits', async () => {
  const home = await makeHome();
  const id = await pendingReboot(home);
  expect((await runAiops(['approvals', 'revoke', id], { home })).code).toBe(0);
  const { stdout } = await runAiops(['approvals', '--all', '--json'], { home });
  expect(JSON.parse(stdout).proposals).toMatchObject([{ status: 'declined' }]);
});

test('the audit log verifies, also against an earlier export, and tells when it was cut', async () => {
  const home = await makeHome();
  await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], { home });
  const before = await runAiops(['audit', 'export'], { home });
  const kept = join(home.folder, 'kept.jsonl');
  await writeFile(kept, before.stdout);
  await pendingReboot(home);
  const whole = await runAiops(['audit', 'verify', '--against', kept], { home });
  expect(whole).toMatchObject({ code: 0 });
  expect(whole.stdout).toMatch(/^Intact/);
  const forged = join(home.folder, 'forged.jsonl');
  await writeFile(forged, before.stdout.replaceAll('api-1', 'api-9'));
  const against = await runAiops(['audit', 'verify', '--against', forged], { home });
  expect(against.code).toBe(1);
  expect(against.stdout).toMatch(/forged\.jsonl, line 1: was altered/);
  const [, ...later] = before.stdout.split('\n');
  await writeFile(forged, later.join('\n'));
  const beheaded = await runAiops(['audit', 'verify', '--against', forged], { home });
  expect(beheaded.stdout).toMatch(/line 1: entry 2 does not follow/);
  const other = await makeHome();
  const cut = await runAiops(['audit', 'verify', '--against', kept], { home: other });
  expect(cut.code).toBe(1);
  expect(cut.stdout).toMatch(/NOT INTACT/);
});

test('audit show tells tool and target of what was proposed and approved, whole where it is piped', async () => {
  const home = await makeHome();
  await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], { home });
  const { stdout } = await runAiops(['audit', 'show'], { home });
  for (const event of ['proposed', 'approved'])
    expect(stdout).toMatch(new RegExp(`${event} .*reboot_instances on api-1 \\(i-0a00000000000005\\)`));
  expect(stdout).toMatch(/intent .*tool=reboot_instances/);
  expect(stdout).not.toContain('…');
});

test('key shows where the key is and its fingerprint, never the key', async () => {
  const home = await makeHome();
  await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], { home });
  const { code, stdout } = await runAiops(['key'], { home });
  expect(code).toBe(0);
  expect(stdout).toMatch(/approver +[0-9a-f]{32}/);
  expect(stdout).not.toContain('PRIVATE');
});
