import type { TerminalWords } from '../../language/words.ts';
import type { Clock } from '../text/clock.ts';

/** What every view needs beside what it shows. */
export type ViewContext = {
  words: TerminalWords;
  clock: Clock;
  /** Columns there are, and the most rows a table takes before it is folded. */
  columns: number;
  tableRows: number;
};

/** The same with fewer columns, for what stands indented. */
export function narrowed(context: ViewContext, by: number): ViewContext {
  return { ...context, columns: Math.max(1, context.columns - by) };
}
