import { randomUUID } from 'node:crypto';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { ComposedServer } from './compose.ts';
import { SESSION_VARIABLE } from './contract/session-variable.ts';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Serves one connection over standard input and output until the other side is gone. A change that is under
 * way then is seen through, so that the audit log knows how it ended; reads are dropped.
 */
export async function serveOverStdio(
  composed: ComposedServer,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const server = composed.forConnection(environment[SESSION_VARIABLE] || randomUUID());
  const gone = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    // Each write to a reader that went away is an error of its own; one that nobody hears ends the process.
    process.stdout.on('error', () => resolve());
    process.stderr.on('error', () => {});
    // Asking again, or closing the terminal, does not cut a change short.
    for (const signal of ENDING_SIGNALS) process.on(signal, () => resolve());
  });
  await server.connect(new StdioServerTransport());
  void composed.recover();
  await gone;
  await composed.settled();
  await server.close();
  composed.close();
}
