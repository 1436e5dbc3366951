import type { Theme } from '../theme.ts';
import { lineCells } from './cells.ts';
import { goesOn, type Line } from './lines.ts';

/** A line with the codes of its tones; the text itself has no control characters, `span` sees to that. */
export function styled(of: Line, theme: Theme): string {
  let text = '';
  for (const part of of) {
    const { open, close } = theme[part.tone];
    text += part.text === '' ? '' : `${open}${part.text}${close}`;
  }
  return text;
}

export type WrittenRow = { text: string; cells: number };

/** A row of that many columns is as long as any that is worth copying in one piece. */
const LONGEST = 1_000;

/** The rows as they are written where nothing is drawn over them again: a line that goes on is one with the next. */
export function joinedRows(lines: readonly Line[], theme: Theme): WrittenRow[] {
  const rows: WrittenRow[] = [];
  let open: WrittenRow | null = null;
  for (const line of lines) {
    const [text, width] = [styled(line, theme), lineCells(line)];
    if (open && open.cells + width <= LONGEST) {
      open.text += text;
      open.cells += width;
    } else {
      open = { text, cells: width };
      rows.push(open);
    }
    if (!goesOn(line)) open = null;
  }
  return rows;
}
