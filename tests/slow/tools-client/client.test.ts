import { expect, onTestFinished, test } from 'vitest';
import { METHODS } from '../../../mcp-server/contract/wire.ts';
import { approverIn } from '../../../src/approval/approver.ts';
import { WORDS } from '../../../src/language/conversation.ts';
import { createTools } from '../../../src/tools/client.ts';
import { type ServerCommand, type ServerProcess, spawnServer } from '../../../src/tools/server-process.ts';
import type { ServerEvent, Tools } from '../../../src/tools/tools.ts';
import { ToolsError } from '../../../src/tools/tools.ts';
import { type Home, makeHome, SMALL_SHOP, serverOf } from '../../tools-client/small-shop.ts';

type Opened = { tools: Tools; servers: ServerProcess[]; events: ServerEvent[] };

function open(command: ServerCommand): Opened {
  const servers: ServerProcess[] = [];
  const events: ServerEvent[] = [];
  const start = () => {
    const server = spawnServer(command);
    servers.push(server);
    return server;
  };
  const tools = createTools(start, { version: 'test', stopwatch: () => performance.now() });
  tools.subscribe((event) => events.push(event));
  onTestFinished(() => tools.close());
  return { tools, servers, events };
}

const SLOW = (action: string, delay = '5s') =>
  `${SMALL_SHOP}trouble:\n  - {service: ec2, action: ${action}, delay: ${delay}}\n`;

function approver(home: Home) {
  return approverIn(
    `${home.environment.XDG_CONFIG_HOME}/aiops`,
    () => WORDS.en.approval,
    () => new Date(),
  );
}

async function proposed(tools: Tools, tool: 'start_instances' | 'stop_instances', name: string) {
  const result = await tools.call(tool, { instances: [name] });
  if (result.kind !== 'failed' || !result.failure.proposal) throw new Error(JSON.stringify(result));
  return result.failure.proposal;
}

test('a call answers with data that passed the contract', async () => {
  const { tools, events } = open(serverOf(await makeHome()));
  const result = await tools.call('list_instances', { state: 'stopped' });
  expect(result.kind === 'done' && result.data.instances.map((one) => one.name)).toEqual([
    'batch-1',
    'batch-2',
  ]);
  expect(events.map((event) => event.state)).toEqual(['connecting', 'ready']);
});

test("a failure is the server's own, candidates and all", async () => {
  const { tools } = open(serverOf(await makeHome()));
  const result = await tools.call('stop_instances', { instances: ['batch'] });
  expect(result.kind).toBe('failed');
  const failure = result.kind === 'failed' ? result.failure : null;
  expect(failure?.nothing_changed).toBe(true);
  expect(failure?.candidates?.map((one) => one.name)).toEqual(['batch-1', 'batch-2']);
});

test('the account and the directory are read once, and again after a change', async () => {
  const home = await makeHome();
  const { tools } = open(serverOf(home));
  const before = await tools.directory();
  expect(await tools.directory()).toBe(before);
  const proposal = await proposed(tools, 'stop_instances', 'web-1');
  const signed = await approver(home).sign(proposal, undefined);
  if (signed.kind !== 'signed' || proposal.kind !== 'call') throw new Error('not signed');
  const stopped = await tools.callAny('stop_instances', proposal.arguments, { grant: signed.grant });
  expect(stopped.kind).toBe('done');
  const after = await tools.directory();
  expect(after).not.toBe(before);
  expect(after.entries.find((one) => one.name === 'web-1')?.state).not.toBe('running');
});

test('a read whose server dies is sent once more to the next one', async () => {
  const { tools, servers, events } = open(serverOf(await makeHome()));
  await tools.account();
  const reading = tools.call('list_instances', {});
  servers[0]!.child.kill('SIGKILL');
  const result = await reading;
  expect(result.kind).toBe('done');
  expect(servers.length).toBe(2);
  expect(events.map((event) => event.state)).toEqual(['connecting', 'ready', 'restarting', 'ready']);
});

test('a simulated account that kept nothing says that it started over', async () => {
  const { tools, servers } = open(serverOf(await makeHome()));
  expect((await tools.account()).notes).toEqual([]);
  servers[0]!.child.kill('SIGKILL');
  await tools.call('list_instances', {});
  const report = await tools.account();
  expect(report.notes).toEqual([expect.stringMatching(/started over.*not kept.*--keep/)]);
  expect(await tools.account()).toBe(report);
});

test('one that keeps its changes goes on', async () => {
  const { tools, servers } = open(serverOf(await makeHome(), '--keep'));
  await tools.account();
  servers[0]!.child.kill('SIGKILL');
  await tools.call('list_instances', {});
  expect((await tools.account()).notes).toEqual([]);
});

