import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));

test('a data folder that is not there is said in words, with what to give instead', () => {
  const ran = spawnSync(process.execPath, [BENCH, 'commands', '--data', '/nowhere/at/all'], {
    encoding: 'utf8',
  });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toContain('/nowhere/at/all is not there');
  expect(ran.stderr).toContain('--data DIR');
  expect(ran.stderr).not.toMatch(/^ +at /m);
});
