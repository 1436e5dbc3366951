import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT_CODES, exitCodesHelp } from '../../src/cli/exit-codes.ts';
import { PACKAGE, runAiops } from './run-aiops.ts';

test('README and --help name every exit code', () => {
  const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
  const named = [...readme.matchAll(/^\| (\d+) \| /gm)].map(([, code]) => Number(code));
  expect(named).toEqual(Object.values(EXIT_CODES).map(({ code }) => code));
  for (const code of named) expect(exitCodesHelp()).toMatch(new RegExp(`^ +${code} +\\S`, 'm'));
});

test('--help says how far --approve reaches', async () => {
  const { code, stdout } = await runAiops(['--help'], { account: null });
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain('exactly this resource, whatever its other arguments');
  expect(stdout).not.toContain('exactly this call');
  expect(stdout).toMatch(/^ {2}69 /m);
});
