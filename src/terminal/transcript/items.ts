import type { CallView } from '../../domain/events.ts';
import type { TerminalState } from '../state.ts';
import { type Item, isFinal, type Notice, type SayTone } from './item.ts';
import type { CutShort } from './kept.ts';

/** Adds an item; it is finished at once when nothing about it can change any more. */
export function addItem(state: TerminalState, item: Item): TerminalState {
  return settled({ ...state, live: [...state.live, item] });
}

export function addNotice(state: TerminalState, notice: Notice): TerminalState {
  const counter = state.counter + 1;
  return addItem({ ...state, counter }, { kind: 'notice', id: `notice-${counter}`, notice });
}

export function addWords(state: TerminalState, tone: 'note' | 'error', text: string): TerminalState {
  return addNotice(state, { notice: 'words', tone, text });
}

export function addSaying(
  state: TerminalState,
  tone: SayTone,
  text: string,
  format: 'plain' | 'markdown' = 'plain',
): TerminalState {
  const counter = state.counter + 1;
  const item: Item = { kind: 'say', id: `say-${counter}`, tone, text };
  return addItem({ ...state, counter }, format === 'markdown' ? { ...item, markdown: 'first' } : item);
}

/** Shows a call's newest state; what is finished stays as it was. */
export function showCall(state: TerminalState, view: CallView, cut: CutShort | null = null): TerminalState {
  const id = `call-${view.id}`;
  const item: Item = { kind: 'call', id, view, cut };
  if (state.live.some((each) => each.id === id)) {
    return settled({ ...state, live: state.live.map((each) => (each.id === id ? item : each)) });
  }
  return state.finished.some((each) => each.id === id) ? state : addItem(state, item);
}

/** At a turn's end nothing stays open: a call nobody reported the end of counts as cancelled. */
export function closeOpenCalls(state: TerminalState): TerminalState {
  const live = state.live.map((item): Item => {
    if (item.kind !== 'call' || isFinal(item)) return item;
    return { ...item, view: { ...item.view, state: { status: 'cancelled' } } };
  });
  return settled({ ...state, live });
}

/**
 * What is final goes to where the screen scrolls, in the order it came to its end: what is looked up while a
 * change waits for its answer stands above that change, and what is still open stays in sight below.
 */
function settled(state: TerminalState): TerminalState {
  const final = state.live.filter(isFinal);
  if (final.length === 0) return state;
  return {
    ...state,
    finished: [...state.finished, ...final],
    live: state.live.filter((item) => !isFinal(item)),
  };
}
