import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHome } from '../tools-client/small-shop.ts';
import { runAiops } from './run-aiops.ts';

const ACCOUNT = `account: "222233334444"
alias: gate
regions: [us-west-2]
clock: 2026-11-20T09:00:00Z
logs: [{group: /linux/auth, file: auth.log, span: 2h}]
`;
const LINES = Array.from({ length: 240 }, (_, i) =>
  i % 6 === 0
    ? `Dec 10 06:55 sshd[${i}]: FAILED password for root\u001b[2J from 10.0.0.${i % 9} port 4${i}`
    : `Dec 10 06:55 sshd[${i}]: session opened`,
);

test('a question about a log is answered from its lines, spread over the time the file says', async () => {
  const home = await makeHome(ACCOUNT);
  await writeFile(join(home.folder, 'auth.log'), LINES.join('\n'));
  const { code, stdout, stderr } = await runAiops(['ask', 'failed logins in /linux/auth, last hour'], {
    home,
  });
  expect(code).toBe(0);
  const [first, span, pattern] = stdout.split('\n');
  expect(first).toBe('20 log events with "failed" in /linux/auth between 17:00 and 18:00.');
  expect(span).toBe('First at 17:00, last at 17:57.');
  expect(pattern).toMatch(/^20 × Dec 10 06:55 sshd\[234\]: FAILED password for root\\u\{1b\}\[2J/);
  expect(stdout).toMatch(/^AT +REGION +STREAM +MESSAGE/m);
  expect(stdout).not.toContain('\u001b');
  expect(stderr).toContain('query_logs(log_group: /linux/auth, filter: failed, last: 1h)');
  expect(stderr).toContain('$ aws logs start-query --log-group-name /linux/auth');
});
