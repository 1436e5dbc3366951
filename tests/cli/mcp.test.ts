import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Newcomer, newcomer } from '../e2e/program.ts';

let person: Newcomer;
beforeAll(async () => {
  person = await newcomer();
});
afterAll(() => person.leave());

test('what is printed for a client starts the server, wherever the client stands', async () => {
  const account = [
    'account: "333344445555"',
    'regions: [ap-northeast-2]',
    'ec2: [{id: i-0b00000000000001, name: web-1, type: t3.medium, state: running, az: ap-northeast-2a}]',
  ];
  writeFileSync(join(person.home, 'shop.yaml'), account.join('\n'));
  const { stdout, code } = await person.run(['mcp', 'cursor', '--account', 'shop.yaml']);
  expect(code).toBe(0);
  const { command, args } = JSON.parse(stdout).mcpServers.aiops;
  const client = new Client({ name: 'cursor', version: '1' });
  await client.connect(
    new StdioClientTransport({ command, args, env: person.env, cwd: '/', stderr: 'ignore' }),
  );
  const { structuredContent } = await client.callTool({ name: 'list_instances', arguments: {} });
  expect(structuredContent).toMatchObject({ instances: [{ name: 'web-1' }] });
  await client.close();
});

test('a token is never printed: each client takes it from where it keeps secrets', async () => {
  const env = { ...person.env, AIOPS_MCP_TOKEN: 'a-token-that-nobody-should-see' };
  Object.assign(person.env, env);
  const { stdout, stderr } = await person.run(['mcp', '--http', 'http://127.0.0.1:7337/mcp']);
  expect(stdout).toContain('bearer_token_env_var = "AIOPS_MCP_TOKEN"');
  expect(stdout).toMatch(/Bearer \${env:AIOPS_MCP_TOKEN}/);
  expect(stdout + stderr).not.toContain('a-token-that-nobody-should-see');
});

test('an unknown client and an address that is none are said to be', async () => {
  const client = await person.run(['mcp', 'emacs']);
  expect(client.code).toBe(2);
  expect(client.stderr).toMatch(/no client "emacs" here; known: .*vscode/);
  const address = await person.run(['mcp', 'vscode', '--http', '7337']);
  expect(address.code).toBe(2);
  expect(address.stderr).toMatch(/--http takes the server's address/);
});
