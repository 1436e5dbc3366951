import { join } from 'node:path';
import { createTools } from '../src/tools/client.ts';
import { type ServerProcess, spawnServer } from '../src/tools/server-process.ts';
import type { Tools } from '../src/tools/tools.ts';
import { PACKAGE } from './place.ts';

/** The product's client on the built server, on an account file. */
export async function withToolsOn<T>(
  account: string,
  environment: Record<string, string>,
  work: (tools: Tools, server: ServerProcess) => Promise<T>,
): Promise<T> {
  const server = spawnServer({
    node: process.execPath,
    args: [join(PACKAGE, 'bin', 'aiops-mcp.js'), `--account=${account}`],
    env: { ...environment, AIOPS_SESSION: 'bench' },
  });
  const tools = createTools(() => server, { version: 'bench', stopwatch: () => performance.now() });
  try {
    return await work(tools, server);
  } finally {
    await tools.close();
  }
}
