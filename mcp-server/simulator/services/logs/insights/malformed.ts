/** A query that Logs Insights does not understand: what is wrong, and from where to where (characters from 0). */
export class MalformedQuery extends Error {
  override readonly name = 'MalformedQuery';
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** AWS's words for what it did not expect, with line and position counted from 1. */
export function unexpected(text: string, start: number, end: number): MalformedQuery {
  const before = text.slice(0, start);
  const line = before.split('\n').length;
  const position = start - (before.lastIndexOf('\n') + 1) + 1;
  const symbol = start >= text.length ? '<EOF>' : text.slice(start, Math.min(end, start + 60));
  return new MalformedQuery(
    `unexpected symbol found ${symbol} at line ${line} and position ${position}`,
    start,
    end,
  );
}
