import { terminalWords } from '../../language/terminal.ts';
import { viewContext } from '../frame.ts';
import type { KeyAction, Press } from '../keys.ts';
import type { TerminalState } from '../state.ts';
import { graphemes } from '../text/cells.ts';
import { lineText } from '../text/lines.ts';
import { addItem, addWords } from '../transcript/items.ts';
import { fullLines } from './full-lines.ts';
import { pagerRoom } from './pager-view.ts';

/** A search in what is open: being typed, or done, with the line it stands at (null: not found). */
export type Search = { text: string; typing: boolean; at: number | null };

/** A result open in full: of which call, from which line on. */
export type Pager = { call: string; offset: number; search: Search | null };

/** The key that opens: the newest result that left something out, and from there the one before. */
export function openPager(state: TerminalState): TerminalState {
  const { kept, pager } = state;
  const newest = kept.at(-1);
  if (!newest) return addWords(state, 'note', terminalWords(state.language).pager.nothing);
  if (state.screenReader) {
    const counter = state.counter + 1;
    return addItem({ ...state, counter }, { kind: 'opened', id: `opened-${counter}`, view: newest.view });
  }
  const at = kept.findIndex(({ view }) => view.id === pager?.call);
  const next = (at > 0 ? kept[at - 1] : undefined) ?? newest;
  return { ...state, pager: { call: next.view.id, offset: 0, search: null } };
}

/** What asks for an answer must be seen, as must the way out; and a result that is let go of cannot be shown. */
export function closedWhenDue(state: TerminalState): TerminalState {
  const { pager, dialog, leaving, kept } = state;
  if (!pager || (!dialog && !leaving && kept.some(({ view }) => view.id === pager.call))) return state;
  return { ...state, pager: null };
}

/** A key while a result is open; none of them reaches the prompt. */
export function pressInPager(
  state: TerminalState,
  pager: Pager,
  press: Press,
  action: KeyAction | null,
): TerminalState {
  if (action === 'cancel') return { ...state, pager: null };
  if (pager.search?.typing) return typeSearch(state, pager, pager.search, press);
  if (action === 'interrupt' || press.input === 'q') return { ...state, pager: null };
  if (action === 'open') return openPager(state);
  const { input } = press;
  // Several keys may come as one piece.
  if (input.startsWith('/'))
    return { ...state, pager: { ...pager, search: { text: input.slice(1), typing: true, at: null } } };
  if ((input === 'n' || input === 'N') && pager.search)
    return found(state, pager, pager.search, input === 'n' ? 1 : -1);
  const move = MOVES[action ?? ''] ?? MOVES[input];
  return move ? { ...state, pager: { ...pager, offset: moved(state, pager, move) } } : state;
}

type Move = 'up' | 'down' | 'pageUp' | 'pageDown' | 'top' | 'end';

const MOVES: Readonly<Record<string, Move>> = {
  up: 'up',
  down: 'down',
  pageUp: 'pageUp',
  pageDown: 'pageDown',
  lineStart: 'top',
  lineEnd: 'end',
  submit: 'down',
  k: 'up',
  j: 'down',
  b: 'pageUp',
  ' ': 'pageDown',
  g: 'top',
  G: 'end',
};

function moved(state: TerminalState, pager: Pager, move: Move): number {
  const { rows, last } = extent(state, pager);
  switch (move) {
    case 'up':
      return Math.max(0, pager.offset - 1);
    case 'down':
      return Math.min(last, pager.offset + 1);
    case 'pageUp':
      return Math.max(0, pager.offset - rows);
    case 'pageDown':
      return Math.min(last, pager.offset + rows);
    case 'top':
      return 0;
    case 'end':
      return last;
  }
}

/** Rows that show at once, and the offset at which the end does. */
function extent(state: TerminalState, pager: Pager): { rows: number; last: number; texts: () => string[] } {
  const view = state.kept.find((each) => each.view.id === pager.call)?.view;
  const lines = view ? fullLines(view, viewContext(state)) : [];
  const rows = pagerRoom(state.size.rows);
  return { rows, last: Math.max(0, lines.length - rows), texts: () => lines.map(lineText) };
}

function typeSearch(
  state: TerminalState,
  pager: Pager,
  search: Search,
  { input, key }: Press,
): TerminalState {
  const typed = (text: string): TerminalState => ({
    ...state,
    pager: { ...pager, search: { ...search, text } },
  });
  if (key.escape) return { ...state, pager: { ...pager, search: null } };
  if (key.return)
    return search.text === ''
      ? { ...state, pager: { ...pager, search: null } }
      : found(state, pager, search, 1);
  if (key.backspace) return typed(graphemes(search.text).slice(0, -1).join(''));
  if (input === '' || key.ctrl || key.meta) return state;
  return typed(search.text + input);
}

/** The next line, up or down from where the search stands, that has the text; from the other end when there is none. */
function found(state: TerminalState, pager: Pager, search: Search, direction: 1 | -1): TerminalState {
  const { texts, last } = extent(state, pager);
  const wanted = search.text.toLowerCase();
  const matches = texts().flatMap((text, index) => (text.toLowerCase().includes(wanted) ? [index] : []));
  const from = search.at ?? pager.offset - direction;
  const next =
    direction === 1
      ? (matches.find((index) => index > from) ?? matches[0])
      : (matches.findLast((index) => index < from) ?? matches.at(-1));
  const at = next ?? null;
  return {
    ...state,
    pager: {
      ...pager,
      offset: at === null ? pager.offset : Math.min(last, Math.max(0, at - 1)),
      search: { ...search, typing: false, at },
    },
  };
}
