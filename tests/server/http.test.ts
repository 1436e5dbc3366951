import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failure } from '../../mcp-server/contract/failure.ts';
import { META } from '../../mcp-server/contract/wire.ts';
import { SHOP } from './accounts.ts';
import { grantFor, type Home, makeHome, startServer } from './running-server.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/aiops-mcp.js', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const SLOW_STOP = 'trouble:\n  - {service: ec2, action: StopInstances, delay: 1s}\n';

const PAGE = 'https://tools.example.org';

let home: Home;
let server: ChildProcess;
let url: URL;
let token: string;

beforeAll(async () => {
  home = await makeHome({ account: `${SHOP}\n${SLOW_STOP}` });
  const account = join(home.folder, 'account.yaml');
  server = spawn(NODE, [LAUNCHER, '--account', account, '--http', '0', '--allow-origin', PAGE], {
    env: home.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = await firstLine(server);
  url = new URL(/http:\S+\/mcp/.exec(said)?.[0] ?? '');
  token = readFileSync(/is in (\S+)/.exec(said)?.[1] ?? '', 'utf8').trim();
});
afterAll(async () => {
  if (server.exitCode === null) server.kill('SIGKILL');
  await home.remove();
});

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text);
    });
    child.once('exit', () => reject(new Error(`the server ended: ${text}`)));
  });
}

