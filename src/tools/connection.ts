import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type {
  JsonSchemaValidatorResult,
  jsonSchemaValidator,
} from '@modelcontextprotocol/sdk/validation/types.js';
import { ChildTransport } from './child-transport.ts';
import { hasEnded, type ServerExit, type ServerProcess } from './server-process.ts';
import type { ServerEvent } from './tools.ts';

/** One server process and the MCP client that talks to it. */
export type Link = { client: Client; transport: ChildTransport; server: ServerProcess };

/** The server could not be started; `exit` tells how it ended. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';
  readonly exit: ServerExit;

  constructor(exit: ServerExit) {
    super(exit.lastWords.trim() || `the server ended at once (${exit.signal ?? `exit code ${exit.code}`})`);
    this.exit = exit;
  }
}

type State =
  | { status: 'idle' }
  | { status: 'connecting'; link: Promise<Link> }
  | { status: 'ready'; link: Link }
  | { status: 'closed' };

type Connection = {
  /** The live link, made when there is none. Throws `ServerStartError`. */
  link(): Promise<Link>;
  subscribe(listener: (event: ServerEvent) => void): () => void;
  /** How often a server was started: a caller sees by it that the server of its request is gone. */
  generation(): number;
  close(): Promise<void>;
};

/** The SDK would compile every output schema with Ajv; results are checked against the contract instead. */
const NO_SECOND_VALIDATION: jsonSchemaValidator = {
  getValidator:
    <T>() =>
    (input): JsonSchemaValidatorResult<T> => ({ valid: true, data: input as T, errorMessage: undefined }),
};

/**
 * Keeps one server running. One that dies is started again at once, one time; when that fails too the
 * server is `lost`, until the next request tries again.
 */
export function createConnection(start: () => ServerProcess, version: string): Connection {
  const listeners = new Set<(event: ServerEvent) => void>();
  let state: State = { status: 'idle' };
  let generation = 0;

  const emit = (event: ServerEvent) => {
    for (const listener of listeners) listener(event);
  };

  async function connect(): Promise<Link> {
    generation += 1;
    const server = start();
    const transport = new ChildTransport(server);
    const client = new Client(
      { name: 'aiops', version },
      { capabilities: {}, jsonSchemaValidator: NO_SECOND_VALIDATION },
    );
    const failed = server.exited.then((exit): never => {
      throw new ServerStartError(exit);
    });
    failed.catch(() => {});
    await Promise.race([client.connect(transport), failed]).catch(async (error: unknown) => {
      if (error instanceof ServerStartError) throw error;
      // The transport closes with the child: its exit says more than "connection closed" does.
      server.child.kill('SIGKILL');
      throw new ServerStartError(await server.exited);
    });
    return { client, transport, server };
  }

  function open(announce: ServerEvent): Promise<Link> {
    emit(announce);
    const link = connect();
    state = { status: 'connecting', link };
    link.then(
      (ready) => {
        if (state.status === 'closed') return;
        state = { status: 'ready', link: ready };
        void ready.server.exited.then((exit) => died(ready, exit));
        emit({ state: 'ready' });
      },
      (error: unknown) => {
        if (state.status === 'closed') return;
        state = { status: 'idle' };
        emit({ state: 'lost', detail: error instanceof Error ? error.message : String(error) });
      },
    );
    return link;
  }

  /** Starts a dead server again, unless a request was quicker to notice. */
  function died(link: Link, exit: ServerExit): void {
    if (state.status !== 'ready' || state.link !== link) return;
    const detail = exit.signal ? `killed by ${exit.signal}` : `exit code ${exit.code}`;
    open({ state: 'restarting', detail });
  }

  return {
    link: async () => {
      switch (state.status) {
        case 'ready':
          if (!hasEnded(state.link.server)) return state.link;
          return open({ state: 'restarting' });
        case 'connecting':
          return state.link;
        case 'idle':
          return open({ state: 'connecting' });
        case 'closed':
          throw new ServerStartError({ code: null, signal: null, lastWords: 'the connection was closed' });
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    generation: () => generation,
    close: async () => {
      const was = state;
      state = { status: 'closed' };
      if (was.status === 'ready') await was.link.client.close();
      if (was.status === 'connecting') {
        const link = await was.link.catch(() => null);
        await link?.client.close();
      }
    },
  };
}
