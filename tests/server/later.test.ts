import { afterAll, beforeAll, expect, test } from 'vitest';
import { LATER } from '../../mcp-server/contract/catalogue/later.ts';
import { SHOP } from './accounts.ts';
import { type RunningServer, startServer } from './running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ account: SHOP });
});
afterAll(() => server.stop());

/** Arguments that the tool takes: the least of each kind. */
const ARGUMENTS = {
  log_group: '/a',
  query: 'up',
  deployment: 'payment',
  namespace: 'shop',
  replicas: 2,
  service: 'cart',
  title: 'Broken',
  body: 'It is.',
  issue: 1,
  resource: 'orders',
};

test('a tool that comes later is listed, and answers what it needs and what to do meanwhile', async () => {
  const { tools } = await server.client.listTools();
  const listed = new Map(tools.map((tool) => [tool.name, tool]));
  for (const { contract, meanwhile } of LATER) {
    const { required = [] } = listed.get(contract.name)?.inputSchema ?? {};
    const given = Object.entries(ARGUMENTS).filter(([name]) => required.includes(name));
    const failed = await server.failing(contract.name, Object.fromEntries(given));
    expect(failed).toMatchObject({ code: 'not_configured', hint: meanwhile, nothing_changed: true });
  }
});

test('wrong arguments are said to be wrong, not that it comes later', async () => {
  expect((await server.failing('scale_deployment', { deployment: 'payment' })).code).toBe(
    'invalid_arguments',
  );
});
