import { plainBlock } from '../../domain/plain-text.ts';

/**
 * A long paste stands in the prompt as one character that nobody can type; `text` is what it stands for. So it
 * is moved over, deleted and taken back as one, and the prompt stays as quick as if it held a word.
 */
export type Paste = { mark: string; text: string; lines: number; bytes: number };

/** Private-use characters of the last plane; in text that comes in they are shown as escapes. */
const FIRST_MARK = 0x10f000;
const MARKS = /[\u{10f000}-\u{10ffff}]/gu;
const MARK = /[\u{10f000}-\u{10ffff}]/u;

/** Code units of a mark. */
const MARK_UNITS = 2;

/** From these on, a paste is shown as a mark. */
const LONG_LINES = 10;
const LONG_CHARACTERS = 1_000;

/** What would be obeyed or hidden by a terminal goes in as visible escapes, so what is sent is what is seen. */
export function plainInput(raw: string): string {
  const plain = plainBlock(raw);
  return MARK.test(plain)
    ? plain.replace(MARKS, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`)
    : plain;
}

export function isLong(text: string): boolean {
  return text.length > LONG_CHARACTERS || countLines(text) > LONG_LINES;
}

/** A mark for the text, none of those that are in use. */
export function markFor(text: string, used: readonly Paste[]): Paste {
  const last = used.at(-1)?.mark.codePointAt(0) ?? FIRST_MARK - 1;
  return {
    mark: String.fromCodePoint(last + 1),
    text,
    lines: countLines(text),
    bytes: new TextEncoder().encode(text).length,
  };
}

/** The text with every paste in full. */
export function inFull(text: string, pastes: readonly Paste[]): string {
  if (pastes.length === 0 || !MARK.test(text)) return text;
  return text.replace(MARKS, (mark) => pasteOf(mark, pastes)?.text ?? '');
}

/** The paste that a character stands for, if it does. */
export function pasteOf(character: string, pastes: readonly Paste[]): Paste | null {
  if (pastes.length === 0) return null;
  const mark = MARK.exec(character)?.[0];
  return pastes.find((paste) => paste.mark === mark) ?? null;
}

/** The paste that the cursor stands right behind, or else right before, and where its mark is. */
export function pasteBeside(at: {
  text: string;
  cursor: number;
  pastes: readonly Paste[];
}): { paste: Paste; place: number } | null {
  const { text, cursor, pastes } = at;
  for (const place of [cursor - MARK_UNITS, cursor]) {
    const paste = pasteOf(text.slice(Math.max(0, place), place + MARK_UNITS), pastes);
    if (paste) return { paste, place };
  }
  return null;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  // A line end at the very end begins no line.
  return text.endsWith('\n') && lines > 1 ? lines - 1 : lines;
}
