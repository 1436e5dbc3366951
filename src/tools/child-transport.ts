import { deserializeMessage, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { endServer, type ServerProcess } from './server-process.ts';

const NEWLINE = 0x0a;
const PATIENCE_MS = 2_000;

/**
 * MCP's stdio framing (one JSON message a line) over a child that was spawned earlier. The SDK's own
 * transport spawns the child itself, after the SDK is loaded: too late for a quick start.
 */
export class ChildTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** Bytes received and sent so far. */
  readonly bytes = { received: 0, sent: 0 };
  readonly #server: ServerProcess;
  #unfinished: Buffer[] = [];

  constructor(server: ServerProcess) {
    this.#server = server;
  }

  async start(): Promise<void> {
    this.#server.child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    void this.#server.exited.then(() => this.#closed());
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const line = serializeMessage(message);
    this.bytes.sent += Buffer.byteLength(line);
    const { stdin } = this.#server.child;
    if (!stdin.writable) throw new Error('the server has ended');
    if (stdin.write(line)) return;
    await new Promise<void>((resolve) => {
      stdin.once('drain', resolve);
      stdin.once('close', resolve);
    });
  }

  async close(): Promise<void> {
    await endServer(this.#server, PATIENCE_MS);
    this.#closed();
  }

  /** Told once: by its end, or when it is left alone to finish. */
  #closed(): void {
    const tell = this.onclose;
    delete this.onclose;
    tell?.();
  }

  #take(chunk: Buffer): void {
    this.bytes.received += chunk.length;
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#unfinished.push(chunk.subarray(from, end));
      const line = Buffer.concat(this.#unfinished).toString('utf8');
      this.#unfinished = [];
      from = end + 1;
      this.#deliver(line);
    }
    if (from < chunk.length) this.#unfinished.push(chunk.subarray(from));
  }

  #deliver(line: string): void {
    try {
      this.onmessage?.(deserializeMessage(line));
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
