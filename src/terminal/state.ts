import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { ApprovalDecision, EngineEvent, Provenance } from '../domain/events.ts';
import type { Language } from '../domain/reading.ts';
import type { ApprovalAsked, Dialog } from './dialogs/dialog.ts';
import type { Press } from './keys.ts';
import { EMPTY_PROMPT, type Prompt } from './prompt/prompt.ts';
import type { Asked, Item } from './transcript/item.ts';

export type Size = { columns: number; rows: number };

/** A turn from the moment it is sent to its end. */
export type Turn =
  | { phase: 'idle' }
  /** Sent; the assistant has not begun on it. */
  | { phase: 'sent'; text: string }
  | { phase: 'running'; turn: string; text: string; stopping: boolean };

/** Typed ahead: sent one by one as turns end. */
export type Queued = { text: string; provenance: Provenance };

/** All the chat knows. What is drawn follows from it alone. */
export type TerminalState = {
  language: Language;
  version: string;
  timeZone: string;
  size: Size;
  /** As of the last action: milliseconds since 1970, and of a clock that is never set. */
  now: number;
  steady: number;
  account: AccountReport | null;
  /** The account's clock stood at the report's `now` when the machine's stood at `asOf`. */
  accountClock: { asOf: number; speed: number } | null;
  server: Extract<EngineEvent, { type: 'server' }>['state'];
  /** Alarms in ALARM when last looked at; null before. */
  firing: number | null;
  /** What can no longer change, oldest first; only ever grows at its end. */
  finished: readonly Item[];
  /** Calls that are not at their end. */
  live: readonly Item[];
  turn: Turn;
  queue: readonly Queued[];
  /** Since when what is typed ahead waits for the person's word (`steady`); null while it is sent by itself. */
  heldSince: number | null;
  prompt: Prompt;
  /** The proposal that is shown for an answer, and those that wait for their turn to be. */
  dialog: Dialog | null;
  asking: readonly ApprovalAsked[];
  /** When the last dialog closed (`steady`): the rest of what was typed for it follows. */
  dialogClosed: number | null;
  /** Whether the approver's key asks for a passphrase. */
  encrypted: boolean;
  asked: readonly Asked[];
  /** After a first Ctrl+C: the next leaves. */
  leaveArmed: boolean;
  leaving: boolean;
  /** Makes the ids of items that have none of their own. */
  counter: number;
};

/** One moment on both clocks: `wall` in milliseconds since 1970, `steady` of a clock that is never set. */
export type Moment = { wall: number; steady: number };

export type TerminalAction = { at: Moment } & (
  | { type: 'engine'; event: EngineEvent; encrypted: boolean }
  | { type: 'press'; press: Press }
  | { type: 'paste'; text: string }
  | { type: 'resize'; size: Size }
  | { type: 'tick' }
  | { type: 'hangup' }
);

/** What the chat wants done in the world outside. */
export type Intent =
  | { intent: 'submit'; text: string; provenance: Provenance }
  | { intent: 'answer'; call: string; decision: ApprovalDecision }
  | { intent: 'interrupt' }
  | { intent: 'speak'; language: Language }
  /** `atOnce`: without waiting for the engine to come to rest. */
  | { intent: 'leave'; atOnce: boolean };

/** A state and what it asks to be done. */
export type Step = { state: TerminalState; intents: readonly Intent[] };

export function initialState(options: {
  language: Language;
  version: string;
  timeZone: string;
  size: Size;
  at: Moment;
}): TerminalState {
  const { at, ...given } = options;
  return {
    ...given,
    now: at.wall,
    steady: at.steady,
    account: null,
    accountClock: null,
    server: 'connecting',
    firing: null,
    finished: [{ kind: 'banner', id: 'banner' }],
    live: [],
    turn: { phase: 'idle' },
    queue: [],
    heldSince: null,
    prompt: EMPTY_PROMPT,
    dialog: null,
    asking: [],
    dialogClosed: null,
    encrypted: false,
    asked: [],
    leaveArmed: false,
    leaving: false,
    counter: 0,
  };
}

export function still(state: TerminalState): Step {
  return { state, intents: [] };
}

/** How often time alone changes the screen, in milliseconds: a call runs, a proposal has less time left. */
export function tickEvery(state: TerminalState): number | null {
  if (state.dialog) return 1_000;
  return state.turn.phase === 'idle' ? null : 125;
}

/** The account's clock as it stands now, in milliseconds since 1970; the machine's before there is a report. */
export function accountNow({
  account,
  accountClock,
  now,
}: Pick<TerminalState, 'account' | 'accountClock' | 'now'>): number {
  if (!account || !accountClock) return now;
  return Date.parse(account.now) + (now - accountClock.asOf) * accountClock.speed;
}
