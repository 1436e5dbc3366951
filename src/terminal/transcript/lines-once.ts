import type { Line } from '../text/lines.ts';
import type { ViewContext } from './view-context.ts';

type Drawn = { columns: number; words: ViewContext['words']; lines: Line[] };

const drawn = new WeakMap<object, Drawn>();

/** The lines of something that does not change, drawn once for a width and a language instead of with every key. */
export function linesOnce(of: object, { columns, words }: ViewContext, draw: () => Line[]): Line[] {
  const known = drawn.get(of);
  if (known && known.columns === columns && known.words === words) return known.lines;
  const lines = draw();
  drawn.set(of, { columns, words, lines });
  return lines;
}
