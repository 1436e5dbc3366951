import { hearEngine } from './engine-events.ts';
import { pasteText, pressKey } from './key-presses.ts';
import { closedWhenDue } from './pager/pager.ts';
import { lookedUp } from './prompt/completion/menu.ts';
import { editedOutside, knowingEarlier } from './prompt/prompt.ts';
import { groundOf } from './prompt-presses.ts';
import { showAgain } from './shown-again.ts';
import { type Step, still, type TerminalAction, type TerminalState } from './state.ts';
import { leave } from './submission.ts';
import { addNotice } from './transcript/items.ts';

/** The chat's one reducer: engine events, keys, pastes and the clock in; a state and intents out. */
export function reduce(before: TerminalState, action: TerminalAction): Step {
  const { state: reacted, intents } = react(before, action);
  const state = closedWhenDue(reacted);
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
    case 'shown_again':
      return still(showAgain(state, action.events));
    case 'hangup':
      return state.leaving ? still(state) : leave(state);
    case 'notice':
      return still(addNotice(state, action.notice));
    case 'edited':
      return still({ ...state, prompt: editedOutside(state.prompt, action.text) });
    case 'history':
      return still({ ...state, prompt: knowingEarlier(state.prompt, action.entries) });
    case 'known': {
      const knowing = { ...state, known: action.known };
      return still({ ...knowing, prompt: lookedUp(state.prompt, groundOf(knowing)) });
    }
  }
}
