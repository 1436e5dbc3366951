import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { accountReport, METHODS, RESOURCES } from '../../../mcp-server/contract/wire.ts';
import { SHOP } from '../../server/accounts.ts';
import { awsEndpoint } from '../../server/aws-endpoint.ts';
import { approved, makeHome, startServer } from '../../server/running-server.ts';

const MAIN = fileURLToPath(new URL('../../../mcp-server/main.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function started(start: Parameters<typeof startServer>[0]) {
  const server = await startServer(start);
  open.push(() => server.stop());
  return server;
}

describe('the process', () => {
  test('says nothing on standard error, and makes no store for a read', async () => {
    const server = await started({ account: SHOP });
    await server.call('list_instances');
    await server.resource(RESOURCES.account);
    expect(server.stderr()).toBe('');
    await expect(readdir(join(server.home.folder, 'state'))).rejects.toThrow('ENOENT');
  });

  test('killed in the middle of a call, the client hears of it and nothing is left', async () => {
    const endpoint = await awsEndpoint(() => 'hang');
    open.push(() => endpoint.close());
    const server = await started({
      account: null,
      env: {
        AWS_ENDPOINT_URL: endpoint.url,
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
        AWS_REGION: 'us-east-1',
      },
    });
    const call = server.client.callTool({ name: 'list_instances', arguments: {} });
    await expect.poll(() => endpoint.requests.length, { timeout: 20_000 }).toBe(1);
    const pid = server.pid() ?? 0;
    process.kill(pid, 'SIGKILL');
    await expect(call).rejects.toThrow('closed');
    expect(() => process.kill(pid, 0)).toThrow();
  });

  test('ends when its client goes away, even in the middle of a read', async () => {
    const endpoint = await awsEndpoint(() => 'hang');
    open.push(() => endpoint.close());
    const home = await makeHome();
    open.push(home.remove);
    const child = spawn(NODE, [MAIN], {
      env: {
        ...home.env,
        AWS_ENDPOINT_URL: endpoint.url,
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
        AWS_REGION: 'us-east-1',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const send = (message: object) =>
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    send({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
    });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/call', params: { name: 'list_instances', arguments: {} } });
    await expect.poll(() => endpoint.requests.length, { timeout: 20_000 }).toBe(1);
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  test.each([
    [['--speed', 'fast'], '--speed'],
    [['--now', 'soon'], '--now'],
    [['--frobnicate'], 'frobnicate'],
  ])('%j is refused with what is wrong', async (words, said) => {
    const child = spawn(NODE, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(err).toContain(said);
  });
});

describe('what cannot be read', () => {
  test('a broken account file: every call says file, line and fix', async () => {
    const server = await started({ account: 'account: "111122223333"\nregions: [us-east-1]\nec3: []\n' });
    const failed = await server.failing('list_instances');
    expect(failed.code).toBe('configuration');
    expect(failed.message).toMatch(/account\.yaml:3: .*ec3.*/);
    const report = accountReport.parse(await server.resource(RESOURCES.account));
    expect(report.accounts[0]?.problem?.detail).toContain('account.yaml:3');
  });

  test('a missing account file', async () => {
    const server = await started({ account: null, args: ['--account', '/nowhere/account.yaml'] });
    const failed = await server.failing('list_instances');
    expect(failed).toMatchObject({ code: 'configuration' });
    expect(failed.message).toContain('/nowhere/account.yaml: there is no such file');
  });

  test('a broken configuration: reads work, changes are denied, and notes say why', async () => {
    const server = await started({ account: SHOP, configuration: 'max_targets: many\n' });
    await server.call('list_instances');
    const failed = await server.failing('start_instances', { instances: ['batch-1'] });
    expect(failed).toMatchObject({ code: 'configuration', nothing_changed: true });
    const report = accountReport.parse(await server.resource(RESOURCES.account));
    expect(report.notes.join('\n')).toMatch(/config\.yaml:1: max_targets/);
  });

  test('a configuration file asked for that is not there is a broken one', async () => {
    const server = await started({ account: SHOP, args: ['--config', '/nowhere/config.yaml'] });
    expect(await server.failing('start_instances', { instances: ['batch-1'] })).toMatchObject({
      code: 'configuration',
    });
  });

  test('a state folder that others can write to: reads work, changes are refused', async () => {
    const server = await started({ account: SHOP });
    const state = join(server.home.folder, 'state', 'aiops');
    await mkdir(state, { recursive: true });
    await chmod(state, 0o777);
    await server.call('list_instances');
    expect(await server.failing('start_instances', { instances: ['batch-1'] })).toMatchObject({
      code: 'store',
      nothing_changed: true,
    });
  });
});

test('--read-only refuses every change', async () => {
  const server = await started({ account: SHOP, args: ['--read-only'] });
  expect(await server.failing('start_instances', { instances: ['batch-1'] })).toMatchObject({
    code: 'read_only',
  });
  expect(accountReport.parse(await server.resource(RESOURCES.account)).read_only).toBe(true);
});

test('--now sets the clock of a simulated account', async () => {
  const server = await started({ account: SHOP, args: ['--now', '2026-12-24T18:00:00Z'] });
  const report = accountReport.parse(await server.resource(RESOURCES.account));
  expect(report.now.slice(0, 16)).toBe('2026-12-24T18:00');
});

test('--keep keeps changes for the next run', async () => {
  const home = await makeHome({ account: SHOP });
  open.push(home.remove);
  const first = await startServer({ account: SHOP, args: ['--keep'] }, home);
  await approved(first, 'stop_instances', { instances: ['web-1'] });
  await first.stop();
  const second = await startServer({ account: SHOP, args: ['--keep'] }, home);
  open.push(() => second.stop());
  const { output } = await second.call('describe_instance', { instance: 'web-1' });
  expect(output.instance.state).not.toBe('running');
});

test('without --account and without anything of AWS, the account that ships with the product', async () => {
  const server = await started({ account: null });
  const report = accountReport.parse(await server.resource(RESOURCES.account));
  expect(report.accounts[0]?.backend).toMatchObject({
    kind: 'simulated',
    file: expect.stringContaining('accounts/demo/account.yaml'),
  });
});

test('a session named by the parent is the one proposals are bound to', async () => {
  const server = await started({ account: SHOP, env: { AIOPS_SESSION: 'session-of-the-parent' } });
  const { proposal } = await server.failing('start_instances', { instances: ['batch-1'] });
  expect(proposal?.session).toBe('session-of-the-parent');
});

test('a method with parameters it does not know is refused', async () => {
  const server = await started({ account: SHOP });
  await expect(server.method(METHODS.proposals, { everything: true })).rejects.toThrow('everything');
  await expect(server.method(METHODS.decline, { id: 'ABCDEFGH' })).rejects.toMatchObject({
    data: { 'aiops/failure': { code: 'not_found' } },
  });
});

test('names are quoted for the shell', async () => {
  const evil = "x'; echo broken; echo '";
  const account = `account: "111122223333"\nregions: [us-east-1]\nasg:\n  - {name: ${JSON.stringify(evil)}, min: 0, max: 5, desired: 1}\n`;
  const server = await started({ account });
  const { proposal } = await server.failing('set_desired_capacity', { group: evil, desired: 2 });
  const [line = ''] = proposal?.kind === 'call' ? proposal.cli : [];
  const echoed = spawn('sh', ['-c', line.replace(/^aws /, 'printf "%s\\n" ')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let words = '';
  echoed.stdout.on('data', (chunk) => {
    words += chunk;
  });
  await new Promise((resolve) => echoed.once('close', resolve));
  expect(words.split('\n')).toContain(evil);
});

test('what a terminal would obey or hide is escaped in words, and kept in the data', async () => {
  const name = 'web\u001b[2J\u202e1';
  const account = `account: "111122223333"\nregions: [us-east-1]\nec2:\n  - {id: i-0b47c0de00000001, name: ${JSON.stringify(name)}, type: t3.micro}\n`;
  const server = await started({ account });
  const { output, text } = await server.call('list_instances');
  expect(output.instances[0]?.name).toBe(name);
  expect(text).toContain('web\\u{1b}[2J\\u{202e}1');
  const failed = await server.failing('describe_instance', { instance: `${'x'.repeat(100_000)}\u202e` });
  expect(JSON.stringify(failed).length).toBeLessThan(10_000);
});
