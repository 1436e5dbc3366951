import { hearEngine } from './engine-events.ts';
import { pasteText, pressKey } from './key-presses.ts';
import { type Step, still, type TerminalAction, type TerminalState } from './state.ts';
import { leave } from './submission.ts';

/** The chat's one reducer: engine events, keys, pastes and the clock in; a state and intents out. */
export function reduce(before: TerminalState, action: TerminalAction): Step {
  const { state, intents } = react(before, action);
  const closed = before.dialog !== null && state.dialog === null;
  return { state: closed ? { ...state, dialogClosed: action.at.steady } : state, intents };
}

function react(before: TerminalState, action: TerminalAction): Step {
  const state = { ...before, now: action.at.wall, steady: action.at.steady };
  switch (action.type) {
    case 'engine':
      return hearEngine({ ...state, encrypted: action.encrypted }, action.event);
    case 'press':
      return pressKey(state, action.press);
    case 'paste':
      return pasteText(state, action.text);
    case 'resize':
      return still({ ...state, size: action.size });
    case 'tick':
      return still(state);
    case 'hangup':
      return state.leaving ? still(state) : leave(state);
  }
}
