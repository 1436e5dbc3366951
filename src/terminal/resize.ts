import type { Frame } from './frame.ts';
import type { Size } from './state.ts';
import { cells } from './text/cells.ts';
import { lineText } from './text/lines.ts';

/**
 * What wipes a frame after the terminal was resized: up to its first row, and away with all from there on. A
 * terminal that became narrower has broken the frame's rows anew, so they are counted as they stand now; rows
 * above the frame belong to what is finished, and stay. Without a cursor of its own the frame leaves the
 * terminal's below its last row.
 */
export function wipeFrame({ lines, cursor }: Frame, { columns }: Size): string {
  const rows = (width: number) => Math.max(1, Math.ceil(width / columns));
  const above = lines.slice(0, cursor?.y ?? lines.length);
  const broken = above.reduce((sum, line) => sum + rows(cells(lineText(line))), 0);
  const up = broken + (cursor ? Math.floor(cursor.x / columns) : 0);
  return `${up > 0 ? `\u001b[${up}A` : ''}\r\u001b[J`;
}