test('a granted change whose server dies is not repeated; the audit log says what is known', async () => {
  const home = await makeHome(SLOW('StartInstances'));
  const { tools, servers } = open(serverOf(home));
  const proposal = await proposed(tools, 'start_instances', 'batch-1');
  const signed = await approver(home).sign(proposal, undefined);
  if (signed.kind !== 'signed' || proposal.kind !== 'call') throw new Error('not signed');
  const changing = tools.callAny('start_instances', proposal.arguments, { grant: signed.grant });
  const audit = open(serverOf(home));
  const intents = async () =>
    (await audit.tools.ask(METHODS.auditShow, {})).entries.filter((entry) => entry.event === 'intent').length;
  await expect.poll(intents, { timeout: 10_000 }).toBe(1);
  servers[0]!.child.kill('SIGKILL');
  const result = await changing;
  expect(result.kind === 'failed' && result.failure.code).toBe('outcome_unknown');
  expect(result.kind === 'failed' && result.failure.message).toMatch(/not repeated/);
  expect(await intents()).toBe(1);
});

test('a server that cannot start says why, and the next request tries again', async () => {
  const home = await makeHome();
  const { tools, events } = open({
    ...serverOf(home),
    args: ['-e', 'console.error("no luck"); process.exit(7)'],
  });
  await expect(tools.account()).rejects.toThrow('no luck');
  const result = await tools.call('list_instances', {});
  expect(result.kind === 'failed' && result.failure).toMatchObject({
    code: 'unreachable',
    message: 'no luck',
  });
  expect(events.at(-1)).toMatchObject({ state: 'lost', detail: 'no luck' });
});

test('a read can be given up', async () => {
  const { tools } = open(serverOf(await makeHome(SLOW('DescribeInstances'))));
  await tools.account();
  const stop = new AbortController();
  const reading = tools.call('list_instances', {}, { signal: stop.signal });
  stop.abort();
  const result = await reading;
  expect(result.kind === 'failed' && result.failure).toMatchObject({
    code: 'cancelled',
    nothing_changed: true,
  });
});

test('a method that is refused throws with the reason', async () => {
  const { tools } = open(serverOf(await makeHome()));
  await expect(tools.ask(METHODS.decline, { id: 'NOSUCHID' })).rejects.toThrow(ToolsError);
});

/** A server of the test's own: speaks MCP by hand and answers tools/call with what it is told. */
function scripted(answer: unknown): string[] {
  const program = `
    const lines = require('node:readline').createInterface({ input: process.stdin });
    const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
    lines.on('line', (line) => {
      const { id, method } = JSON.parse(line);
      if (method === 'initialize')
        say({ jsonrpc: '2.0', id, result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'x', version: '0' } } });
      if (method === 'tools/call') say({ jsonrpc: '2.0', id, result: ${JSON.stringify(answer)} });
    });`;
  return ['-e', program];
}

test('an answer of another shape than agreed is a failure, never data', async () => {
  const home = await makeHome();
  const wrong = { content: [], structuredContent: { instances: 'all of them' } };
  const { tools } = open({ ...serverOf(home), args: scripted(wrong) });
  const result = await tools.call('list_instances', {});
  expect(result.kind === 'failed' && result.failure.code).toBe('internal');
  expect(result.kind === 'failed' && result.failure.message).toContain('instances');
});

test('an error without a failure in it is still told in words', async () => {
  const home = await makeHome();
  const wrong = { content: [{ type: 'text', text: 'the disk is full' }], isError: true };
  const { tools } = open({ ...serverOf(home), args: scripted(wrong) });
  const result = await tools.call('list_instances', {});
  expect(result.kind === 'failed' && result.failure.message).toBe('the disk is full');
});

test('a change under way when the client leaves is seen through, and its outcome written', async () => {
  const home = await makeHome(SLOW('StopInstances', '8s'));
  const { tools, servers } = open(serverOf(home));
  const proposal = await proposed(tools, 'stop_instances', 'web-1');
  const signed = await approver(home).sign(proposal, undefined);
  if (signed.kind !== 'signed' || proposal.kind !== 'call') throw new Error('not signed');
  const call = tools.callAny('stop_instances', proposal.arguments, { grant: signed.grant });
  const other = open(serverOf(home)).tools;
  const events = async () => (await other.ask(METHODS.auditShow, {})).entries.map((entry) => entry.event);
  await expect.poll(events).toContain('intent');

  await tools.close();
  expect(await call).toMatchObject({ kind: 'failed' });
  expect(await events()).not.toContain('outcome');
  expect(await servers[0]?.exited).toMatchObject({ code: 0, signal: null });
  expect((await events()).at(-1)).toBe('outcome');
});
