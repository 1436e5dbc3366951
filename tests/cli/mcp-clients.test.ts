import { expect, test } from 'vitest';
import { MCP_CLIENTS, type McpServer } from '../../src/cli/mcp-clients.ts';

const URL = 'http://127.0.0.1:7337/mcp';
const OVER_HTTP: McpServer = {
  kind: 'http',
  url: URL,
  tokenVariable: 'AIOPS_MCP_TOKEN',
  passingOn: { kind: 'stdio', command: 'node', args: ['aiops-mcp.js', '--server', URL] },
};

function snippetFor(id: string): string {
  return MCP_CLIENTS.find((client) => client.id === id)?.snippet(OVER_HTTP) ?? '';
}

test('a client whose file only starts programs reaches a running server through one', () => {
  expect(JSON.parse(snippetFor('claude-desktop'))).toEqual({
    mcpServers: { aiops: { command: 'node', args: ['aiops-mcp.js', '--server', URL] } },
  });
});

test('the others are told its address', () => {
  const others = MCP_CLIENTS.filter(({ id }) => id !== 'claude-desktop');
  for (const { id } of others) expect(snippetFor(id)).toContain(URL);
  for (const { id } of others) expect(snippetFor(id)).not.toContain('--server');
});
