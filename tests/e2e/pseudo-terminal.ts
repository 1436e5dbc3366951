import { type IPty, spawn } from '@lydell/node-pty';
import xterm, { type IBufferCell } from '@xterm/headless';

/** A real program in a real pseudo-terminal, seen as a person sees it: as a screen. */
export type PseudoTerminal = {
  pid: number;
  /** Sends bytes as a keyboard would. */
  type(text: string): void;
  /** Sends text as a terminal pastes it (bracketed). */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** What is on the screen now, trailing blanks cut, scrollback included. */
  screen(): string;
  /** Of that, the rows that are in sight. */
  inSight(): string;
  /** The same with colours, a row of cells each. */
  cells(): IBufferCell[][];
  /** Where the cursor stands (column and row, counted from 0), and the text of its row on either side of it. */
  cursor(): { x: number; y: number; before: string; after: string };
  /** All that the program wrote, escapes included. */
  written(): string;
  /** Resolves when the screen satisfies the condition; rejects with the screen after `ms`. */
  until(condition: RegExp | ((screen: string) => boolean), ms?: number): Promise<string>;
  /**
   * Presses a key until the screen satisfies the condition: what a person does to a dialog that does not
   * listen yet.
   */
  pressUntil(key: string, condition: RegExp | ((screen: string) => boolean), ms?: number): Promise<string>;
  /** The same, until the program ends. */
  pressUntilEnd(key: string): Promise<{ exitCode: number; signal: number | undefined }>;
  exited: Promise<{ exitCode: number; signal: number | undefined }>;
  kill(signal?: string): void;
};

/** A dialog that hears typing waits for half a second without any. */
const LONGER_THAN_DEAF_MS = 700;

export type PseudoTerminalOptions = {
  env: Record<string, string>;
  cwd: string;
  columns?: number;
  rows?: number;
};

export function openPseudoTerminal(
  file: string,
  args: string[],
  { env, cwd, columns = 120, rows = 40 }: PseudoTerminalOptions,
): PseudoTerminal {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
  const pty: IPty = spawn(file, args, { name: 'xterm-256color', cols: columns, rows, cwd, env });
  const watchers = new Set<() => void>();
  const chunks: string[] = [];
  let alive = true;

  pty.onData((data) => {
    chunks.push(data);
    terminal.write(data, () => {
      for (const look of watchers) look();
    });
  });
  // What the terminal itself answers (cursor reports and the like) goes back to the program.
  terminal.onData((answer) => {
    if (alive) pty.write(answer);
  });

  const exited = new Promise<{ exitCode: number; signal: number | undefined }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      alive = false;
      // The last output may still be on its way into the emulator.
      terminal.write('', () => {
        for (const look of watchers) look();
        resolve({ exitCode, signal });
      });
    });
  });

  const rowsFrom = (first: number): string => {
    const { active } = terminal.buffer;
    const lines = Array.from(
      { length: active.length - first },
      (_, row) => active.getLine(first + row)?.translateToString(true) ?? '',
    );
    return lines.join('\n').trimEnd();
  };
  const screen = (): string => rowsFrom(0);

  function until(condition: RegExp | ((screen: string) => boolean), ms = 20_000): Promise<string> {
    const holds = typeof condition === 'function' ? condition : (text: string) => condition.test(text);
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        watchers.delete(look);
        end();
      };
      const look = () => {
        const now = screen();
        if (holds(now)) settle(() => resolve(now));
        else if (!alive) settle(() => reject(new Error(`the program ended before ${condition}\n${now}`)));
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`not seen in ${ms} ms: ${condition}\n${screen()}`))),
        ms,
      );
      watchers.add(look);
      look();
    });
  }

  return {
    pid: pty.pid,
    type: (text) => pty.write(text),
    paste: (text) => pty.write(`\u001b[200~${text}\u001b[201~`),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    screen,
    inSight: () => rowsFrom(terminal.buffer.active.baseY),
    cursor() {
      const { cursorX: x, cursorY: y, baseY } = terminal.buffer.active;
      const row = terminal.buffer.active.getLine(baseY + y);
      return {
        x,
        y,
        before: row?.translateToString(false, 0, x) ?? '',
        after: row?.translateToString(true, x) ?? '',
      };
    },
    written: () => chunks.join(''),
    cells() {
      const { active } = terminal.buffer;
      return Array.from({ length: active.length }, (_, row) =>
        Array.from({ length: terminal.cols }, (_, column) => active.getLine(row)?.getCell(column)).filter(
          (cell) => cell !== undefined,
        ),
      );
    },
    until,
    async pressUntil(key, condition, ms = 10_000) {
      const giveUp = Date.now() + ms;
      for (;;) {
        pty.write(key);
        const seen = await until(condition, LONGER_THAN_DEAF_MS).catch((error: unknown) => {
          if (Date.now() > giveUp || !alive) throw error;
          return null;
        });
        if (seen !== null) return seen;
      }
    },
    async pressUntilEnd(key) {
      for (;;) {
        if (alive) pty.write(key);
        let waiting: NodeJS.Timeout | undefined;
        const later = new Promise<null>((resolve) => {
          waiting = setTimeout(resolve, LONGER_THAN_DEAF_MS, null);
        });
        const ended = await Promise.race([exited, later]);
        clearTimeout(waiting);
        if (ended) return ended;
      }
    },
    exited,
    kill: (signal) => {
      if (alive) pty.kill(signal);
    },
  };
}
