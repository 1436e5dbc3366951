import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPseudoTerminal, type PseudoTerminal, type PseudoTerminalOptions } from './pseudo-terminal.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const NODE = join(ROOT, 'node_modules', 'node', 'bin', 'node');
export const AIOPS = join(ROOT, 'bin', 'aiops.js');
export const AIOPS_MCP = join(ROOT, 'bin', 'aiops-mcp.js');

/** A machine of one's own: home, configuration, state and cache in a folder that goes away. */
export async function newcomer() {
  const home = await mkdtemp(join(tmpdir(), 'aiops-e2e-'));
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    // Compiled code is the same for everybody, and starting is what these tests do most.
    XDG_CACHE_HOME: join(ROOT, 'node_modules', '.cache'),
    TERM: 'xterm-256color',
    // The terminal of these tests is xterm.js, and says so as those do that are built on it.
    TERM_PROGRAM: 'vscode',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const opened: PseudoTerminal[] = [];
  return {
    home,
    env,
    /** Starts `aiops`, or another program of ours, on a terminal. */
    terminal(
      args: string[],
      { program = AIOPS, ...options }: Partial<PseudoTerminalOptions> & { program?: string } = {},
    ): PseudoTerminal {
      const terminal = openPseudoTerminal(NODE, [program, ...args], { env, cwd: home, ...options });
      opened.push(terminal);
      return terminal;
    },
    /** Runs `aiops` without a terminal. */
    run(args: string[], input = ''): Promise<{ code: number; stdout: string; stderr: string }> {
      return new Promise((resolve) => {
        const child = execFile(NODE, [AIOPS, ...args], { env, cwd: home }, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ code, stdout, stderr });
        });
        child.stdin?.end(input);
      });
    },
    async leave() {
      for (const terminal of opened) terminal.kill('SIGKILL');
      await Promise.all(opened.map((terminal) => terminal.exited));
      await rm(home, { recursive: true, force: true });
    },
  };
}
export type Newcomer = Awaited<ReturnType<typeof newcomer>>;
