import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

/** One client's connection: a server of its own, so that no proposal or grant is anybody else's. */
type Session = { server: Server; transport: StreamableHTTPServerTransport; open: number; usedAt: number };

export type Sessions = {
  /** Hands a request to the session it names, or to a new one. Answers 404 and 503 itself. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends the sessions that nobody has used for a while. */
  sweep(): Promise<void>;
  close(): Promise<void>;
  count(): number;
};

/** A client that comes back after this long begins anew. */
const IDLE_MS = 30 * 60_000;
/** More clients than this are a mistake or an attack; each holds memory. */
const MOST = 64;
/** Clients that were killed do not say so: where room is needed, what was not used for this long is one of them. */
const LEFT_MS = 60_000;

/**
 * @param forConnection takes the name that proposals and the audit log show. The client's own is another: whoever
 * reads those must not be able to speak in its session.
 * @param stopwatch milliseconds that only go forward
 */
export function createSessions(
  forConnection: (session: string) => Server,
  stopwatch: () => number,
  most = MOST,
): Sessions {
  const sessions = new Map<string, Session>();
  let beginning = 0;

  async function begin(): Promise<Session> {
    const id = randomUUID();
    const session: Session = {
      server: forConnection(randomUUID()),
      transport: new StreamableHTTPServerTransport({
        sessionIdGenerator: () => id,
        onsessioninitialized: () => void sessions.set(id, session),
      }),
      open: 0,
      usedAt: stopwatch(),
    };
    session.server.onclose = () => void sessions.delete(id);
    await session.server.connect(session.transport);
    return session;
  }

  async function pass(session: Session, request: IncomingMessage, response: ServerResponse): Promise<void> {
    session.open += 1;
    response.once('close', () => {
      session.open -= 1;
      session.usedAt = stopwatch();
    });
    await session.transport.handleRequest(request, response);
  }

  /** Of those with nothing under way, not used for this long, the longest unused first. */
  function idleFor(ms: number): Session[] {
    return [...sessions.values()]
      .filter(({ open, usedAt }) => open === 0 && stopwatch() - usedAt >= ms)
      .sort((a, b) => a.usedAt - b.usedAt);
  }

  async function isFull(): Promise<boolean> {
    if (sessions.size + beginning < most) return false;
    const [left] = idleFor(LEFT_MS);
    await left?.server.close();
    return sessions.size + beginning >= most;
  }

  async function passNew(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begun = await begin();
    beginning += 1;
    try {
      await pass(begun, request, response);
    } finally {
      beginning -= 1;
      // Only an initialisation makes a session; whatever else came in without one is answered and forgotten.
      if (!sessions.has(begun.transport.sessionId ?? '')) await begun.server.close();
    }
  }

  return {
    handle: async (request, response) => {
      const id = request.headers['mcp-session-id'];
      const known = typeof id === 'string' ? sessions.get(id) : undefined;
      if (known) return pass(known, request, response);
      if (id !== undefined) return answer(response, 404, 'That session has ended: begin a new one.');
      if (await isFull()) return answer(response, 503, `${most} clients are connected already.`);
      await passNew(request, response);
    },
    sweep: async () => {
      await Promise.all(idleFor(IDLE_MS).map(({ server }) => server.close()));
    },
    close: async () => {
      await Promise.all([...sessions.values()].map(({ server }) => server.close()));
    },
    count: () => sessions.size,
  };
}

/** An error as JSON-RPC clients read it. */
export function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }));
}
