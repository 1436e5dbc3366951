import type { TerminalWords } from '../../language/words.ts';
import type { Clock } from '../text/clock.ts';
import type { Limit } from './limits.ts';

/** What every view needs beside what it shows. */
export type ViewContext = {
  words: TerminalWords;
  clock: Clock;
  /** Columns there are, and the most rows a table takes before it is folded. */
  columns: number;
  tableRows: number;
  /** Says that so many rows are left out, and how to see them. */
  more(count: number): string;
  /** Hears of each cell of a table that was cut, and of columns that found no room. */
  cut?(): void;
  /** For who has the screen read out: labelled lines, nothing that is only drawn. */
  screenReader: boolean;
  /** What alarms wait for, as far as it is known. */
  limits: readonly Limit[];
};

/** The same with fewer columns, for what stands indented. */
export function narrowed(context: ViewContext, by: number): ViewContext {
  return { ...context, columns: Math.max(1, context.columns - by) };
}
