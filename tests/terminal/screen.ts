import { PassThrough, Writable } from 'node:stream';
import { Terminal } from '@xterm/headless';
import type { ChatSessions } from '../../src/assistant/sessions/chat-sessions.ts';
import type { Engine } from '../../src/domain/engine.ts';
import type { Language } from '../../src/domain/reading.ts';
import type { Beginning } from '../../src/terminal/errands.ts';
import { runTerminal } from '../../src/terminal/run.tsx';
import type { Moment } from '../../src/terminal/state.ts';

/** The chat on an emulated terminal: what a person would see, and their keys. */
export type Chat = {
  /** The rows on the screen and above it, trailing blanks cut. */
  screen(): string;
  /** Resolves with the screen once the condition holds. */
  until(condition: RegExp | ((screen: string) => boolean)): Promise<string>;
  /** Sends bytes as one piece of input. */
  type(bytes: string): void;
  /** Sends text key by key, each a piece of its own. */
  keys(text: string): Promise<void>;
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  cursor(): { x: number; y: number; row: string };
  /** All that was written, escapes included. */
  written(): string;
  rawMode(): boolean;
  hangUp(): void;
  exit: Promise<number>;
};

export type ChatOptions = {
  columns?: number;
  rows?: number;
  language?: Language;
  environment?: Record<string, string>;
  now?: () => Moment;
  screenReader?: boolean;
  sessions?: () => Promise<ChatSessions>;
  beginning?: Beginning;
  stderr?: NodeJS.WritableStream;
};

const PATIENCE_MS = 10_000;

export function openChat(engine: Engine | (() => Promise<Engine>), options: ChatOptions = {}): Chat {
  const { columns = 80, rows = 24, language = 'en', environment = {} } = options;
  const emulator = new Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
  const watchers = new Set<() => void>();
  const chunks: string[] = [];
  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, finished) {
        chunks.push(String(chunk));
        emulator.write(String(chunk).replaceAll('\n', '\r\n'), () => {
          finished();
          for (const look of watchers) look();
        });
      },
    }),
    { isTTY: true, columns, rows },
  );
  let raw = false;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(mode: boolean) {
      raw = mode;
      return stdin;
    },
    ref: () => stdin,
    unref: () => stdin,
  });
  const exit = runTerminal({
    engine,
    language,
    version: '0.0.0-test',
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    timeZone: 'Asia/Seoul',
    environment,
    ...(options.now ? { now: options.now } : {}),
    screenReader: options.screenReader ?? false,
    ...(options.sessions ? { sessions: options.sessions } : {}),
    ...(options.beginning ? { beginning: options.beginning } : {}),
    ...(options.stderr ? { stderr: options.stderr } : {}),
  });

  const rowText = (y: number) => emulator.buffer.active.getLine(y)?.translateToString(true) ?? '';
  const screen = () =>
    Array.from({ length: emulator.buffer.active.length }, (_, y) => rowText(y))
      .join('\n')
      .trimEnd();

  const until: Chat['until'] = (condition) =>
    new Promise((resolve, reject) => {
      const holds = (text: string) =>
        typeof condition === 'function' ? condition(text) : condition.test(text);
      const done = () => {
        clearTimeout(timer);
        watchers.delete(look);
      };
      const look = () => {
        const text = screen();
        if (!holds(text)) return;
        done();
        resolve(text);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`not seen: ${condition}\n${screen()}`));
      }, PATIENCE_MS);
      watchers.add(look);
      look();
    });

  return {
    screen,
    until,
    type: (bytes) => stdin.write(bytes),
    keys: async (text) => {
      for (const key of text) {
        stdin.write(key);
        // The stream joins what is written before it is read; a turn of the event loop keeps keys apart.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    paste: (text) => stdin.write(`\u001b[200~${text}\u001b[201~`),
    resize: (toColumns, toRows) => {
      emulator.resize(toColumns, toRows);
      Object.assign(stdout, { columns: toColumns, rows: toRows });
      stdout.emit('resize');
    },
    cursor: () => {
      const { cursorX, cursorY, baseY } = emulator.buffer.active;
      return { x: cursorX, y: cursorY, row: rowText(baseY + cursorY) };
    },
    written: () => chunks.join(''),
    rawMode: () => raw,
    hangUp: () => stdin.end(),
    exit,
  };
}
