import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExitName } from './exit-codes.ts';
import { MCP_CLIENTS, type McpServer } from './mcp-clients.ts';
import type { Output } from './output.ts';
import type { ServerProgram } from './parts.ts';
import { UsageError } from './usage-error.ts';

/** The variable the server's bearer token is looked for in, here and there. */
const TOKEN_VARIABLE = 'AIOPS_MCP_TOKEN';

/**
 * Prints what to put into an MCP client's configuration, so that it can use the server: nothing else goes to
 * standard output, which can be redirected. Throws `UsageError`.
 */
export function printMcpConfiguration(
  { client, http }: { client: string | null; http: string | null },
  program: ServerProgram,
  flags: readonly string[],
  output: Output,
): ExitName {
  const known = MCP_CLIENTS.find(({ id }) => id === client);
  if (client !== null && !known)
    throw new UsageError(
      `there is no client "${client}" here; known: ${MCP_CLIENTS.map(({ id }) => id).join(', ')}`,
    );
  const server = http === null ? child(program, flags) : remote(http, program);
  const shown = known ? [known] : MCP_CLIENTS;
  for (const { title, file, snippet } of shown) {
    output.note(`${title}: ${file}`);
    output.data(snippet(server));
  }
  output.note('A change that such a client asks for waits until you run: aiops approve <id>');
  if (server.kind === 'http')
    output.note(`The token: export ${TOKEN_VARIABLE}=... where the client is started.`);
  return 'done';
}

function child({ node, launcher }: ServerProgram, flags: readonly string[]): McpServer {
  return { kind: 'stdio', command: node, args: [launcher, ...flags.map(whereverStarted)] };
}

/** A client starts the server in a folder of its own: a file is named in full. */
function whereverStarted(flag: string): string {
  const [, name, value = ''] = /^(--(?:account|config))=(.*)$/s.exec(flag) ?? [];
  return name && existsSync(value) ? `${name}=${resolve(value)}` : flag;
}

function remote(url: string, { node, launcher }: ServerProgram): McpServer {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(
      `--http takes the server's address, such as http://127.0.0.1:7337/mcp, not "${url}"`,
    );
  const passingOn = { kind: 'stdio' as const, command: node, args: [launcher, '--server', url] };
  return { kind: 'http', url, tokenVariable: TOKEN_VARIABLE, passingOn };
}
