import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { approverIn } from '../src/approval/approver.ts';
import { WORDS } from '../src/language/conversation.ts';
import type { Tools } from '../src/tools/tools.ts';
import { printFigures, quantile } from './figures.ts';
import { DEMO, inOwnFolders, PACKAGE } from './place.ts';
import { withToolsOn } from './tools-on.ts';

const READS = 300;
const CHANGES = 60;

/**
 * What a call costs beside AWS: a read over MCP, a change up to its proposal (guard and audit), and a granted
 * change (signature, claim, intent, attempt, look, outcome). Then the memory of both processes, idle.
 */
export async function benchOverhead({ json }: { json: boolean }): Promise<number> {
  return await inOwnFolders(async (folder, environment) => {
    const account = join(folder, 'account.yaml');
    await writeFile(account, accountOf(CHANGES));
    const approver = approverIn(
      join(folder, 'config', 'aiops'),
      () => WORDS.en.approval,
      () => new Date(),
    );
    const timed = await withToolsOn(account, environment, async (tools) => {
      await tools.account();
      await tools.call('list_instances', {});
      const reads = await each(READS, async () => {
        await tools.call('describe_instance', { instance: 'i-00000000000000000' });
      });
      const proposals: number[] = [];
      const grants: number[] = [];
      for (let n = 0; n < CHANGES; n += 1) {
        const began = performance.now();
        const proposal = await propose(tools, n);
        proposals.push(performance.now() - began);
        const signed = await approver.sign(proposal, undefined);
        if (signed.kind !== 'signed') throw new Error(signed.why);
        const asked = performance.now();
        const done = await tools.callAny('start_instances', proposal.arguments, { grant: signed.grant });
        if (done.kind !== 'done') throw new Error(done.failure.message);
        grants.push(performance.now() - asked);
      }
      return { reads, proposals, grants };
    });
    const memory = await idleMemory(folder, environment);
    printFigures(
      {
        'read over MCP, p50 ms': quantile(timed.reads, 0.5),
        'read over MCP, p99 ms': quantile(timed.reads, 0.99),
        'change up to its proposal, p50 ms': quantile(timed.proposals, 0.5),
        'change up to its proposal, p99 ms': quantile(timed.proposals, 0.99),
        'granted change with audit, p50 ms': quantile(timed.grants, 0.5),
        'granted change with audit, p99 ms': quantile(timed.grants, 0.99),
        'terminal idle, MB resident': memory.terminal,
        'server idle, MB resident': memory.server,
      },
      json,
    );
    return 0;
  });
}

function accountOf(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, n) => `  - {id: ${idOf(n)}, name: box-${n}, type: t3.micro, state: stopped, az: ap-northeast-2a}`,
  );
  return `account: "333344445555"\nalias: bench\nregions: [ap-northeast-2]\nec2:\n${rows.join('\n')}\n`;
}

function idOf(n: number): string {
  return `i-${n.toString(16).padStart(17, '0')}`;
}

async function each(count: number, work: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times;
}

async function propose(tools: Tools, n: number) {
  const result = await tools.callAny('start_instances', { instances: [idOf(n)] });
  if (result.kind === 'failed' && result.failure.proposal?.kind === 'call') return result.failure.proposal;
  throw new Error(result.kind === 'failed' ? result.failure.message : 'it ran without a grant');
}

/** The chat after its first answer, with nothing going on. */
async function idleMemory(
  folder: string,
  env: Record<string, string>,
): Promise<{ terminal: number; server: number }> {
  const args = [join(PACKAGE, 'bin', 'aiops.js'), '--account', DEMO];
  const terminal = spawn(process.execPath, args, { cwd: folder, env, cols: 110, rows: 40 });
  let shown = '';
  const seen = (what: RegExp) =>
    new Promise<void>((resolve) => {
      const listener = terminal.onData((data) => {
        shown += data;
        if (!what.test(shown)) return;
        listener.dispose();
        resolve();
      });
    });
  await seen(/connected/);
  terminal.write('list all instances\r');
  await seen(/9 instances:|staging-web-1/);
  const server = childOf(terminal.pid);
  const memory = { terminal: residentMb(terminal.pid), server: residentMb(server) };
  const ended = new Promise<void>((resolve) => terminal.onExit(() => resolve()));
  terminal.kill('SIGTERM');
  await ended;
  return memory;
}

/** Linux only, as the figures are: elsewhere NaN. */
function residentMb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(proc(pid, 'status'));
  return line ? Number(line[1]) / 1_000 : Number.NaN;
}

function childOf(pid: number): number {
  return Number(proc(pid, `task/${pid}/children`).trim().split(' ')[0]);
}

function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // No /proc here: the figure is left out.
    return '';
  }
}
