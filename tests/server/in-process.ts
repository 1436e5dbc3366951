import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { onTestFinished } from 'vitest';
import { composeServer, type Decoration } from '../../mcp-server/compose.ts';
import type { ToolName, ToolOutput } from '../../mcp-server/contract/catalogue.ts';
import { type Failure, failure } from '../../mcp-server/contract/failure.ts';
import { META, RESOURCES } from '../../mcp-server/contract/wire.ts';
import { parseOptions } from '../../mcp-server/options.ts';
import { type Answer, grantFor, type Home, makeHome, type Start } from './running-server.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** As `startServer`, without a process: the server's own parts behind an in-memory transport. */
export async function composedServer(
  start: Start = {},
  home?: Home,
  decoration: Decoration = {},
  stopwatch: () => number = () => performance.now(),
) {
  const own = home ?? (await makeHome(start));
  const account = start.account === null ? [] : ['--account', join(own.folder, 'account.yaml')];
  const world = {
    environment: { ...own.env, ...start.env },
    packageFolder: PACKAGE,
    version: '0.0.0',
    log: () => {},
    stopwatch,
    clock: () => Date.now(),
    random: randomBytes,
  };
  const options = parseOptions([...account, ...(start.args ?? [])]);
  const composed = await composeServer(options, world, decoration);
  const [here, there] = InMemoryTransport.createLinkedPair();
  await composed.forConnection(randomUUID()).connect(there);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(here);
  onTestFinished(async () => {
    await client.close();
    composed.close();
    if (!home) await own.remove();
  });

  const raw = (name: string, args: object, meta?: object) =>
    client.callTool({ name, arguments: { ...args }, ...(meta ? { _meta: { ...meta } } : {}) });

  const server = {
    client,
    home: own,
    async call<Name extends ToolName>(name: Name, args: object = {}, meta?: object): Promise<Answer<Name>> {
      const result = await raw(name, args, meta);
      const text = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('\n');
      if (result.isError) throw new Error(`${name} failed: ${text}`);
      return { output: result.structuredContent as ToolOutput<Name>, text };
    },
    async failing(name: string, args: object = {}, meta?: object): Promise<Failure> {
      const result = await raw(name, args, meta);
      if (!result.isError) throw new Error(`${name} succeeded`);
      return failure.parse(result._meta?.[META.failure]);
    },
    async directory() {
      const { contents } = await client.readResource({ uri: RESOURCES.directory });
      const [content] = contents;
      return JSON.parse(content && 'text' in content ? String(content.text) : 'null');
    },
    /** Asks for a change, approves what is proposed, and runs it. */
    async approved<Name extends ToolName>(name: Name, args: object) {
      const { proposal, code, message } = await server.failing(name, args);
      if (proposal?.kind !== 'call') throw new Error(`${name} proposed nothing: ${code} ${message}`);
      const answer = await server.call(name, args, { [META.grant]: grantFor(proposal, own.key) });
      return { proposal, ...answer };
    },
  };
  return server;
}
