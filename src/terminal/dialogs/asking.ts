import type { ApprovalDecision } from '../../domain/events.ts';
import type { TerminalState } from '../state.ts';
import { type ApprovalAsked, showDialog } from './dialog.ts';

/** Shows what asks, or lets it wait behind the dialog there is. The same call asking anew replaces its dialog. */
export function ask(state: TerminalState, asked: ApprovalAsked): TerminalState {
  const others = withoutCall(state, (call) => call === asked.call);
  return showNext({
    ...others,
    asking: [...others.asking, asked],
    asked: [
      ...state.asked.filter(({ proposal }) => proposal.id !== asked.proposal.id),
      { proposal: asked.proposal, decision: null },
    ],
  });
}

/** The question is over; the next one that waits is shown, deaf at first as any. */
export function settle(
  state: TerminalState,
  call: string,
  decision: ApprovalDecision['decision'],
): TerminalState {
  const open = [state.dialog?.asked, ...state.asking].find((each) => each?.call === call);
  return showNext({
    ...withoutCall(state, (each) => each === call),
    asked: state.asked.map((each) => (each.proposal.id === open?.proposal.id ? { ...each, decision } : each)),
  });
}

/** Drops every question of a turn that has ended. */
export function dropTurn(state: TerminalState, turn: string): TerminalState {
  const gone = new Set(
    [state.dialog?.asked, ...state.asking].flatMap((each) => (each?.turn === turn ? [each.call] : [])),
  );
  return showNext(withoutCall(state, (call) => gone.has(call)));
}

function withoutCall(state: TerminalState, gone: (call: string) => boolean): TerminalState {
  return {
    ...state,
    dialog: state.dialog && gone(state.dialog.asked.call) ? null : state.dialog,
    asking: state.asking.filter(({ call }) => !gone(call)),
  };
}

function showNext(state: TerminalState): TerminalState {
  const [next, ...rest] = state.asking;
  if (state.dialog || !next) return state;
  return { ...state, dialog: showDialog(next, state.encrypted, state.steady), asking: rest };
}
