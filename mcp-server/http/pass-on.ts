import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  isInitializeRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
} from '@modelcontextprotocol/sdk/types.js';
import type { World } from '../compose.ts';
import { stateFolder } from '../folders.ts';
import { OptionError, type Options } from '../options.ts';
import { isLoopback } from './address.ts';
import { keptToken, TOKEN_VARIABLE } from './token.ts';

/**
 * Passes messages between standard input and output and a server over HTTP, both ways, until one of them ends.
 * Whoever started this process then sees it end, as it would see a server end. Throws `OptionError` for an
 * address, a token or a server that is not there.
 */
export async function passOn(address: string, options: Options, world: World): Promise<void> {
  const url = addressOf(address, options);
  const { environment } = world;
  const token = keptToken({
    environment,
    file: options.tokenFile,
    stateFolder: stateFolder(environment),
  });
  if (!token)
    throw new OptionError(`--server needs the server's token: set ${TOKEN_VARIABLE}, or --token-file`);
  const headers = { authorization: `Bearer ${token.token}` };
  const near = new StdioServerTransport();
  const far = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  // What came right behind the beginning belongs to the session that the beginning makes.
  let begun: Promise<void> = Promise.resolve();
  const ended = new Promise<Error | null>((resolve) => {
    process.stdin.once('end', () => resolve(null));
    process.stdin.once('close', () => resolve(null));
    process.stdout.on('error', () => resolve(null));
    // An answer that broke off cannot be waited for: what became of the call is found out after a new start.
    far.onerror = resolve;
    far.onclose = () => resolve(null);
    near.onmessage = (message) => {
      const sent = begun.then(() => far.send(message));
      if (isInitializeRequest(message)) begun = sent;
      void sent.catch(resolve);
    };
    far.onmessage = (message) => {
      noteVersion(message, far);
      void near.send(message).catch(resolve);
    };
  });
  await Promise.all([far.start(), near.start()]);
  const error = await ended;
  await far.terminateSession().catch(() => {}); // It may be gone already, and then so is the session.
  await Promise.all([far.close(), near.close()]);
  if (error) throw new OptionError(`the server at ${url.href} is not there, or went away: ${wordsOf(error)}`);
}

/** The version that was agreed on stands in every later request's headers. */
function noteVersion(message: JSONRPCMessage, far: StreamableHTTPClientTransport): void {
  if (!isJSONRPCResultResponse(message)) return;
  const { protocolVersion } = message.result;
  if (typeof protocolVersion === 'string') far.setProtocolVersion(protocolVersion);
}

/** A token is sent to this machine, or under TLS, and nowhere else. */
function addressOf(address: string, options: Options): URL {
  const { account, profile, regions, readOnly, keep, now, speed } = options;
  const own = [account, profile, now, speed].some((one) => one !== undefined);
  if (own || regions.length > 0 || readOnly || keep)
    throw new OptionError(
      '--server is a server with an account of its own: leave out the options about accounts',
    );
  const url = URL.canParse(address) ? new URL(address) : null;
  const near = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !near))
    throw new OptionError(
      `--server takes https://..., or http:// on this machine such as http://127.0.0.1:7337/mcp, not ${JSON.stringify(address)}`,
    );
  return url;
}

/** What was wrong underneath says more than "fetch failed". */
function wordsOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
