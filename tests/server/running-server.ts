import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { z } from 'zod';
import type { ToolName, ToolOutput } from '../../mcp-server/contract/catalogue.ts';
import { type Failure, failure } from '../../mcp-server/contract/failure.ts';
import { approverId, grantPayload, type ProposalGrant } from '../../mcp-server/contract/grant.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import { META } from '../../mcp-server/contract/wire.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/aiops-mcp.js', import.meta.url));
/** Compiled code is the same for everybody, and starting is what these tests do most. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

export type Start = {
  /** The text of an account file, or null for no `--account`. */
  account?: string | null;
  /** Files beside it. */
  files?: Record<string, string>;
  /** The text of the configuration file. */
  configuration?: string;
  args?: string[];
  env?: Record<string, string>;
  /** A fixture in the server's place. */
  main?: string;
};

export type Answer<Name extends ToolName> = { output: ToolOutput<Name>; text: string };

/** A home of its own for a server: state, configuration, an approver's key. */
export async function makeHome(start: Start = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-server-'));
  const config = join(folder, 'config', 'aiops');
  await mkdir(join(config, 'approvers'), { recursive: true, mode: 0o700 });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  await writeFile(
    join(config, 'approvers', 'tester.pub'),
    publicKey.export({ type: 'spki', format: 'pem' }),
    { mode: 0o600 },
  );
  if (start.account) await writeFile(join(folder, 'account.yaml'), start.account);
  for (const [name, text] of Object.entries(start.files ?? {})) await writeFile(join(folder, name), text);
  if (start.configuration) await writeFile(join(config, 'config.yaml'), start.configuration);
  return {
    folder,
    key: { privateKey, publicKey },
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_CACHE_HOME: CACHE,
      // No look for credentials of a machine in a cloud.
      AWS_EC2_METADATA_DISABLED: 'true',
    } as Record<string, string>,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
export type Home = Awaited<ReturnType<typeof makeHome>>;

/** The real server as a child process, and the SDK's own client. */
export async function startServer(start: Start = {}, home?: Home) {
  const own = home ?? (await makeHome(start));
  const account = start.account === null ? [] : ['--account', join(own.folder, 'account.yaml')];
  const transport = new StdioClientTransport({
    command: NODE,
    args: [start.main ?? LAUNCHER, ...account, ...(start.args ?? [])],
    env: { ...own.env, ...start.env },
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);

  async function raw(name: string, args: object, meta?: object) {
    return client.callTool({ name, arguments: { ...args }, ...(meta ? { _meta: { ...meta } } : {}) });
  }

  return {
    client,
    home: own,
    pid: () => transport.pid,
    stderr: () => stderr,
    /** A call that must succeed. */
    async call<Name extends ToolName>(name: Name, args: object = {}, meta?: object): Promise<Answer<Name>> {
      const result = await raw(name, args, meta);
      const text = textOf(result);
      if (result.isError) throw new Error(`${name} failed: ${text}`);
      return { output: result.structuredContent as ToolOutput<Name>, text };
    },
    /** A call that must fail. */
    async failing(name: string, args: object = {}, meta?: object): Promise<Failure> {
      const result = await raw(name, args, meta);
      if (!result.isError) throw new Error(`${name} succeeded: ${textOf(result)}`);
      if (result.structuredContent !== undefined) throw new Error('a failure carries no structured content');
      return failure.parse(result._meta?.[META.failure]);
    },
    async resource(uri: string): Promise<unknown> {
      const { contents } = await client.readResource({ uri });
      const [content] = contents;
      return JSON.parse(content && 'text' in content ? String(content.text) : 'null');
    },
    async method(method: string, params: object = {}): Promise<Record<string, unknown>> {
      return client.request({ method, params: { ...params } } as never, z.looseObject({})) as Promise<
        Record<string, unknown>
      >;
    },
    async stop() {
      await client.close();
      if (!home) await own.remove();
    },
  };
}
export type RunningServer = Awaited<ReturnType<typeof startServer>>;

function textOf(result: object): string {
  const { content } = result as { content?: { text?: string }[] };
  return content?.map((part) => part.text ?? '').join('\n') ?? '';
}

/** A person's yes to a proposal. */
export function grantFor(
  proposal: Proposal,
  key: { privateKey: KeyObject; publicKey: KeyObject },
): ProposalGrant {
  const unsigned = {
    version: 1 as const,
    kind: 'proposal' as const,
    approver: approverId(key.publicKey.export({ type: 'spki', format: 'der' })),
    issued_at: new Date().toISOString(),
    expires_at: proposal.expires_at,
    proposal: proposal.id,
    digest: proposal.digest,
    session: proposal.session,
  };
  return { ...unsigned, signature: sign(null, grantPayload(unsigned), key.privateKey).toString('base64url') };
}

/** Asks for a change, approves what is proposed, and runs it. */
export async function approved<Name extends ToolName>(server: RunningServer, name: Name, args: object) {
  const { proposal, code, message } = await server.failing(name, args);
  if (!proposal) throw new Error(`${name} proposed nothing: ${code} ${message}`);
  const answer = await server.call(name, args, { [META.grant]: grantFor(proposal, server.home.key) });
  return { proposal, ...answer };
}
