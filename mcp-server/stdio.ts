import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { ComposedServer } from './compose.ts';

/**
 * Serves one connection over standard input and output until the other side is gone. A change that is under
 * way then is seen through, so that the audit log knows how it ended; reads are dropped.
 */
export async function serveOverStdio(composed: ComposedServer): Promise<void> {
  const server = composed.forConnection();
  const gone = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    // A reader that went away shows as an error of standard output.
    process.stdout.once('error', () => resolve());
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await server.connect(new StdioServerTransport());
  void composed.recover();
  await gone;
  await composed.settled();
  await server.close();
}
