import type { Frame } from './frame.ts';
import type { Size } from './state.ts';
import { cells } from './text/cells.ts';
import { lineText } from './text/lines.ts';

/**
 * What a terminal does to rows that no longer fit, when it becomes narrower. `exact`: each is broken, and the
 * cursor stays on the character it was on. `drifting`, as xterm.js does it (`Buffer.ts`, `_reflowSmaller`): from
 * the last row to the first, each is broken unless the cursor is on it, and each row that this adds moves the
 * cursor down by one, also when it is added below.
 */
export type Reflow = 'exact' | 'drifting';

/** Terminals built on xterm.js, by what they call themselves. */
const DRIFTING: ReadonlySet<string> = new Set(['vscode', 'Hyper', 'Tabby', 'WaveTerminal']);

export function reflowOf(environment: Readonly<Record<string, string | undefined>>): Reflow {
  return DRIFTING.has(environment.TERM_PROGRAM ?? '') ? 'drifting' : 'exact';
}

/**
 * What wipes a frame after the terminal was resized: up to its first row, and away with all from there on. A
 * terminal that became narrower has broken the frame's rows anew, so they are counted as they stand now; rows
 * above the frame belong to what is finished, and stay. Without a cursor of its own the frame leaves the
 * terminal's below its last row. A frame that no longer fits the screen has its first rows where no program can
 * reach them: those stay.
 */
export function wipeFrame({ lines, cursor }: Frame, { columns }: Size, reflow: Reflow): string {
  const rows = (width: number) => Math.max(1, Math.ceil(width / columns));
  const heights = lines.map((line) => rows(cells(lineText(line))));
  const at = cursor?.y ?? lines.length;
  const up = reflow === 'exact' ? exactly(heights, at, cursor?.x ?? 0, columns) : drifted(heights, at);
  return `${up > 0 ? `\u001b[${up}A` : ''}\r\u001b[J`;
}

function exactly(heights: readonly number[], at: number, x: number, columns: number): number {
  const above = heights.slice(0, at).reduce((total, height) => total + height, 0);
  return above + Math.floor(x / columns);
}

function drifted(heights: readonly number[], at: number): number {
  return heights.reduceRight((row, height, index) => (index === row ? row : row + height - 1), at);
}
