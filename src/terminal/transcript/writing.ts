import type { EngineEvent } from '../../domain/events.ts';
import type { TerminalState } from '../state.ts';
import { freeze, type Piece } from '../text/markdown/freeze.ts';
import type { Item, SayTone, Writing } from './item.ts';

/** Without a line end, this much more text is worth another look for what is final. */
const LOOK_AGAIN = 400;
/** The share of the screen that what is being written may take before more of it scrolls away. */
const OPEN_SHARE = 3;

/** A piece of an answer comes: what of it is final goes to where the screen scrolls. */
export function hearPart(
  state: TerminalState,
  { turn, say, text }: Extract<EngineEvent, { type: 'say_part' }>,
): TerminalState {
  const id = idOf(say);
  const before = state.live.find((item): item is Writing => item.kind === 'writing' && item.id === id);
  const open: Writing = before ?? {
    kind: 'writing',
    id,
    turn,
    source: '',
    tail: '',
    joint: 'first',
    pieces: 0,
  };
  const grown = { ...open, source: open.source + text, tail: open.tail + text };
  const worth = text.includes('\n') || crossed(open.tail.length, grown.tail.length);
  const { columns, rows } = state.size;
  const room = { columns: Math.max(1, columns - 2), rows: Math.max(3, Math.floor(rows / OPEN_SHARE)) };
  const { pieces, tail, joint } = worth
    ? freeze(grown.tail, grown.joint, room)
    : { pieces: [], tail: grown.tail, joint: grown.joint };
  const next: Writing = { ...grown, tail, joint, pieces: open.pieces + pieces.length };
  return {
    ...state,
    finished: pieces.length > 0 ? [...state.finished, ...asItems(open, pieces)] : state.finished,
    live: before ? state.live.map((item) => (item === before ? next : item)) : [...state.live, next],
  };
}

/**
 * The answer is whole: what is not on the screen yet is drawn below the rest. An answer that is not what was
 * written before is shown anew.
 */
export function closeWriting(
  state: TerminalState,
  say: string,
  tone: SayTone,
  text: string,
): TerminalState | null {
  const open = state.live.find((item): item is Writing => item.kind === 'writing' && item.id === idOf(say));
  if (!open) return null;
  const written = open.source.trimEnd();
  const live = state.live.filter((item) => item !== open);
  if (!text.startsWith(written)) {
    const anew: Item = { kind: 'say', id: `${open.id}.anew`, tone, text, markdown: 'first' };
    return { ...state, live, finished: [...state.finished, anew] };
  }
  const tail = open.tail.trimEnd() + text.slice(written.length);
  return { ...state, live, finished: [...state.finished, ...rest({ ...open, tail })] };
}

/** The turn is over and nobody writes on: what came is what was said. */
export function closeAllWriting(state: TerminalState, turn: string): TerminalState {
  const open = state.live.filter((item): item is Writing => item.kind === 'writing' && item.turn === turn);
  if (open.length === 0) return state;
  return {
    ...state,
    live: state.live.filter((item) => !open.some((each) => each === item)),
    said: [...state.said, ...open.map(({ source }) => source)],
    finished: [...state.finished, ...open.flatMap(rest)],
  };
}

function rest(open: Writing): Item[] {
  return open.tail.trim() === '' ? [] : asItems(open, [{ text: open.tail, joint: open.joint }]);
}

function asItems({ id, pieces: before }: Writing, pieces: readonly Piece[]): Item[] {
  return pieces.map(
    ({ text, joint }, index): Item => ({
      kind: 'say',
      id: `${id}.${before + index}`,
      tone: 'answer',
      text,
      markdown: joint,
    }),
  );
}

function crossed(before: number, after: number): boolean {
  return Math.floor(before / LOOK_AGAIN) !== Math.floor(after / LOOK_AGAIN);
}

function idOf(say: string): string {
  return `written-${say}`;
}
