import { Lexer, type Token, type Tokens } from 'marked';
import { plainBlock } from '../../../domain/plain-text.ts';
import { cells, wrapLine } from '../cells.ts';
import { type Line, span, type Tone } from '../lines.ts';
import { codeLines } from './code.ts';
import { inlineLines } from './inline.ts';
import { BLANK, hung, type Row, row } from './rows.ts';
import { markdownTable } from './table.ts';

/** `columns` for what is written here, `full` for what stands at the left edge whatever it is part of. */
type Room = { columns: number; full: number; spoken: boolean };

/** How a piece follows what stands above it: as the first, as the next block, or inside a block that goes on. */
export type Joint = 'first' | 'block' | 'inside';

export function markdownTokens(source: string): Token[] {
  return new Lexer({ gfm: true }).lex(source);
}

/** Markdown as rows of the screen. `spoken`: for who has it read out, without what is only drawn. */
export function markdownRows(source: string, joint: Joint, room: Room): Row[] {
  return blocks(markdownTokens(source), joint === 'inside', room);
}

function blocks(tokens: readonly Token[], goesOn: boolean, room: Room): Row[] {
  const rows: Row[] = [];
  for (const token of tokens) {
    const first = rows.length === 0;
    const drawn = block(token as Tokens.Generic, goesOn && first, room);
    if (drawn.length === 0) continue;
    if (!first) rows.push(BLANK);
    rows.push(...drawn);
  }
  return rows;
}

function block(token: Tokens.Generic, goesOn: boolean, room: Room): Row[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return written(token.tokens ?? [], token.depth <= 2 ? 'title' : 'strong', room);
    case 'paragraph':
    case 'text':
      return written(token.tokens ?? [token], 'plain', room);
    case 'code':
      return code(token as Tokens.Code, goesOn, room);
    case 'list':
      return list(token as Tokens.List, room);
    case 'blockquote':
      return quote(token.tokens ?? [], room);
    case 'table':
      return markdownTable(token as Tokens.Table, room.columns, room.spoken).map(row);
    case 'hr':
      return room.spoken ? [] : [row([span('─'.repeat(Math.min(room.columns, 24)), 'dim')])];
    default:
      return plain(token.raw, room);
  }
}

function written(tokens: readonly Token[], tone: Tone, { columns }: Room): Row[] {
  return inlineLines(tokens, tone).flatMap((line) => wrapLine(line, columns).map(row));
}

function plain(text: string, { columns }: Room): Row[] {
  const lines: Line[] = plainBlock(text.trimEnd())
    .split('\n')
    .flatMap((each) => wrapLine([span(each)], columns));
  return lines.map(row);
}

/** The rest of a block whose beginning is above has its label there. */
function code({ lang, text }: Tokens.Code, goesOn: boolean, { columns, full }: Room): Row[] {
  if (goesOn && text === '') return [];
  const label = lang && !goesOn ? wrapLine([span(lang, 'dim')], columns).map(row) : [];
  return [...label, ...codeLines(text, full).map((line) => ({ line, flush: true }))];
}

/** Items one below the other, however the source sets them apart; only an item of several blocks has blanks in it. */
function list({ ordered, start, items }: Tokens.List, room: Room): Row[] {
  return items.flatMap((item, index) => {
    const mark = ordered ? `${Number(start) + index}. ` : room.spoken ? '- ' : '• ';
    const width = cells(mark);
    return hung(
      itemRows(item, { ...room, columns: Math.max(1, room.columns - width) }),
      width,
      span(mark, 'dim'),
    );
  });
}

function itemRows({ tokens }: Tokens.ListItem, room: Room): Row[] {
  const rows: Row[] = [];
  let lead: Token[] = [];
  for (const token of tokens) {
    if (token.type === 'checkbox') {
      lead = [token];
      continue;
    }
    const own =
      lead.length > 0 && 'tokens' in token ? { ...token, tokens: [...lead, ...(token.tokens ?? [])] } : token;
    lead = [];
    const drawn = block(own as Tokens.Generic, false, room);
    if (drawn.length === 0) continue;
    // A nested list belongs to the line above it.
    if (rows.length > 0 && token.type !== 'list' && token.type !== 'code') rows.push(BLANK);
    rows.push(...drawn);
  }
  return lead.length > 0 ? written(lead, 'plain', room) : rows;
}

function quote(tokens: readonly Token[], room: Room): Row[] {
  if (room.spoken) return blocks(tokens, false, room);
  const rows = blocks(tokens, false, { ...room, columns: Math.max(1, room.columns - 2) });
  return rows.map((each) => (each.flush ? each : row([span('│ ', 'dim'), ...each.line])));
}
