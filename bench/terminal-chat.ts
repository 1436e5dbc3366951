import { writeFileSync } from 'node:fs';
import type { Engine } from '../src/domain/engine.ts';
import type { EngineEvent } from '../src/domain/events.ts';
import { runTerminal } from '../src/terminal/run.tsx';
import { answerPieces, instanceResult } from './terminal-script.ts';

/**
 * The real chat on the terminal it is started in, with an engine that does what is typed: `stream SECONDS RATE`
 * writes that many pieces of an answer a second, `fill TOKENS RESULTS` says much without a pause, `list ROWS`
 * answers with one result. What it cost is written to the file named first, as JSON.
 */
const [report = ''] = process.argv.slice(2);

export type ChatReport = {
  /** Share of one core while streaming, and the pieces said. */
  streamed?: { core: number; tokens: number };
  /** Resident and used heap after filling, in bytes, and before it. */
  filled?: { rss: number; heap: number; rssBefore: number };
  /** Milliseconds from a result to its card on the terminal, and the longest the program heard nothing. */
  listed?: { ms: number; blocked: number; rss: number };
};

const found: ChatReport = {};
const listeners = new Set<(event: EngineEvent) => void>();
const emit = (event: EngineEvent) => {
  for (const listener of listeners) listener(event);
};
let turns = 0;

const engine: Engine = {
  subscribe: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  submit: (text, provenance) => {
    turns += 1;
    const turn = `t${turns}`;
    emit({ type: 'turn_started', turn, text, provenance });
    void work(turn, text).then(() => {
      writeFileSync(report, JSON.stringify(found));
      emit({ type: 'say', turn, tone: 'note', text: 'measured' });
      emit({ type: 'turn_ended', turn, outcome: 'answered' });
    });
  },
  answer: () => {},
  speak: () => {},
  look: () => {},
  switchAccount: () => {},
  resume: () => {},
  names: async () => [],
  audit: async () => ({ kind: 'read', entries: [] }),
  interrupt: () => {},
  close: async () => {},
};

async function work(turn: string, text: string): Promise<void> {
  const [what, first = '0', second = '0'] = text.split(' ');
  if (what === 'stream') found.streamed = await stream(turn, Number(first), Number(second));
  if (what === 'fill') found.filled = await fill(turn, Number(first), Number(second));
  if (what === 'list') found.listed = await list(turn, Number(first));
}

/** Pieces come when they are due by the clock, some at a time, as they do over a wire. */
async function stream(turn: string, seconds: number, rate: number) {
  const pieces = answerPieces();
  const began = performance.now();
  const cpu = process.cpuUsage();
  let said = 0;
  while (said < seconds * rate) {
    await pause(10);
    const due = Math.min(seconds * rate, Math.floor(((performance.now() - began) / 1_000) * rate));
    for (; said < due; said += 1) emit({ type: 'say_part', turn, say: turn, text: pieces.next() });
  }
  const { user, system } = process.cpuUsage(cpu);
  return { core: (user + system) / 1_000 / (performance.now() - began), tokens: said };
}

/** Answers of a thousand pieces and results of two hundred rows. */
async function fill(turn: string, tokens: number, results: number) {
  const pieces = answerPieces();
  globalThis.gc?.();
  const rssBefore = process.memoryUsage().rss;
  const answers = Math.ceil(tokens / 1_000);
  for (let answer = 0; answer < answers; answer += 1) {
    let whole = '';
    const say = `${turn}.${answer}`;
    for (let said = 0; said < 1_000; said += 1) {
      const text = pieces.next();
      whole += text;
      emit({ type: 'say_part', turn, say, text });
      if (said % 20 === 0) await pause(0);
    }
    emit({ type: 'say', turn, tone: 'answer', text: whole, say, format: 'markdown' });
    for (let result = 0; result < results / answers; result += 1) {
      emit({ type: 'call', turn, view: instanceResult(`${say}.${result}`, 200) });
      await pause(0);
    }
  }
  await pause(200);
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heap: heapUsed, rssBefore };
}

async function list(turn: string, rows: number) {
  const view = instanceResult(`${turn}.1`, rows);
  const drawn = Promise.withResolvers<number>();
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((...args: Parameters<typeof write>) => {
    if (String(args[0]).includes('Ctrl+O')) drawn.resolve(performance.now());
    return write(...args);
  }) as typeof write;
  let blocked = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    blocked = Math.max(blocked, performance.now() - last);
    last = performance.now();
  }, 1);
  await pause(50);
  blocked = 0;
  const began = performance.now();
  emit({ type: 'call', turn, view });
  const ms = (await drawn.promise) - began;
  await pause(200);
  clearInterval(beat);
  process.stdout.write = write;
  return { ms, blocked, rss: process.memoryUsage().rss };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

process.exitCode = await runTerminal({
  engine,
  language: 'en',
  version: 'bench',
  stdin: process.stdin,
  stdout: process.stdout,
});
