import type { DialogEvent } from './dialog.ts';

/** What of a bracketed paste has arrived so far; null outside of one. */
type DeviceKeys = { paste: string | null };

export const NO_KEYS: DeviceKeys = { paste: null };

const PASTE_STARTS = '\u001b[200~';
const PASTE_ENDS = '\u001b[201~';

const SINGLE: Readonly<Record<string, 'enter' | 'backspace' | 'escape' | 'interrupt'>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b': 'escape',
  '\u0003': 'interrupt',
  '\u0004': 'interrupt',
};

function characters(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}

function keyOf(chunk: string, at: number): DialogEvent {
  const single = Object.hasOwn(SINGLE, chunk) ? SINGLE[chunk] : undefined;
  if (single) return { key: single, at };
  if (/^\p{Cc}/u.test(chunk)) return { key: 'other', at }; // an arrow or function key
  return { key: characters(chunk) === 1 ? 'character' : 'burst', text: chunk, at };
}

/**
 * What one read from a terminal in raw mode means. Pure. Bracketed pastes (`ESC [ 200 ~` … `ESC [ 201 ~`,
 * xterm's control sequences) are one paste however they are cut.
 */
export function readKeys(
  keys: DeviceKeys,
  chunk: string,
  at: number,
): { keys: DeviceKeys; events: DialogEvent[] } {
  if (chunk === '') return { keys, events: [] };
  if (keys.paste !== null) {
    const all = keys.paste + chunk;
    const end = all.indexOf(PASTE_ENDS);
    if (end < 0) return { keys: { paste: all }, events: [] };
    const rest = readKeys(NO_KEYS, all.slice(end + PASTE_ENDS.length), at);
    return { keys: rest.keys, events: [{ key: 'paste', text: all.slice(0, end), at }, ...rest.events] };
  }
  const start = chunk.indexOf(PASTE_STARTS);
  if (start < 0) return { keys, events: [keyOf(chunk, at)] };
  const before = start > 0 ? [keyOf(chunk.slice(0, start), at)] : [];
  const pasted = readKeys({ paste: '' }, chunk.slice(start + PASTE_STARTS.length), at);
  return { keys: pasted.keys, events: [...before, ...pasted.events] };
}
