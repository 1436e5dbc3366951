import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { ApprovalDecision, EngineEvent, Provenance } from '../domain/events.ts';
import type { Language } from '../domain/reading.ts';
import type { ApprovalAsked, Dialog } from './dialogs/dialog.ts';
import type { Press } from './keys.ts';
import type { Pager } from './pager/pager.ts';
import type { Known } from './prompt/completion/known.ts';
import { EMPTY_PROMPT, type Prompt } from './prompt/prompt.ts';
import type { Asked, Item, Notice } from './transcript/item.ts';
import type { Kept } from './transcript/kept.ts';
import type { Limit } from './transcript/limits.ts';

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
  /** The region that calls look in which name none; null: all of the account's. */
  region: string | null;
  /** Alarms in ALARM when last looked at; null before. */
  firing: number | null;
  /** What can no longer change, oldest first; only ever grows at its end. */
  finished: readonly Item[];
  /** Calls that are not at their end, and what is being written. */
  live: readonly Item[];
  /** How many of the finished have been let go of, from the first on. */
  letGo: number;
  /** What was said in the last turn, each saying whole. */
  said: readonly string[];
  /** Results whose cards leave something out, oldest first, as far as they are still kept. */
  kept: readonly Kept[];
  /** The result that is open in full. */
  pager: Pager | null;
  /** What alarms wait for, as of the last look at them. */
  limits: readonly Limit[];
  /** Whether the screen is read out to the person. */
  screenReader: boolean;
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
  /** After an Esc on what is written: the next clears it. */
  clearArmed: boolean;
  /** After Ctrl+X: the next key is the rest of it. */
  chord: boolean;
  /** What the world outside has told of what can be completed; null before it was asked. */
  known: Known | null;
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
  /** What an intent came to, or anything else to show. */
  | { type: 'notice'; notice: Notice }
  /** What the external editor was left with. */
  | { type: 'edited'; text: string }
  /** Inputs of earlier runs, oldest first. */
  | { type: 'history'; entries: readonly string[] }
  /** What `look_up` asked for. */
  | { type: 'known'; known: Known }
  /** What an earlier run of the session said, to be drawn and nothing else. */
  | { type: 'shown_again'; events: readonly EngineEvent[] }
);

/** An action that tells what became of something outside. */
export type News = Extract<
  TerminalAction,
  { type: 'notice' | 'edited' | 'history' | 'known' | 'shown_again' }
>;

/** What the chat wants done in the world outside. */
export type Intent =
  | { intent: 'submit'; text: string; provenance: Provenance }
  | { intent: 'answer'; call: string; decision: ApprovalDecision }
  | { intent: 'interrupt' }
  | { intent: 'speak'; language: Language }
  /** Calls that name no region look there; null: everywhere. */
  | { intent: 'look'; region: string | null }
  | { intent: 'use_account'; name: string }
  /** null: which there are, and which is used. */
  | { intent: 'model'; name: string | null }
  /** Puts text on the clipboard. */
  | { intent: 'copy'; text: string }
  /** `path` null: a name is found for it. */
  | { intent: 'export'; format: 'md' | 'json'; path: string | null }
  /** Lists the sessions that are kept. */
  | { intent: 'sessions' }
  | { intent: 'resume'; id: string }
  /** The last `count` lines of the audit log. */
  | { intent: 'audit'; count: number }
  /** Opens the text in the person's editor; `edited` comes back. */
  | { intent: 'edit_outside'; text: string }
  /** Keeps an input for later runs. */
  | { intent: 'remember'; text: string }
  /** Asks for what words can be completed from; `known` comes back. */
  | { intent: 'look_up' }
  /** Draws the screen anew; `wipe`: with nothing above. */
  | { intent: 'redraw'; wipe: boolean }
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
  screenReader?: boolean;
}): TerminalState {
  const { at, ...given } = options;
  return {
    ...given,
    now: at.wall,
    steady: at.steady,
    account: null,
    accountClock: null,
    server: 'connecting',
    region: null,
    firing: null,
    finished: [{ kind: 'banner', id: 'banner' }],
    live: [],
    letGo: 0,
    said: [],
    kept: [],
    pager: null,
    limits: [],
    screenReader: options.screenReader ?? false,
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
    clearArmed: false,
    chord: false,
    known: null,
    leaving: false,
    counter: 0,
  };
}

export function still(state: TerminalState): Step {
  return { state, intents: [] };
}

/** How often time alone changes the screen, in milliseconds: a call runs, a proposal has less time left. */
export function tickEvery(state: TerminalState): number | null {
  // Nothing moves that is read out.
  if (state.screenReader) return null;
  if (state.dialog) return 1_000;
  if (state.turn.phase === 'idle') return null;
  // An answer that is being written moves by itself.
  return state.live.length > 0 && state.live.every(({ kind }) => kind === 'writing') ? 1_000 : 125;
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
