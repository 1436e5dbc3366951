import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { deserializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import { build } from 'esbuild';
import { BUNDLING } from '../scripts/bundling.ts';
import { printFigures, quantile } from './figures.ts';
import { inOwnFolders, PACKAGE } from './place.ts';
import type { ChatReport } from './terminal-chat.ts';
import { instanceResult } from './terminal-script.ts';

/** Pieces of an answer a second, for how long unless the options say otherwise. */
const RATE = 200;
const SECONDS = 60;
const TOKENS = 50_000;
const RESULTS = 500;
/** A list of that many rows is a result of about 50 MB. */
const HUGE_ROWS = 200_000;
/** Between two keys; not a multiple of anything the program does by the clock. */
const KEY_EVERY_MS = 137;

/**
 * The chat in a real pseudo-terminal with a scripted engine. A key's echo is the time from its bytes going in to
 * its character coming out, seen from outside.
 */
export async function benchTerminal({ json, seconds }: { json: boolean; seconds?: number }): Promise<number> {
  return await inOwnFolders(async (folder, environment) => {
    const program = join(folder, 'chat.mjs');
    await compile(program);
    const streamed = await streaming(program, folder, environment, seconds ?? SECONDS);
    const filled = await once(program, folder, environment, `fill ${TOKENS} ${RESULTS}`);
    const listed = await once(program, folder, environment, 'list 10000');
    const wire = offTheWire(HUGE_ROWS);
    const huge = await once(program, folder, environment, `list ${HUGE_ROWS}`);
    printFigures(
      {
        ...streamed,
        'rss after 50,000 tokens and 500 results, MB': mega(filled.filled?.rss),
        'rss before them, MB': mega(filled.filled?.rssBefore),
        'heap after them, MB': mega(filled.filled?.heap),
        '10,000 rows, from result to card, ms': listed.listed?.ms ?? Number.NaN,
        'large result, MB of JSON': mega(wire.bytes),
        'large result, reading it off the wire, ms': wire.ms,
        'large result, from result to card, ms': huge.listed?.ms ?? Number.NaN,
        'large result, longest deaf, ms': huge.listed?.blocked ?? Number.NaN,
        'large result, rss, MB': mega(huge.listed?.rss),
      },
      json,
    );
    return 0;
  });
}

async function streaming(program: string, cwd: string, env: Record<string, string>, seconds: number) {
  const chat = await openChat(program, cwd, env);
  const before = chat.bytes();
  chat.type(`stream ${seconds} ${RATE}\r`);
  const echoes: number[] = [];
  const late = lateness();
  const ends = chat.seen('measured');
  let key = 0;
  let over = false;
  void ends.then(() => {
    over = true;
  });
  while (!over) {
    await pause(KEY_EVERY_MS);
    if (over) break;
    // A Hangul syllable each, none of which stands in the answer.
    const character = String.fromCodePoint(0xac00 + ((key * 31) % 11_000));
    const began = performance.now();
    const echoed = chat.seen(character);
    chat.type(character);
    const at = await Promise.race([echoed, ends.then(() => null)]);
    if (at !== null && !over) echoes.push(at - began);
    key += 1;
    if (key % 20 === 0) chat.type('\u0015');
  }
  const bytes = chat.bytes() - before;
  const idle = late();
  const { streamed } = await chat.end();
  return {
    'seconds streamed': seconds,
    'tokens a second': RATE,
    'keys pressed meanwhile': echoes.length,
    'key echo p50, ms': quantile(echoes, 0.5),
    'key echo p95, ms': quantile(echoes, 0.95),
    'key echo max, ms': Math.max(...echoes),
    // What the machine itself is late by, with whatever else runs on it.
    'a bare timer is late p95, ms': quantile(idle, 0.95),
    'share of a core, %': 100 * (streamed?.core ?? Number.NaN),
    'bytes written per token': bytes / (streamed?.tokens ?? Number.NaN),
  };
}

async function once(
  program: string,
  cwd: string,
  env: Record<string, string>,
  what: string,
): Promise<ChatReport> {
  const chat = await openChat(program, cwd, env);
  chat.type(`${what}\r`);
  await chat.seen('measured');
  return await chat.end();
}

async function openChat(program: string, cwd: string, env: Record<string, string>) {
  const report = join(cwd, `report-${performance.now()}.json`);
  const pty = spawn(process.execPath, ['--expose-gc', program, report], { cwd, env, cols: 110, rows: 40 });
  const watched = new Map<string, (at: number) => void>();
  let bytes = 0;
  let recent = '';
  pty.onData((data) => {
    const at = performance.now();
    bytes += Buffer.byteLength(data);
    recent = recent.slice(-1_000) + data;
    for (const [text, tell] of watched) {
      if (!recent.includes(text)) continue;
      watched.delete(text);
      tell(at);
    }
  });
  const ended = Promise.withResolvers<void>();
  pty.onExit(() => ended.resolve());
  const seen = (text: string) =>
    Promise.race([
      new Promise<number>((resolve) => watched.set(text, resolve)),
      ended.promise.then((): number => {
        throw new Error(`the chat ended before ${JSON.stringify(text)}: ${recent}`);
      }),
    ]);
  await seen('Say what you want');
  return {
    type: (text: string) => pty.write(text),
    seen,
    bytes: () => bytes,
    async end(): Promise<ChatReport> {
      pty.write('\u0015');
      pty.write('\u0003');
      pty.write('\u0003');
      await ended.promise;
      return JSON.parse(await readFile(report, 'utf8'));
    },
  };
}

/** What a result of that many rows takes before any of it is looked at, as the chat's transport reads it. */
function offTheWire(rows: number): { bytes: number; ms: number } {
  const { state } = instanceResult('wire', rows);
  const structuredContent = state.status === 'done' ? state.data : {};
  const line = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [], structuredContent } });
  const began = performance.now();
  deserializeMessage(line);
  return { bytes: line.length, ms: performance.now() - began };
}

/** How late a timer of this process is meanwhile, until the function it returns is called: milliseconds. */
function lateness(): () => number[] {
  const seen: number[] = [];
  let due = performance.now() + 10;
  const timer = setInterval(() => {
    seen.push(Math.max(0, performance.now() - due));
    due = performance.now() + 10;
  }, 10);
  return () => {
    clearInterval(timer);
    return seen;
  };
}

/** As the program itself is bundled. */
async function compile(to: string): Promise<void> {
  await build({
    ...BUNDLING,
    entryPoints: [join(PACKAGE, 'bench', 'terminal-chat.ts')],
    outfile: to,
  });
}

function mega(bytes: number | undefined): number {
  return (bytes ?? Number.NaN) / 1_000_000;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
