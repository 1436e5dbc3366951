import type { EngineEvent } from '../domain/events.ts';
import { hearEngine } from './engine-events.ts';
import type { TerminalState } from './state.ts';
import { addItem } from './transcript/items.ts';

/** Puts what an earlier run said into the transcript. Nothing in it asks, runs or sends anything. */
export function showAgain(state: TerminalState, events: readonly EngineEvent[]): TerminalState {
  return events.reduce(again, state);
}

function again(state: TerminalState, event: EngineEvent): TerminalState {
  switch (event.type) {
    case 'turn_started':
      return addItem(
        { ...state, said: [] },
        { kind: 'you', id: `you-${event.turn}`, text: event.text, provenance: event.provenance },
      );
    case 'call':
    case 'say':
      // How many alarms fire is not what it was then.
      return { ...hearEngine(state, event).state, firing: state.firing };
    case 'account':
    case 'alarms':
    case 'place':
    case 'server':
    case 'understood':
    case 'say_part':
    case 'approval_asked':
    case 'approval_settled':
    case 'turn_ended':
      return state;
  }
}
