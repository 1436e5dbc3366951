import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Home, makeHome } from '../tools-client/small-shop.ts';
import { runAiops } from './run-aiops.ts';

async function pendingReboot(home: Home): Promise<string> {
  await runAiops(['ask', 'reboot api-1'], { home });
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

test('revoke declines a proposal that waits', async () => {
  const home = await makeHome();
  const id = await pendingReboot(home);
  expect((await runAiops(['approvals', 'revoke', id], { home })).code).toBe(0);
  const { stdout } = await runAiops(['approvals', '--all', '--json'], { home });
  expect(JSON.parse(stdout).proposals).toMatchObject([{ status: 'declined' }]);
});

test('a standing grant is signed for a restoring call alone, listed, and revocable', async () => {
  const home = await makeHome();
  const terms = ['--rate', '1/1d', '--expires', '7d', '--reason', 'nightly batch'];
  const standing = (tool: string, resource: string) =>
    runAiops(
      ['approvals', 'standing', tool, resource, ...terms, '--json', '--approve', `${tool}:${resource}`],
      { home },
    );
  const signed = await standing('start_instances', 'batch-1');
  expect(signed.code).toBe(0);
  const grant = JSON.parse(signed.stdout);
  expect(grant).toMatchObject({
    kind: 'standing',
    target: 'i-0a00000000000003',
    rate: { count: 1, seconds: 86_400 },
  });
  const refused = await standing('stop_instances', 'web-1');
  expect(refused.code).toBe(5);
  expect(refused.stderr).toContain('destructive');
  expect((await runAiops(['approvals'], { home })).stdout).toContain(grant.id);
  expect((await runAiops(['approvals', 'revoke', grant.id], { home })).code).toBe(0);
  const { stdout } = await runAiops(['approvals', '--json'], { home });
  expect(JSON.parse(stdout).standing[0].revoked_at).not.toBeNull();
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
  const other = await makeHome();
  const cut = await runAiops(['audit', 'verify', '--against', kept], { home: other });
  expect(cut.code).toBe(1);
  expect(cut.stdout).toMatch(/NOT INTACT/);
});

test('key shows where the key is and its fingerprint, never the key', async () => {
  const home = await makeHome();
  await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], { home });
  const { code, stdout } = await runAiops(['key'], { home });
  expect(code).toBe(0);
  expect(stdout).toMatch(/approver +[0-9a-f]{32}/);
  expect(stdout).not.toContain('PRIVATE');
});
