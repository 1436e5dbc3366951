import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Scene } from './scene.ts';

const PROGRAM = fileURLToPath(new URL('../../../bin/aiops.js', import.meta.url));

export type Ran = { exit: number | null; stdout: string; stderr: string };

/**
 * `aiops` as a script runs it: the whole program with something piped in, in a session of its own, so that
 * there is no terminal to ask on wherever the tests run.
 */
export async function aiops(scene: Scene, words: string[], input = ''): Promise<Ran> {
  const { node, env } = scene.command();
  const flags = ['--account', scene.accountFile, '--keep'];
  const child = spawn(node, [PROGRAM, ...words, ...flags], {
    env,
    cwd: scene.folder,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ran: Ran = { exit: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ran.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ran.stderr += text;
  });
  child.stdin.on('error', () => {}); // a program that ends without reading what is piped in
  child.stdin.end(input);
  ran.exit = await new Promise((resolve) => child.once('close', resolve));
  return ran;
}
