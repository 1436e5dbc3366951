import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** How to start the MCP server: the program's file, its flags, and what it finds in its environment. */
export type ServerCommand = {
  node: string;
  /** The server's entry and its flags. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
};

/** How a server process ended, and the last it said on its error stream. */
export type ServerExit = { code: number | null; signal: NodeJS.Signals | null; lastWords: string };

/** A server child from its first moment: it may be spawned long before anybody can talk to it. */
export type ServerProcess = {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  command: ServerCommand;
  exited: Promise<ServerExit>;
};

const LAST_WORDS = 4_096;

/** Starts the child. `onErrorText` receives what it writes to its error stream, as it comes. */
export function spawnServer(command: ServerCommand, onErrorText?: (text: string) => void): ServerProcess {
  const child = spawn(command.node, command.args, {
    env: command.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own: Ctrl+C is for the program in front, which decides what becomes of a change under way.
    detached: process.platform !== 'win32',
  });
  let lastWords = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
    onErrorText?.(text);
  });
  // A write to a server that has just died ends as its exit, which every caller waits for.
  child.stdin.on('error', () => {});
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, lastWords: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal, lastWords }));
  });
  return { child, command, exited };
}

/** True once the child is gone, or can no longer be written to. */
export function hasEnded({ child }: ServerProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || !child.stdin.writable;
}

export function sameCommand(a: ServerCommand, b: ServerCommand): boolean {
  return a.node === b.node && a.args.length === b.args.length && a.args.every((arg, i) => arg === b.args[i]);
}

/**
 * Ends a child: closes its input, which a server takes for the end once a change under way has its outcome.
 * One that is still at it after `patienceMs` is left alone to finish: killing it would leave a change half
 * done and the audit log without its end.
 */
export async function endServer(server: ServerProcess, patienceMs: number): Promise<void> {
  const { child, exited } = server;
  child.stdin.end();
  let waiting: NodeJS.Timeout | undefined;
  const enough = new Promise<'enough'>((resolve) => {
    waiting = setTimeout(resolve, patienceMs, 'enough');
  });
  const ended = await Promise.race([exited, enough]);
  clearTimeout(waiting);
  if (ended !== 'enough') return;
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
}

/** Ends a child that nobody has asked for anything. */
export async function dropServer(server: ServerProcess): Promise<void> {
  server.child.kill('SIGKILL');
  await server.exited;
}
