const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the character before `cursor` begins. Looks at that place only, however long the text is. */
export function before(text: string, cursor: number): number {
  if (cursor <= 0) return 0;
  return segmenter.segment(text).containing(cursor - 1)?.index ?? cursor - 1;
}

/** Where the character at `cursor` ends. */
export function after(text: string, cursor: number): number {
  if (cursor >= text.length) return text.length;
  const at = segmenter.segment(text).containing(cursor);
  return at ? at.index + at.segment.length : cursor + 1;
}

/** The nearest place at or before `offset` where no character is cut in two. */
export function boundary(text: string, offset: number): number {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  return segmenter.segment(text).containing(offset)?.index ?? offset;
}

export function lineStart(text: string, cursor: number): number {
  return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
}

export function lineEnd(text: string, cursor: number): number {
  const end = text.indexOf('\n', cursor);
  return end < 0 ? text.length : end;
}

/** Where the word before `cursor` begins: blanks behind it go with it. */
export function wordStart(text: string, cursor: number): number {
  let at = cursor;
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at -= 1;
  while (at > 0 && !/\s/.test(text.charAt(at - 1))) at -= 1;
  return at;
}

/** Where the word after `cursor` ends: blanks before it go with it. */
export function wordEnd(text: string, cursor: number): number {
  let at = cursor;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  while (at < text.length && !/\s/.test(text.charAt(at))) at += 1;
  return at;
}
