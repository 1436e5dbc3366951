import { plainBlock } from '../../../domain/plain-text.ts';
import { cells, graphemes } from '../cells.ts';
import { EMPTY_LINE, type Line, SEAM, span } from '../lines.ts';

/** Code as it is: never broken between words, and where a line is wider than the screen, as a terminal breaks it. */
export function codeLines(text: string, columns: number): Line[] {
  return plainBlock(text)
    .split('\n')
    .flatMap((each) => brokenAtEdge(each, Math.max(2, columns)));
}

function brokenAtEdge(text: string, columns: number): Line[] {
  if (text === '') return [EMPTY_LINE];
  if (cells(text) <= columns) return [[span(text, 'code')]];
  const pieces: string[] = [''];
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const width = cells(grapheme);
    if (used + width > columns) {
      pieces.push('');
      used = 0;
    }
    pieces[pieces.length - 1] += grapheme;
    used += width;
  }
  return pieces.map((piece, index) =>
    index < pieces.length - 1 ? [span(piece, 'code'), SEAM] : [span(piece, 'code')],
  );
}
