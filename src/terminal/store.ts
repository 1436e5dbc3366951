import type { EngineEvent } from '../domain/events.ts';
import type { Frame } from './frame.ts';
import type { Press } from './keys.ts';
import { reduce } from './reduce.ts';
import {
  type Intent,
  type Moment,
  type News,
  type Size,
  type TerminalAction,
  type TerminalState,
  tickEvery,
} from './state.ts';
import { letGoOfDrawn } from './transcript/let-go.ts';

/** Each of a union without its time. */
type Untimed<Action> = Action extends unknown ? Omit<Action, 'at'> : never;

/** The chat's state outside React: actions in, snapshots out. */
export type TerminalStore = {
  state(): TerminalState;
  /** Tells of a new snapshot; returns what stops it. */
  subscribe(listener: () => void): () => void;
  hear(event: EngineEvent): void;
  press(press: Press): void;
  paste(text: string): void;
  /** Tells what became of something outside. */
  tell(news: Untimed<News>): void;
  resize(size: Size): void;
  hangUp(): void;
  /**
   * The first `count` finished items are drawn, and need not be kept; below them stands `frame`. Tells nobody:
   * nothing looks different.
   */
  drawn(count: number, frame: Frame): void;
  /** The frame that was drawn last, which may be older than the state; null before the first. */
  shown(): Frame | null;
  /** Until what it returns is called, things go on and nobody is told. */
  hold(): () => void;
  /** Stops its timers; later actions still count, but nobody is told. */
  stop(): void;
};

/** Engine events are shown together, at most this often; a key is shown at once. */
const BATCH_MS = 33;

/** What the store needs of the world. */
type StoreParts = {
  /** Carries out what the reducer asks for; must not throw. */
  perform(intent: Intent): void;
  now(): Moment;
  /** Whether the approver's key asks for a passphrase; asked when something asks for approval. */
  encrypted(): boolean;
};

export function createStore(initial: TerminalState, { perform, now, encrypted }: StoreParts): TerminalStore {
  let state = initial;
  let batch: NodeJS.Timeout | null = null;
  let ticking: { timer: NodeJS.Timeout; every: number } | null = null;
  let stopped = false;
  let shownFrame: Frame | null = null;
  let held = 0;
  const listeners = new Set<() => void>();

  const tell = () => {
    if (batch) clearTimeout(batch);
    batch = null;
    if (held > 0) return;
    for (const listener of listeners) listener();
  };

  const dispatch = (action: TerminalAction, shown: 'at once' | 'soon') => {
    const step = reduce(state, action);
    state = step.state;
    for (const intent of step.intents) perform(intent);
    if (stopped) return;
    if (shown === 'at once') tell();
    else batch ??= setTimeout(tell, BATCH_MS);
    keepTicking();
  };

  const keepTicking = () => {
    const every = tickEvery(state);
    if (ticking?.every === every || ticking === every) return;
    if (ticking) clearInterval(ticking.timer);
    const tick = () => dispatch({ type: 'tick', at: now() }, 'at once');
    ticking = every === null ? null : { timer: setInterval(tick, every), every };
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hear: (event) => {
      const asks = event.type === 'approval_asked';
      dispatch({ type: 'engine', event, encrypted: asks ? encrypted() : state.encrypted, at: now() }, 'soon');
    },
    press: (press) => dispatch({ type: 'press', press, at: now() }, 'at once'),
    tell: (news) => dispatch({ ...news, at: now() }, 'at once'),
    paste: (text) => dispatch({ type: 'paste', text, at: now() }, 'at once'),
    resize: (size) => dispatch({ type: 'resize', size, at: now() }, 'at once'),
    drawn: (count, frame) => {
      shownFrame = frame;
      state = letGoOfDrawn(state, count);
    },
    shown: () => shownFrame,
    hangUp: () => dispatch({ type: 'hangup', at: now() }, 'at once'),
    hold: () => {
      // What is known by now is drawn before: a screen that is to be left is left.
      tell();
      held += 1;
      return () => {
        held -= 1;
        tell();
      };
    },
    stop: () => {
      stopped = true;
      if (batch) clearTimeout(batch);
      if (ticking) clearInterval(ticking.timer);
    },
  };
}
