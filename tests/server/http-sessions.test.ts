import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { expect, onTestFinished, test } from 'vitest';
import { createSessions } from '../../mcp-server/http/sessions.ts';

const JSON_BOTH = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** The sessions behind real HTTP, without a server's tools: who got which session, and a clock to turn. */
async function served(most?: number) {
  const given: string[] = [];
  let closed = 0;
  let now = 0;
  const forConnection = (session: string) => {
    given.push(session);
    const server = new Server({ name: 'test', version: '1' }, { capabilities: {} });
    const close = server.close.bind(server);
    server.close = () => {
      closed += 1;
      return close();
    };
    return server;
  };
  const sessions = createSessions(forConnection, () => now, most);
  const http = createServer((request, response) => void sessions.handle(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`;
  onTestFinished(async () => {
    await sessions.close();
    http.closeAllConnections();
    http.close();
  });
  const post = (message: object, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { ...JSON_BOTH, ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
  const begin = async () => {
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'c', version: '1' },
    };
    const answer = await post({ id: 1, method: 'initialize', params });
    await answer.text();
    return { status: answer.status, id: answer.headers.get('mcp-session-id') ?? '' };
  };
  const ping = async (id: string) => {
    const answer = await post({ id: 2, method: 'ping' }, { 'mcp-session-id': id });
    await answer.text();
    return answer.status;
  };
  return {
    begin,
    ping,
    url,
    post,
    sessions,
    given,
    closed: () => closed,
    later: (ms: number) => {
      now += ms;
    },
  };
}

test('what a client names its session by is not what proposals and the audit log show', async () => {
  const { begin, ping, given } = await served();
  const { id } = await begin();
  expect(given).toHaveLength(1);
  expect(given).not.toContain(id);
  expect(await ping(id)).toBe(200);
  expect(await ping(given[0] ?? '')).toBe(404);
});

test('where there are as many as there may be, one that nobody uses makes room', async () => {
  const { begin, ping, sessions, later } = await served(2);
  const first = await begin();
  later(1_000);
  const second = await begin();
  later(1_000);
  expect(await ping(first.id)).toBe(200);
  later(60_000);
  const third = await begin();
  expect(third.status).toBe(200);
  expect(sessions.count()).toBe(2);
  expect([await ping(first.id), await ping(second.id), await ping(third.id)]).toEqual([200, 404, 200]);
});

test('those that are in use are not put out', async () => {
  const { begin } = await served(1);
  const first = await begin();
  expect(first.status).toBe(200);
  expect((await begin()).status).toBe(503);
});

test('what begins no session leaves none behind, also when it breaks off', async () => {
  const { post, sessions, given, closed, url } = await served();
  const answer = await post({ id: 1, method: 'tools/list' });
  expect(answer.status).toBe(400);
  await answer.text();
  await expect.poll(closed).toBe(1);
  expect(given).toHaveLength(1);
  expect(sessions.count()).toBe(0);

  // Half of a body, and gone.
  const half = request(url, { method: 'POST', headers: { ...JSON_BOTH, 'content-length': '500' } });
  half.on('error', () => {});
  half.write('{');
  await expect.poll(() => given).toHaveLength(2);
  half.destroy();
  await expect.poll(closed).toBe(2);
});
