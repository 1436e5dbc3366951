import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import { build } from 'esbuild';
import { median, printFigures } from './figures.ts';
import { DEMO, inOwnFolders, PACKAGE } from './place.ts';

const RUNS = 9;
const LAUNCHER = join(PACKAGE, 'bin', 'aiops.js');
/** The prompt is drawn last: with it the first frame is complete. */
const FIRST_FRAME = /Say what you want/;

/**
 * Whole processes, side by side in one run: `aiops ask "list all instances"`, a bare program that makes one
 * DescribeInstances on the same account through the same simulator, and the chat up to its first frame.
 */
export async function benchStartup({ json }: { json: boolean }): Promise<number> {
  return await inOwnFolders(async (folder, environment) => {
    const bareSource = join(PACKAGE, 'bench', 'bare-describe-instances.ts');
    const bareBundle = join(PACKAGE, 'dist', `bare-${process.pid}.mjs`);
    await compile(bareSource, bareBundle);
    const asks: number[] = [];
    const bares: number[] = [];
    const compiled: number[] = [];
    const frames: number[] = [];
    for (let run = -1; run < RUNS; run += 1) {
      const ask = await wholeProcess([LAUNCHER, '--account', DEMO, 'ask', 'list all instances'], environment);
      const bare = await wholeProcess([bareSource, DEMO], environment);
      const bareCompiled = await wholeProcess([bareBundle, DEMO], environment);
      const frame = await firstFrame([LAUNCHER, '--account', DEMO], folder, environment);
      // The first round fills the file system's caches and our own compile cache.
      if (run < 0) continue;
      asks.push(ask);
      bares.push(bare);
      compiled.push(bareCompiled);
      frames.push(frame);
    }
    await wholeProcess(['-e', `require('node:fs').rmSync(${JSON.stringify(bareBundle)})`], environment);
    printFigures(
      {
        runs: RUNS,
        'aiops ask, whole process, median ms': median(asks),
        'bare DescribeInstances, median ms': median(bares),
        'bare, own code compiled before, median ms': median(compiled),
        'ask / bare': median(asks) / median(bares),
        'ask / bare, own code compiled before': median(asks) / median(compiled),
        'first frame of the chat, median ms': median(frames),
      },
      json,
    );
    return 0;
  });
}

/** The bare program with its own code as plain JavaScript; the SDK is imported as installed, as anybody would. */
async function compile(from: string, to: string): Promise<void> {
  await build({
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    packages: 'external',
  });
}

function wholeProcess(args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    child.once('close', (code) => {
      if (code === 0) resolve(performance.now() - began);
      else reject(new Error(`${args.join(' ')}: exit code ${code}\n${said}`));
    });
  });
}

function firstFrame(args: string[], cwd: string, env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    let frame = Number.NaN;
    let shown = '';
    const terminal = spawnInTerminal(process.execPath, args, { cwd, env, cols: 110, rows: 40 });
    terminal.onData((data) => {
      shown += data;
      if (!Number.isNaN(frame) || !FIRST_FRAME.test(shown)) return;
      frame = performance.now() - began;
      terminal.kill('SIGTERM');
    });
    terminal.onExit(() => resolve(frame));
  });
}
