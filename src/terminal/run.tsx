import { render } from 'ink';
import type { Engine } from '../domain/engine.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Language } from '../domain/reading.ts';
import { terminalWords } from '../language/terminal.ts';
import { App } from './app.tsx';
import { createEngineLine } from './engine-line.ts';
import { liveFrame, viewContext } from './frame.ts';
import { wipeFrame } from './resize.ts';
import { type Intent, initialState, type Moment, type Size } from './state.ts';
import { createStore, type TerminalStore } from './store.ts';
import { themeFor } from './theme.ts';

type TerminalOptions = {
  /**
   * The assistant, or how to come by one: a function is called after the first frame is on the screen, and
   * what is said until it is there waits for it.
   */
  engine: Engine | (() => Promise<Engine>);
  language: Language;
  version: string;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr?: NodeJS.WritableStream;
  /** IANA name; the machine's own when left out. */
  timeZone?: string;
  /** Whether the approver's key asks for a passphrase: the dialog then asks for it after the yes. */
  encrypted?: () => boolean;
  now?: () => Moment;
  /** Looked at for `NO_COLOR`. */
  environment?: Readonly<Record<string, string | undefined>>;
};

const TERMINAL_EXIT = {
  /** The person left. */
  left: 0,
  /** Drawing or closing failed; a line on stderr says so. */
  crashed: 1,
  /** Input or output is not a terminal. */
  notATerminal: 2,
} as const;

/**
 * The chat, from its first frame until the person leaves or the terminal goes away; the engine is closed and
 * the terminal as it was before. Resolves to the exit code (`TERMINAL_EXIT`) and never rejects.
 */
export async function runTerminal(options: TerminalOptions): Promise<number> {
  const {
    stdin,
    stdout,
    stderr = process.stderr,
    now = momentOfThisMachine,
    environment = process.env,
  } = options;
  const words = terminalWords(options.language);
  if (!stdin.isTTY || !stdout.isTTY) {
    stderr.write(`${words.notATerminal}\n`);
    return TERMINAL_EXIT.notATerminal;
  }
  const left = Promise.withResolvers<void>();
  const line = createEngineLine();
  /** Told once the terminal is as it was before. */
  const problems: unknown[] = [];
  const perform = (intent: Intent) => {
    if (intent.intent === 'leave') void leave(intent.atOnce);
    else line.send(intent);
  };
  async function leave(atOnce: boolean): Promise<void> {
    const closed = line.close().catch((error: unknown) => problems.push(error));
    if (!atOnce) await closed;
    left.resolve();
  }
  const store = createStore(
    initialState({
      language: options.language,
      version: options.version,
      timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      size: sizeOf(stdout),
      at: now(),
    }),
    { perform, now, encrypted: options.encrypted ?? (() => false) },
  );
  const screen = mutable(stdout);
  const onResize = () => {
    // Ink would count the old frame's rows as they were; so it is wiped here, and Ink told that it is gone.
    const state = store.state();
    stdout.write(wipeFrame(liveFrame(state, viewContext(state)), sizeOf(stdout)));
    screen.silently(() => app.clear());
    store.resize(sizeOf(stdout));
  };
  const unlisten = listenToTerminal(stdin, stdout, store, onResize);
  const app = render(<App store={store} theme={themeFor(environment)} />, {
    stdin,
    stdout: screen.stdout,
    exitOnCtrlC: false,
    // Both ends are terminals; a `CI` variable in the environment does not change that.
    interactive: true,
    kittyKeyboard: { mode: 'auto' },
    // Nothing in this process writes to the console while the chat is up.
    patchConsole: false,
  });
  const crashed = app.waitUntilExit().then(
    () => null,
    (error: unknown) => error,
  );
  line.connect(options.engine, store.hear);
  const crash = await Promise.race([left.promise.then(() => null), crashed]);
  store.stop();
  if (!crash) app.clear();
  app.unmount();
  await crashed;
  unlisten();
  if (crash) {
    problems.unshift(crash);
    await line.close().catch((error: unknown) => problems.push(error));
  }
  for (const problem of problems) {
    const why = problem instanceof Error ? problem.message : String(problem);
    stderr.write(`${words.crashed}: ${plainLine(why)}\n`);
  }
  return problems.length === 0 ? TERMINAL_EXIT.left : TERMINAL_EXIT.crashed;
}

function listenToTerminal(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  store: TerminalStore,
  onResize: () => void,
): () => void {
  const onHangUp = () => store.hangUp();
  stdout.on('resize', onResize);
  stdin.on('end', onHangUp);
  stdin.on('close', onHangUp);
  stdout.on('error', onHangUp);
  return () => {
    stdout.off('resize', onResize);
    stdin.off('end', onHangUp);
    stdin.off('close', onHangUp);
    stdout.off('error', onHangUp);
  };
}

/** The same stream; what is written to it `silently` goes nowhere. */
function mutable(stdout: NodeJS.WriteStream): {
  stdout: NodeJS.WriteStream;
  silently(work: () => void): void;
} {
  let silent = false;
  const write = (...args: Parameters<typeof stdout.write>) => silent || stdout.write(...args);
  return {
    stdout: new Proxy(stdout, {
      get: (target, name) => {
        if (name === 'write') return write;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
    silently: (work) => {
      silent = true;
      work();
      silent = false;
    },
  };
}

function momentOfThisMachine(): Moment {
  return { wall: Date.now(), steady: performance.now() };
}

/** A terminal that does not know its size is taken for the classic one. */
function sizeOf(stdout: NodeJS.WriteStream): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}
