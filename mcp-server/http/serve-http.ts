import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ComposedServer, World } from '../compose.ts';
import { stateFolder } from '../folders.ts';
import { OptionError, type Options } from '../options.ts';
import { type AccessRules, placeRefusal, tokenRefusal } from './access.ts';
import { type Address, allowedHosts, allowedOrigins, isLoopback } from './address.ts';
import { answer, createSessions, type Sessions } from './sessions.ts';
import { bearerToken } from './token.ts';
import { answerPreflight, isPreflight, tellBrowser } from './web-pages.ts';

const PATH = '/mcp';
const SWEEP_MS = 60_000;
/** How long a client may take to read what was written for it when the server stops. */
const LAST_BYTES_MS = 2_000;
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Serves any number of clients over Streamable HTTP (MCP 2025-06-18) until a signal comes: then no new request
 * is taken, reads are dropped, and a change that is under way is seen through. Throws `OptionError` for what
 * cannot be listened on.
 */
export async function serveOverHttp(
  composed: ComposedServer,
  address: Address,
  options: Options,
  world: World,
): Promise<void> {
  const { environment, random } = world;
  const kept = { environment, file: options.tokenFile, stateFolder: stateFolder(environment) };
  const { token, from } = bearerToken(kept, random);
  const rules: AccessRules = {
    token,
    hosts: allowedHosts(address, options.allowHosts),
    origins: allowedOrigins(options.allowOrigins),
  };
  const sessions = createSessions((session) => composed.forConnection(session), world.stopwatch);
  let ending = false;
  const http = createServer((request, response) =>
    ending
      ? answer(response, 503, 'This server is stopping.')
      : void take(request, response, { rules, sessions, world }),
  );
  const ended = new Promise<void>((resolve) => {
    // Asking again does not cut a change short.
    for (const signal of ENDING_SIGNALS) process.on(signal, () => resolve());
  });
  const { port } = await listening(http, address);
  world.log(`aiops-mcp: listening on http://${address.host}:${port}${PATH}; the bearer token is in ${from}`);
  if (!isLoopback(address.host))
    world.log(
      'aiops-mcp: other machines can reach this; the token crosses the network in the clear without TLS',
    );
  void composed.recover();
  const sweeping = setInterval(() => void sessions.sweep(), SWEEP_MS);
  await ended;
  clearInterval(sweeping);
  ending = true;
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await composed.settled();
  // The last answers are written in the turn of the event loop that ends the changes.
  await new Promise((resolve) => setImmediate(resolve));
  await sessions.close();
  http.closeIdleConnections();
  const enough = setTimeout(() => http.closeAllConnections(), LAST_BYTES_MS);
  await closed;
  clearTimeout(enough);
  composed.close();
}

type Taking = { rules: AccessRules; sessions: Sessions; world: World };

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  { rules, sessions, world }: Taking,
): Promise<void> {
  try {
    const elsewhere = placeRefusal(request.headers, rules);
    if (elsewhere) return answer(response, elsewhere.status, elsewhere.message);
    tellBrowser(request, response);
    if (isPreflight(request)) return answerPreflight(response);
    const stranger = tokenRefusal(request.headers, rules);
    if (stranger) return answer(response, stranger.status, stranger.message);
    // A path and nothing else: a whole address would name a host beside the one that was checked.
    if (request.url?.split('?', 1)[0] !== PATH) return answer(response, 404, `There is only ${PATH} here.`);
    await sessions.handle(request, response);
  } catch (error) {
    // The client went away in the middle, or sent what is no HTTP: its own request fails and no other.
    world.log(`aiops-mcp: a request failed: ${error instanceof Error ? error.message : String(error)}`);
    if (!response.headersSent) answer(response, 500, 'The request could not be carried out.');
    else response.destroy();
  }
}

function listening(http: ReturnType<typeof createServer>, { host, port }: Address): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    http.once('error', (error) =>
      reject(new OptionError(`cannot listen on ${host}:${port}: ${error.message}`)),
    );
    http.listen(port, host.replace(/^\[(.*)\]$/, '$1'), () => resolve(http.address() as AddressInfo));
  });
}
