import type { Token, Tokens } from 'marked';
import { type Line, type Span, span, type Tone } from '../lines.ts';

/** The text of a block as lines that may still be wrapped: more than one only where the source breaks them. */
export function inlineLines(tokens: readonly Token[], tone: Tone = 'plain'): Line[] {
  const lines: Span[][] = [[]];
  for (const part of parts(tokens, tone)) {
    if (part === 'break') lines.push([]);
    else lines.at(-1)?.push(part);
  }
  return lines;
}

type Part = Span | 'break';

function parts(tokens: readonly Token[], tone: Tone): Part[] {
  return tokens.flatMap((token) => partsOf(token as Tokens.Generic, tone));
}

function partsOf(token: Tokens.Generic, tone: Tone): Part[] {
  switch (token.type) {
    case 'text':
      return token.tokens ? parts(token.tokens, tone) : [span(softened(decoded(token.text)), tone)];
    case 'strong':
      return parts(token.tokens ?? [], tone === 'title' ? tone : 'strong');
    case 'em':
      return parts(token.tokens ?? [], tone === 'plain' ? 'emphasis' : tone);
    case 'del':
      return parts(token.tokens ?? [], 'struck');
    case 'codespan':
      return [span(softened(token.text), 'code')];
    case 'link':
      return linked(parts(token.tokens ?? [], tone === 'plain' ? 'link' : tone), token);
    case 'image':
      return linked([span(softened(token.text), tone)], token);
    case 'br':
      return ['break'];
    case 'checkbox':
      return [span(token.checked ? '[x] ' : '[ ] ', 'dim')];
    case 'escape':
      return [span(token.text, tone)];
    default:
      // Tags and whatever else there is: as it was written.
      return [span(softened(token.raw), tone)];
  }
}

/** The address always shows: a text that hides where it leads is no link to follow. */
function linked(text: Part[], { href }: Tokens.Generic): Part[] {
  const said = text.map((part) => (part === 'break' ? ' ' : part.text)).join('');
  if (said === href || `mailto:${said}` === href) return text;
  return [...text, span(` (${href})`, 'dim')];
}

const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u{3000}-\u{303f}\u{ff00}-\u{ff60}]`;
const BETWEEN_UNSPACED = new RegExp(`(?<=${UNSPACED})\\n(?=${UNSPACED})`, 'gu');

/** A line end inside a paragraph is a blank, and nothing at all between Han or Kana. */
function softened(text: string): string {
  return text.includes('\n') ? text.replace(BETWEEN_UNSPACED, '').replace(/ *\n */g, ' ') : text;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Character references, as Markdown's own rendering would leave them to a browser. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
