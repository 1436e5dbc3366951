import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Home, makeHome } from '../tools-client/small-shop.ts';

export const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const LAUNCHER = join(PACKAGE, 'bin', 'aiops.js');

export type Ran = { code: number | null; stdout: string; stderr: string };

export type HowToRun = {
  home?: Home;
  input?: string;
  environment?: Record<string, string>;
  /** Without it, `--account` is the home's account file. */
  account?: string | null;
};

/**
 * The program as a script runs it: in a session of its own, so that no terminal of whoever runs the tests can
 * be asked.
 */
export async function runAiops(args: string[], how: HowToRun = {}): Promise<Ran> {
  const home = how.home ?? (await makeHome());
  const account = how.account === undefined ? home.account : how.account;
  const all = [LAUNCHER, ...args, ...(account === null ? [] : ['--account', account])];
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, all, {
      cwd: home.folder,
      env: { ...home.environment, ...how.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(how.input ?? '');
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