async function client(): Promise<Client> {
  const transport = new StreamableHTTPClientTransport(url, {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  const made = new Client({ name: 'somebody', version: '1' });
  await made.connect(transport);
  return made;
}

/** One bare request: status and body. `fetch` would set Host and Origin itself. */
function bare(headers: Record<string, string>, body = '{}', path = url.pathname) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(
      { host: url.hostname, port: url.port, path, method: 'POST', headers: { host: url.host, ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const JSON_BOTH = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

test('the token is made for its owner alone', () => {
  const { mode } = statSync(join(home.folder, 'state', 'aiops', 'mcp-token'));
  expect((mode & 0o777).toString(8)).toBe('600');
  expect(token.length).toBeGreaterThanOrEqual(40);
});

test('tools are listed and read as over standard input', async () => {
  const one = await client();
  expect((await one.listTools()).tools.map(({ name }) => name)).toContain('list_instances');
  const listed = await one.callTool({ name: 'list_instances', arguments: {} });
  expect(listed.structuredContent).toHaveProperty('instances');
  await one.close();
});

test('without the token, by another name, from a web page, or elsewhere nothing is answered', async () => {
  const authorization = `Bearer ${token}`;
  expect((await bare(JSON_BOTH)).status).toBe(401);
  expect((await bare({ ...JSON_BOTH, authorization: `${authorization}x` })).status).toBe(401);
  expect((await bare({ ...JSON_BOTH, authorization: 'Basic abc' })).status).toBe(401);
  expect((await bare({ ...JSON_BOTH, authorization, host: 'evil.example:80' })).status).toBe(403);
  expect((await bare({ ...JSON_BOTH, authorization, host: 'localhost.evil.example' })).status).toBe(403);
  expect((await bare({ ...JSON_BOTH, authorization, origin: 'https://evil.example' })).status).toBe(403);
  expect((await bare({ ...JSON_BOTH, authorization, origin: 'null' })).status).toBe(403);
  for (const path of ['/', '//[', `http://evil.example${url.pathname}`])
    expect((await bare({ ...JSON_BOTH, authorization }, '{}', path)).status).toBe(404);
});

test('a listed web page may ask, as browsers ask; another one is not even told whether', async () => {
  const asking = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const told = await fetch(url, { method: 'OPTIONS', headers: { ...asking, origin: PAGE } });
  expect(told.status).toBe(204);
  expect(told.headers.get('access-control-allow-origin')).toBe(PAGE);
  expect(told.headers.get('access-control-allow-headers')).toMatch(/authorization.*mcp-session-id/);
  const other = await fetch(url, {
    method: 'OPTIONS',
    headers: { ...asking, origin: 'https://evil.example' },
  });
  expect(other.status).toBe(403);
  expect(other.headers.get('access-control-allow-origin')).toBeNull();

  const headers = { ...JSON_BOTH, origin: PAGE };
  const body = JSON.stringify(INITIALIZE);
  const authorization = `Bearer ${token}`;
  const begun = await fetch(url, { method: 'POST', headers: { ...headers, authorization }, body });
  expect(begun.status).toBe(200);
  expect(begun.headers.get('access-control-allow-origin')).toBe(PAGE);
  expect(begun.headers.get('access-control-expose-headers')).toBe('mcp-session-id');
  await begun.text();
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401);
});

test('what is no session, no JSON, or too large gets a plain error', async () => {
  const authorization = `Bearer ${token}`;
  const ended = await bare({ ...JSON_BOTH, authorization, 'mcp-session-id': 'made-up' });
  expect(ended.status).toBe(404);
  expect(ended.body).toMatch(/begin a new one/);
  expect((await bare({ ...JSON_BOTH, authorization }, '{"broken')).status).toBe(400);
  const large = await bare({ ...JSON_BOTH, authorization }, `"${'x'.repeat(5 * 2 ** 20)}"`);
  expect(large.status).toBe(413);
  for (const { body } of [ended, large]) expect(body).not.toMatch(/\bat \S+:\d+|node:/);
});

test('a program that only knows standard input reaches it through one that passes everything on', async () => {
  const env = { AIOPS_MCP_TOKEN: token };
  const passing = await startServer({ account: null, args: ['--server', url.href], env });
  const { output } = await passing.call('list_instances');
  expect(output.instances.map(({ name }) => name)).toContain('web-1');
  const { code, proposal } = await passing.failing('stop_instances', { instances: ['web-2'] });
  expect(code).toBe('approval_required');
  expect(proposal?.session).toMatch(/^[0-9a-f-]{36}$/);
  await passing.stop();
});

test('what follows the beginning at once, before its answer, is of the same session', async () => {
  const env = { ...home.env, AIOPS_MCP_TOKEN: token };
  const child = spawn(NODE, [LAUNCHER, '--server', url.href], { env });
  const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };
  const ready = { jsonrpc: '2.0', method: 'notifications/initialized' };
  child.stdin.write([INITIALIZE, ready, ping].map((message) => `${JSON.stringify(message)}\n`).join(''));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.includes('"id":2')) child.stdin.end();
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  expect(text).toContain('"id":2');
});

test.each([
  [[], {}, /needs the server's token: set AIOPS_MCP_TOKEN/],
  [[], { AIOPS_MCP_TOKEN: 'wrong-token-wrong-token' }, /is not there, or went away: .*bearer token/],
  [['--account', 'demo'], { AIOPS_MCP_TOKEN: 'x'.repeat(30) }, /leave out the options about accounts/],
])('passing on with %j and %j says what is wrong', async (args, env, said) => {
  const from = await makeHome();
  const child = spawn(NODE, [LAUNCHER, '--server', url.href, ...args], { env: { ...from.env, ...env } });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(64);
  expect(text).toMatch(said);
  expect(text).not.toMatch(/\n\s+at /);
  await from.remove();
});

test('sessions are kept apart, and a change under way is seen through when the server stops', async () => {
  const [one, other] = await Promise.all([client(), client()]);
  const stop = { name: 'stop_instances', arguments: { instances: ['web-1'] } };
  const asked = await one.callTool(stop);
  const { proposal } = failure.parse(asked._meta?.[META.failure]);
  if (!proposal) throw new Error('nothing was proposed');
  const granted = { ...stop, _meta: { [META.grant]: grantFor(proposal, home.key) } };

  const stolen = await other.callTool(granted);
  expect(failure.parse(stolen._meta?.[META.failure]).code).toBe('grant_mismatch');

  const done = one.callTool(granted);
  const under = new Promise<void>((resolve) => {
    const look = setInterval(async () => {
      const { stdout } = await audit();
      if (!stdout.includes('intent')) return;
      clearInterval(look);
      resolve();
    }, 50);
  });
  await under;
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  expect((await done).structuredContent).toMatchObject({ changes: [{ name: 'web-1' }] });
  expect(await ended).toBe(0);
  expect((await audit()).stdout).toContain('outcome');
});

async function audit(): Promise<{ stdout: string }> {
  const { DatabaseSync } = await import('node:sqlite');
  using store = new DatabaseSync(join(home.folder, 'state', 'aiops', 'guard.db'), { readOnly: true });
  const rows = store.prepare('SELECT event FROM audit').all();
  return { stdout: rows.map(({ event }) => event).join(' ') };
}
