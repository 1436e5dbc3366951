import type { EngineEvent, Provenance, TurnOutcome } from '../../src/domain/events.ts';
import type { Language } from '../../src/domain/reading.ts';
import { liveFrame, viewContext } from '../../src/terminal/frame.ts';
import type { Press } from '../../src/terminal/keys.ts';
import type { Known } from '../../src/terminal/prompt/completion/known.ts';
import { fullText } from '../../src/terminal/prompt/prompt.ts';
import { reduce } from '../../src/terminal/reduce.ts';
import {
  type Intent,
  initialState,
  type TerminalAction,
  type TerminalState,
} from '../../src/terminal/state.ts';
import { lineText } from '../../src/terminal/text/lines.ts';
import { ENTER, press } from './press.ts';
import { NOW, rebootProposal } from './samples.ts';

type Bare = TerminalAction extends infer Action
  ? Action extends unknown
    ? Omit<Action, 'at'>
    : never
  : never;

/** What of the chat stands below its transcript. */
export function frameText(state: TerminalState): string {
  return liveFrame(state, viewContext(state)).lines.map(lineText).join('\n');
}

/** A chat without a screen: what it knows and what it has asked for. */
export function bareChat(options: { encrypted?: boolean; language?: Language } = {}) {
  let state: TerminalState = initialState({
    language: options.language ?? 'en',
    version: '0',
    timeZone: 'UTC',
    size: { columns: 80, rows: 24 },
    at: { wall: NOW, steady: 0 },
  });
  const intents: Intent[] = [];
  let steady = 0;
  const take = (action: Bare) => {
    const step = reduce(state, { ...action, at: { wall: NOW + steady, steady } } as TerminalAction);
    state = step.state;
    intents.push(...step.intents);
  };
  const the = {
    get state() {
      return state;
    },
    intents,
    /** What was asked for beside keeping what was typed. */
    asked: () => intents.filter(({ intent }) => intent !== 'remember'),
    text: () => fullText(state.prompt),
    frame: () => frameText(state),
    later: (ms: number) => {
      steady += ms;
    },
    press: (...presses: Press[]) => {
      for (const each of presses) take({ type: 'press', press: each });
    },
    type: (text: string) => {
      for (const letter of text) the.press(press(letter));
    },
    say: (text: string) => {
      the.type(text);
      the.press(ENTER);
    },
    resize: (columns: number, rows: number) => take({ type: 'resize', size: { columns, rows } }),
    paste: (text: string) => take({ type: 'paste', text }),
    edited: (text: string) => take({ type: 'edited', text }),
    earlier: (...entries: string[]) => take({ type: 'history', entries }),
    known: (known: Partial<Known>) =>
      take({ type: 'known', known: { names: [], sessions: [], models: [], ...known } }),
    hear: (event: EngineEvent) => take({ type: 'engine', event, encrypted: options.encrypted ?? false }),
    begin: (turn: string, text = 'x', provenance: Provenance = 'typed') =>
      the.hear({ type: 'turn_started', turn, text, provenance }),
    end: (turn: string, outcome: TurnOutcome = 'answered') => the.hear({ type: 'turn_ended', turn, outcome }),
    ask: (turn = 't1', proposal = rebootProposal()) =>
      the.hear({ type: 'approval_asked', turn, call: `${turn}.1`, proposal, flagged: [] }),
    submitted: () =>
      intents.flatMap((each) => (each.intent === 'submit' ? [[each.text, each.provenance]] : [])),
  };
  return the;
}
