import { render } from 'ink';
import type { ChatSessions } from '../assistant/sessions/chat-sessions.ts';
import type { Engine } from '../domain/engine.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Language } from '../domain/reading.ts';
import { terminalWords } from '../language/terminal.ts';
import { createAlternateScreen } from './alternate-screen.ts';
import { App } from './app.tsx';
import { createEngineLine } from './engine-line.ts';
import { type Beginning, createErrands } from './errands.ts';
import { reflowOf, wipeFrame } from './resize.ts';
import { startTalk } from './start-talk.ts';
import { type Intent, initialState, type Moment, type Size } from './state.ts';
import { createStore, type TerminalStore } from './store.ts';
import { type LendTerminal, TerminalHold } from './terminal-hold.tsx';
import { type ThemeChoice, themeFor } from './theme.ts';

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
  /** What keeps the session; asked for after the first frame. Without it nothing is kept. */
  sessions?: () => Promise<ChatSessions>;
  /** What to go on with; absent: a new session. */
  beginning?: Beginning;
  /** Plain labelled lines, nothing that moves. */
  screenReader?: boolean;
  /** What the terminal's background is. */
  theme?: ThemeChoice;
  /** False: no colours. */
  colour?: boolean;
  /** Looked at for `NO_COLOR`, the editor and the terminal's own variables. */
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
  const opened = Promise.withResolvers<ChatSessions | null>();
  const lent = { out: false };
  const lender = Promise.withResolvers<LendTerminal>();
  let lendNow: LendTerminal | null = null;
  const onReady = (lend: LendTerminal) => {
    lendNow = lend;
    lender.resolve(lend);
  };
  /** Told once the terminal is as it was before. */
  const problems: unknown[] = [];
  const perform = (intent: Intent) => {
    switch (intent.intent) {
      case 'leave':
        void leave(intent.atOnce);
        return;
      case 'submit':
      case 'answer':
      case 'interrupt':
      case 'speak':
      case 'look':
      case 'use_account':
        line.send(intent);
        return;
      default:
        errands.run(intent);
    }
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
      screenReader: options.screenReader ?? false,
    }),
    { perform, now, encrypted: options.encrypted ?? (() => false) },
  );
  const lendOut: LendTerminal = async (work) => {
    const lending = lendNow ?? (await lender.promise);
    await app.waitUntilRenderFlush();
    lent.out = true;
    const alone = async () => {
      await leaveInput(stdin);
      await work();
    };
    await lending(alone).finally(() => {
      lent.out = false;
    });
  };
  let lentBefore: Promise<void> = Promise.resolve();
  /** One at a time: who asks meanwhile waits. */
  const lendTerminal: LendTerminal = (work) => {
    // From now on nothing is drawn until it is back: what is drawn while the screen is lent out is lost.
    const release = store.hold();
    const done = lentBefore.then(() => lendOut(work)).finally(release);
    lentBefore = done.catch(() => {});
    return done;
  };
  const errands = createErrands({
    store,
    line,
    sessions: opened.promise,
    environment,
    write: (bytes) => stdout.write(bytes),
    lend: lendTerminal,
    onDefect: (error) => problems.push(error),
  });
  const screen = mutable(stdout);
  const forget = () => screen.silently(() => app.clear());
  const alternate = createAlternateScreen((bytes) => stdout.write(bytes), {
    wipe: () => app.clear(),
    forget,
  });
  // Before what draws is told: it then draws on the screen that the state is for.
  store.subscribe(() => alternate.show(store.state().pager !== null));
  const onResize = () => {
    // The screen is somebody else's: it is drawn anew when it comes back.
    if (lent.out) {
      store.resize(sizeOf(stdout));
      return;
    }
    // Ink would count the old frame's rows as they were; so it is wiped here, and Ink told that it is gone.
    const frame = store.shown();
    if (alternate.isOn()) alternate.empty();
    else if (frame) stdout.write(wipeFrame(frame, sizeOf(stdout), reflowOf(environment)));
    forget();
    store.resize(sizeOf(stdout));
  };
  const unlisten = listenToTerminal(stdin, stdout, store, onResize, () => void leave(true));
  const screenParts = (
    <>
      <App store={store} theme={themeFor(environment, options.theme, options.colour)} />
      <TerminalHold onReady={onReady} onGone={() => alternate.show(false)} />
    </>
  );
  const app = render(screenParts, {
    stdin,
    stdout: screen.stdout,
    exitOnCtrlC: false,
    // Both ends are terminals; a `CI` variable in the environment does not change that.
    interactive: true,
    kittyKeyboard: { mode: 'auto' },
    // Nothing in this process writes to the console while the chat is up.
    patchConsole: false,
    // A key is shown at once; what the engine says is gathered before it comes here.
    maxFps: 200,
    // Of a frame only what changed is written.
    incrementalRendering: true,
  });
  const crashed = app.waitUntilExit().then(
    () => null,
    (error: unknown) => error,
  );
  void startTalk(options, {
    line,
    store,
    errands,
    opened: opened.resolve,
    problem: (error) => problems.push(error),
  });
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
  (await opened.promise)?.close();
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
  leaveAtOnce: () => void,
): () => void {
  const onHangUp = () => store.hangUp();
  let asked = false;
  /** Who asks a second time does not want to wait for it to come to rest. */
  const onTerminate = () => {
    if (asked) leaveAtOnce();
    else store.hangUp();
    asked = true;
  };
  stdout.on('resize', onResize);
  stdin.on('end', onHangUp);
  stdin.on('close', onHangUp);
  stdout.on('error', onHangUp);
  // The terminal was closed, or somebody wants the program to end: it keeps what was said.
  process.on('SIGHUP', onHangUp);
  process.on('SIGTERM', onTerminate);
  return () => {
    stdout.off('resize', onResize);
    stdin.off('end', onHangUp);
    stdin.off('close', onHangUp);
    // A terminal that went away may still say so about what was written last.
    stdout.on('error', () => {});
    stdout.off('error', onHangUp);
    process.off('SIGHUP', onHangUp);
    process.off('SIGTERM', onTerminate);
  };
}

/** The same stream, which does not tell of a new size; what is written to it `silently` goes nowhere. */
function mutable(stdout: NodeJS.WriteStream): {
  stdout: NodeJS.WriteStream;
  silently(work: () => void): void;
} {
  let silent = false;
  // Ink would draw the old frame once more, cut to the new width: it is told what there is to draw instead.
  const on = (...args: Parameters<typeof stdout.on>) => (args[0] === 'resize' ? stdout : stdout.on(...args));
  const write = (...args: Parameters<typeof stdout.write>) => silent || stdout.write(...args);
  return {
    stdout: new Proxy(stdout, {
      get: (target, name) => {
        if (name === 'write') return write;
        if (name === 'on') return on;
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

/** Stops reading: else this process takes keys that are meant for whoever has the terminal now. */
async function leaveInput(stdin: NodeJS.ReadStream): Promise<void> {
  // The library that draws has just stopped listening; only after that has settled can reading be stopped.
  await new Promise((resolve) => setImmediate(resolve));
  stdin.pause();
  await new Promise((resolve) => setImmediate(resolve));
}

function momentOfThisMachine(): Moment {
  return { wall: Date.now(), steady: performance.now() };
}

/** A terminal that does not know its size is taken for the classic one. */
function sizeOf(stdout: NodeJS.WriteStream): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}
