import type { Token, Tokens } from 'marked';
import { cells, wrapLine } from '../cells.ts';
import { lineText } from '../lines.ts';
import { type Joint, markdownTokens } from './blocks.ts';
import { inlineLines } from './inline.ts';

/** A piece of a text whose drawing can no longer change, with how it follows what stands above. */
export type Piece = { text: string; joint: Joint };

/** What is final of a text that is still being written, and the rest that is not. */
export type Thaw = { pieces: Piece[]; tail: string; joint: Joint };

/** The most characters that are kept open, whatever they are part of. */
const MOST_OPEN = 12_000;

/** Rows of a table that are kept open, so that its columns fit all of them. */
const OPEN_TABLE_ROWS = 100;

/**
 * Parts a text that is being written at the last place where what stands before is final: between blocks, and
 * in a block that is taller than `rows`, between lines of code, items of a list or rows of a paragraph.
 * Nothing of the text is lost: the pieces and the tail say all of it, a fence or a table's head repeated where
 * one is cut in two.
 */
export function freeze(source: string, joint: Joint, room: { columns: number; rows: number }): Thaw {
  const { text, unread } = readable(source, room.columns * room.rows);
  const thaw = freezeLines(text, joint, room);
  return { ...thaw, tail: thaw.tail + unread };
}

/** Of a line that is just begun nobody can say what it will be: a digit may become an item or a sentence. */
function readable(source: string, long: number): { text: string; unread: string } {
  const end = source.lastIndexOf('\n') + 1;
  if (source.length - end > long) return { text: source, unread: '' };
  return { text: source.slice(0, end), unread: source.slice(end) };
}

function freezeLines(text: string, joint: Joint, room: { columns: number; rows: number }): Thaw {
  const tokens = markdownTokens(text);
  const last = tokens.findLastIndex(({ type }) => type !== 'space');
  const before = rawLength(tokens.slice(0, Math.max(0, last)));
  const done = text.slice(0, before);
  const pieces: Piece[] = done.trim() === '' ? [] : [{ text: done, joint }];
  const open = text.slice(before);
  const follows = pieces.length > 0 ? 'block' : joint;
  const token = tokens[last];
  const cutAt =
    (token ? cutInside(token, open, room) : null) ?? (open.length > MOST_OPEN ? cutAnywhere(open) : null);
  if (!cutAt) return { pieces, tail: open, joint: follows };
  return { pieces: [...pieces, { text: cutAt.text, joint: follows }], tail: cutAt.tail, joint: 'inside' };
}

type Cut = { text: string; tail: string };

function cutInside(token: Token, open: string, room: { columns: number; rows: number }): Cut | null {
  switch (token.type) {
    case 'code':
      return cutCode(open, room.rows);
    case 'list':
      return cutList(token as Tokens.List, open, room.rows);
    case 'table':
      return cutTable(token as Tokens.Table, open);
    case 'paragraph':
      return cutParagraph(token as Tokens.Paragraph, open, room);
    default:
      return null;
  }
}

/**
 * A block that cannot be cut well and does not end, such as one word of a megabyte: cut all the same, because
 * what is open is drawn again with every batch.
 */
function cutAnywhere(open: string): Cut {
  const [head = '', mark = ''] = FENCED.exec(open) ?? [];
  const rest = open.slice(head.length);
  const line = rest.lastIndexOf('\n', rest.length - 2) + 1;
  const at = line > 0 ? line : rest.lastIndexOf(' ') > 0 ? rest.lastIndexOf(' ') : rest.length;
  const text = rest.slice(0, at);
  return {
    text: head === '' ? text : `${head}${text.replace(/\n$/, '')}\n${mark}\n`,
    tail: head + rest.slice(at),
  };
}

const FENCED = /^ {0,3}(`{3,}|~{3,})[^\n]*\n/;

function cutCode(open: string, rows: number): Cut | null {
  const fence = FENCED.exec(open);
  if (!fence) return null;
  const [head, mark] = fence;
  const end = open.lastIndexOf('\n');
  const lines = open.slice(head.length, end).split('\n');
  // The closing fence may be among them; then the block is over anyway.
  if (lines.length <= rows || end < head.length || lines.some((line) => closes(line, mark ?? '')))
    return null;
  return { text: `${head}${lines.join('\n')}\n${mark}\n`, tail: head + open.slice(end + 1) };
}

function closes(line: string, mark: string): boolean {
  const found = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  return found !== undefined && found[0] === mark[0] && found.length >= mark.length;
}

/**
 * Items are counted from the first, whatever numbers they bear: the one the rest begins with then bears its own,
 * unless that is longer, which would move the lines below it out of the item.
 */
function cutList({ items, raw, ordered, start }: Tokens.List, open: string, rows: number): Cut | null {
  if (items.length < 2 || raw.split('\n').length <= rows) return null;
  const text = items
    .slice(0, -1)
    .map((item) => item.raw)
    .join('');
  if (!open.startsWith(text)) return null;
  const tail = open.slice(text.length);
  const number = String(Number(start) + items.length - 1);
  const numbered = tail.replace(/^\d+/, (borne) => (borne.length === number.length ? number : borne));
  return { text, tail: ordered ? numbered : tail };
}

function cutTable({ rows }: Tokens.Table, open: string): Cut | null {
  if (rows.length <= OPEN_TABLE_ROWS) return null;
  const lines = open.split('\n');
  const head = lines.slice(0, 2);
  const last = lines.slice(-2);
  return { text: lines.slice(0, -2).join('\n'), tail: [...head, ...last].join('\n') };
}

/** What would be read as the beginning of another block. */
const BLOCK_START = /^(?:[-+*#>|`~=_<]|\d+[.)]| {4})/;

/**
 * After a full row, where it ends in plain text: the rows above stay as they are drawn, whatever follows. Two
 * rows stay open: a word at the end of the first may still grow.
 */
function cutParagraph(
  { tokens, raw }: Tokens.Paragraph,
  open: string,
  { columns, rows }: { columns: number; rows: number },
): Cut | null {
  if (cells(raw) < columns * rows || raw.includes('  \n')) return null;
  const [line = []] = inlineLines(tokens);
  const drawn = wrapLine(line, columns).map(lineText);
  const ends = rowEnds(lineText(line), drawn);
  for (let count = drawn.length - 2; count > Math.max(0, drawn.length - rows); count -= 1) {
    const at = sourceOffset(tokens, ends[count - 1] ?? 0);
    if (at === null) continue;
    const tail = open.slice(at);
    if (tail.startsWith(drawn[count]?.slice(0, 2) ?? '') && !BLOCK_START.test(tail))
      return { text: open.slice(0, at).trimEnd(), tail };
  }
  return null;
}

/** Where in the whole text each row ends, with the blanks that a row's end swallows. */
function rowEnds(whole: string, rows: readonly string[]): number[] {
  let at = 0;
  return rows.map((row) => {
    at += row.length;
    while (whole[at] === ' ') at += 1;
    return at;
  });
}

/** Where in the source the drawn text of that length ends; null when that is not in plain text. */
function sourceOffset(tokens: readonly Token[], drawn: number): number | null {
  let shown = 0;
  let read = 0;
  for (const token of tokens) {
    const length = inlineLines([token]).map(lineText).join('\n').length;
    if (drawn <= shown + length) {
      const verbatim = token.type === 'text' && length === token.raw.length;
      return verbatim ? read + drawn - shown : null;
    }
    shown += length;
    read += token.raw.length;
  }
  return null;
}

function rawLength(tokens: readonly { raw: string }[]): number {
  return tokens.reduce((sum, { raw }) => sum + raw.length, 0);
}
