import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure } from '../../mcp-server/contract/failure.ts';
import { META } from '../../mcp-server/contract/wire.ts';
import { AIOPS_MCP, type Newcomer, NODE, newcomer } from './program.ts';

let person: Newcomer;
beforeEach(async () => {
  person = await newcomer();
});
afterEach(() => person.leave());

/** A client that knows nothing of this product but the MCP standard. */
async function outsider(): Promise<Client> {
  const transport = new StdioClientTransport({
    command: NODE,
    args: [AIOPS_MCP, '--account', 'demo'],
    env: person.env,
    stderr: 'pipe',
  });
  const client = new Client({ name: 'somebody-else', version: '1.0.0' });
  await client.connect(transport);
  return client;
}

test('an outside client lists tools, reads, is refused a stop, and goes on after a person approved it', async () => {
  const client = await outsider();
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name)).toContain('stop_instances');
  expect(tools.find((tool) => tool.name === 'list_instances')?.annotations?.readOnlyHint).toBe(true);
  expect(tools.find((tool) => tool.name === 'stop_instances')?.annotations?.destructiveHint).toBe(true);

  const read = await client.callTool({ name: 'list_instances', arguments: { name: 'web-2' } });
  expect(read.structuredContent).toMatchObject({ instances: [{ name: 'web-2', state: 'running' }] });

  const stop = { name: 'stop_instances', arguments: { instances: ['web-2'] } };
  const refused = await client.callTool(stop);
  const { code, proposal } = failure.parse(refused._meta?.[META.failure]);
  expect(code).toBe('approval_required');
  expect(JSON.stringify(refused.content)).toContain(`aiops approve ${proposal?.id}`);

  const dialog = person.terminal(['approve', proposal?.id ?? '']);
  await dialog.until(/web-2/);
  await dialog.pressUntil('y', new RegExp(`Approved.* ${proposal?.id}`, 'i'));
  expect((await dialog.exited).exitCode).toBe(0);

  const done = await client.callTool(stop);
  expect(done.isError ?? false).toBe(false);
  expect(done.structuredContent).toMatchObject({
    changes: [{ name: 'web-2', before: { state: 'running' } }],
  });

  const again = await client.callTool(stop);
  expect(again.isError).toBe(true);
  await client.close();

  const { stdout } = await person.run(['audit', 'show', '--json']);
  const events = stdout.match(/"event": ?"[a-z_]+"/g)?.map((found) => found.split('"')[3]);
  expect(events).toEqual(expect.arrayContaining(['proposed', 'approved', 'intent', 'outcome']));
  expect((await person.run(['audit', 'verify'])).code).toBe(0);
});
