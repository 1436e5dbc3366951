import { plainLine } from '../../domain/plain-text.ts';

/** What a piece of text means; the theme decides how that looks. Nothing is told by colour alone. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'good'
  | 'bad'
  | 'warn'
  | 'accent'
  | 'heading'
  // What written text has beside these.
  | 'title'
  | 'emphasis'
  | 'struck'
  | 'code'
  | 'link'
  // Where a search stands.
  | 'found';

/** Text of one tone, free of control and invisible characters: made by `span` only. */
export type Span = { readonly text: string; readonly tone: Tone };

/** One row of the screen. Whoever makes it sees to it that it fits the columns there are. */
export type Line = readonly Span[];

export const EMPTY_LINE: Line = [];

/**
 * At the end of a line: it goes on in the next, which begins where the terminal itself would break it. Where
 * nothing is drawn over it again the two are written as one, so that a copy of it has no line end there.
 */
export const SEAM: Span = { text: '', tone: 'plain' };

export function goesOn(of: Line): boolean {
  return of.at(-1) === SEAM;
}

/** The one door through which text reaches the screen: whatever came from outside is made plain here. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: plainLine(text), tone };
}

export function line(...parts: (Span | string)[]): Line {
  return parts.map((part) => (typeof part === 'string' ? span(part) : part));
}

export function lineText(of: Line): string {
  return of.map((part) => part.text).join('');
}

/** `line`s with `prefix` before the first and as much blank before the others. */
export function indented(lines: readonly Line[], columns: number, first?: Span): Line[] {
  const blank = span(' '.repeat(columns));
  return lines.map((each, index) => [index === 0 && first ? first : blank, ...each]);
}
