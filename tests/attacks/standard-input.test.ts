import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { META } from '../../mcp-server/contract/wire.ts';
import type { AttackClient } from './kit/mcp-client.ts';
import { standingWith } from './kit/person.ts';
import { Scene } from './kit/scene.ts';
import { expectNothingRan } from './kit/seen.ts';

// Bytes on the server's standard input that no client library would send.

type Line = { id?: unknown; result?: Record<string, unknown>; error?: { code: number; message: string } };

/** A server child, spoken to in bytes. */
class RawServer {
  readonly child: ChildProcessWithoutNullStreams;
  errorText = '';
  readonly #lines: Line[] = [];
  #waiting: (() => void)[] = [];

  constructor(scene: Scene) {
    const { node, args, env } = scene.command({ session: 'raw' });
    this.child = spawn(node, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.errorText += chunk.toString();
    });
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.#lines.push(JSON.parse(line));
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  write(bytes: string | Uint8Array): void {
    this.child.stdin.write(bytes);
  }

  send(message: object): void {
    this.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  async answerTo(id: unknown): Promise<Line> {
    for (;;) {
      const found = this.#lines.find((line) => line.id === id);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async initialize(): Promise<void> {
    const clientInfo = { name: 'raw', version: '1' };
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
    this.send({ id: 'init', method: 'initialize', params });
    await this.answerTo('init');
    this.send({ method: 'notifications/initialized' });
  }

  /** A line whose `"@@"` is replaced by other text: what JSON.stringify could not write. */
  sendWith(message: object, text: string): void {
    this.write(`${JSON.stringify({ jsonrpc: '2.0', ...message }).replace('"@@"', text)}\n`);
  }

  async alive(id: string): Promise<boolean> {
    this.send({ id, method: 'ping' });
    return (await this.answerTo(id)).result !== undefined;
  }
}

let scene: Scene;
let watcher: AttackClient;
let raw: RawServer;
beforeAll(async () => {
  scene = new Scene();
  watcher = await scene.server();
  raw = new RawServer(scene);
  await raw.initialize();
});
afterAll(async () => {
  raw.child.stdin.end();
  if (raw.child.exitCode === null) await once(raw.child, 'exit');
  await scene[Symbol.asyncDispose]();
});

const call = (id: string, args: unknown, meta?: object) => ({
  id,
  method: 'tools/call',
  params: { name: 'stop_instances', arguments: args, ...(meta && { _meta: meta }) },
});
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

function expectNoTrace(): void {
  expect(raw.errorText).not.toMatch(/^\s+at /m);
  expect(raw.errorText).not.toContain('node_modules');
}

describe('what is no message is passed over, and the server goes on', () => {
  it.each<[tried: string, bytes: string | Uint8Array]>([
    ['words', 'stop all instances please\n'],
    ['half a message', '{"jsonrpc":"2.0","id":1,\n'],
    ['bytes that are no UTF-8', Uint8Array.from([0xff, 0xfe, 0xc3, 0x28, 0x80, 0x0a])],
    ['a NUL', '\u0000\n'],
    ['empty lines', '\n\n\r\n\n'],
    ['a list of messages', '[{"jsonrpc":"2.0","id":7,"method":"ping"}]\n'],
    ['a number', '42\n'],
    ['null', 'null\n'],
    ['a method that is none', '{"jsonrpc":"2.0","id":8,"method":"__proto__"}\n'],
    ['a method that is a list', '{"jsonrpc":"2.0","id":9,"method":["tools/call"]}\n'],
    ['another protocol', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a hundred thousand brackets', `${nested(100_000)}\n`],
    ['four megabytes of one word', `${'a'.repeat(4_000_000)}\n`],
  ])('%s', async (tried, bytes) => {
    const seen = await scene.watch(watcher, async () => {
      raw.write(bytes);
      return raw.alive(`after ${tried}`);
    });
    expect(seen.answer).toBe(true);
    expectNothingRan(seen);
    expect(seen.audit).toEqual([]);
    expectNoTrace();
  });
});

describe('what is a message, and monstrous', () => {
  it('a name of four megabytes', async () => {
    const seen = await scene.watch(watcher, async () => {
      raw.send(call('huge', { instances: ['x'.repeat(4_000_000)] }));
      return raw.answerTo('huge');
    });
    expect(seen.answer.result?.isError).toBe(true);
    expectNothingRan(seen);
    expect(seen.audit).toEqual([expect.stringMatching(/^refused /)]);
    expect(JSON.stringify(seen.entries).length).toBeLessThan(20_000);
    expectNoTrace();
  });

  it('arguments as deep as a well', async () => {
    const seen = await scene.watch(watcher, async () => {
      raw.sendWith(call('deep', { instances: '@@' }), nested(50_000));
      return raw.answerTo('deep');
    });
    expect(seen.answer.result?.isError ?? seen.answer.error).toBeTruthy();
    expectNothingRan(seen);
    expectNoTrace();
  });

  it('a grant as deep as a well, in the name of the person', async () => {
    const scaleUp = await watcher.proposed('set_desired_capacity', { group: 'web-asg', desired: 4 });
    const grant = { ...standingWith(scene.person.key, scaleUp), template: { group: { is: '@@' } } };
    const seen = await scene.watch(watcher, async () => {
      raw.sendWith(call('well', { instances: ['web-1'] }, { [META.grant]: grant }), nested(50_000));
      return raw.answerTo('well');
    });
    expect(seen.answer.result?._meta).toMatchObject({ [META.failure]: { code: 'grant_invalid' } });
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_invalid']);
    expectNoTrace();
  });

  it('half a surrogate pair for a name', async () => {
    const seen = await scene.watch(watcher, async () => {
      raw.sendWith(call('half', { instances: ['@@'] }), '"\\ud800web-1"');
      return raw.answerTo('half');
    });
    expect(seen.answer.result?.isError).toBe(true);
    expectNothingRan(seen);
    expect(seen.audit).toEqual([expect.stringMatching(/^refused /)]);
    expect((await watcher.verdict()).intact).toBe(true);
    expectNoTrace();
  });

  it('the same member twice: what is shown is what would run', async () => {
    const seen = await scene.watch(watcher, async () => {
      raw.write(
        '{"jsonrpc":"2.0","id":"twice","method":"tools/call","params":{"name":"list_instances","name":"stop_instances","arguments":{"instances":["web-1"],"instances":["web-2"]}}}\n',
      );
      return raw.answerTo('twice');
    });
    expect(JSON.stringify(seen.answer.result)).toContain('approval_required');
    expectNothingRan(seen);
    expect(seen.entries[0]?.detail).toMatchObject({
      steps: [{ tool: 'stop_instances', targets: [{ name: 'web-2' }] }],
    });
  });

  it('two hundred changes at once are two hundred questions, not one change', async () => {
    const seen = await scene.watch(watcher, async () => {
      for (let at = 0; at < 200; at += 1)
        raw.send(call(`many ${at}`, { instances: [`web-${(at % 17) + 1}`] }));
      return Promise.all(Array.from({ length: 200 }, (_, at) => raw.answerTo(`many ${at}`)));
    });
    expect(seen.answer.every(({ result }) => JSON.stringify(result).includes('approval_required'))).toBe(
      true,
    );
    expectNothingRan(seen);
    expect(new Set(seen.audit)).toEqual(new Set(['proposed']));
  });
});
