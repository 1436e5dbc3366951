import { cells, wrapLine } from '../../text/cells.ts';
import { type Line, type Span, span } from '../../text/lines.ts';
import type { ViewContext } from '../view-context.ts';

/** A name and its values; a field without a value is left out. */
export type Field = [title: string, ...values: (Span | string | undefined | null)[]];

/** A name and the lines that stand beside it. */
export type Labelled = { title: string; lines: readonly Line[] };

/** Below this, a value stands after its name instead of in a column of its own. */
const NARROW = 60;

/** Fields below each other, their values in one column; several values of a field are set apart by a dot. */
export function fieldLines(fields: readonly Field[], context: ViewContext): Line[] {
  const labelled = fields.map(([title, ...values]) => {
    const present = values.flatMap((value) => {
      const part = typeof value === 'string' ? span(value) : value;
      return part && part.text !== '' ? [part] : [];
    });
    const line = present.flatMap((part, index) => (index === 0 ? [part] : [span(' · ', 'dim'), part]));
    return { title, lines: line.length === 0 ? [] : [line] };
  });
  return labelledLines(labelled, context);
}

/** As `fieldLines`, for values that are lines of their own. */
export function labelledLines(labelled: readonly Labelled[], { columns }: ViewContext): Line[] {
  const present = labelled.filter(({ lines }) => lines.length > 0);
  const widest = Math.max(0, ...present.map(({ title }) => cells(title)));
  return present.flatMap(({ title, lines }) => {
    if (columns < NARROW) {
      return lines.flatMap((line, index) =>
        wrapLine(index === 0 ? [span(`${title}: `, 'dim'), ...line] : line, columns),
      );
    }
    const label = span(title + ' '.repeat(widest - cells(title) + 2), 'dim');
    const blank = span(' '.repeat(widest + 2));
    return lines
      .flatMap((line) => wrapLine(line, columns - widest - 2))
      .map((line, index) => [index === 0 ? label : blank, ...line]);
  });
}
