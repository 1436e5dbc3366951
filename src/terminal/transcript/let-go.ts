import { viewContext } from '../frame.ts';
import type { TerminalState } from '../state.ts';
import { lineText } from '../text/lines.ts';
import type { Item } from './item.ts';
import { itemLines } from './item-view.ts';

/** The newest items stay: an answer looks back at the card it belongs to. */
const STAY = 40;
/** Columns of what is kept of a card, whatever the screen has. */
const COLUMNS = 120;

/**
 * The state after its first `drawn` finished items were drawn: of results long on the screen only the text of
 * their cards is kept, for who copies the session. They keep their places, by which what is new is told from
 * what is drawn.
 */
export function letGoOfDrawn(state: TerminalState, drawn: number): TerminalState {
  const { finished, letGo } = state;
  const end = Math.min(drawn, finished.length - STAY);
  // Not one by one: that many at a time.
  if (end - letGo < STAY) return state;
  const context = { ...viewContext(state), columns: COLUMNS };
  const lightened = finished.slice(letGo, end).map((item): Item => {
    if (item.kind !== 'call' && item.kind !== 'opened') return item;
    const lines = itemLines(item, state.version, state.now, context);
    return { kind: 'gone', id: item.id, text: lines.map((line) => lineText(line).trimEnd()).join('\n') };
  });
  return {
    ...state,
    letGo: end,
    finished: [...finished.slice(0, letGo), ...lightened, ...finished.slice(end)],
  };
}
