import { plainLine } from '../domain/plain-text.ts';
import type { SessionWords } from '../language/session-words.ts';
import type { Found } from '../store/store.ts';
import { cells } from './text/cells.ts';

type Row = { found: Found; here: boolean; open: boolean };

/** Sessions a line each, the newest first: its place, its id, when it was last written to, the account, how it began. */
export function sessionRows(rows: readonly Row[], words: SessionWords['list'], timeZone: string): string[] {
  const table = rows.map(({ found: { summary, readable }, here, open }, index) => {
    const state = here ? words.here : open ? words.open : readable ? '' : words.newer;
    return [
      `${index + 1}.`,
      summary.id,
      shortTime(summary.lastAt, timeZone),
      plainLine(summary.place?.name ?? summary.asked),
      words.turns(summary.turns),
      [plainLine(summary.title), state && `(${state})`].filter((part) => part !== '').join(' '),
    ];
  });
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(0, ...table.map((row) => cells(row[column] ?? ''))),
  );
  return table.map((row) =>
    row
      .map((text, column) => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - cells(text))))
      .join('  ')
      .trimEnd(),
  );
}

/** `2026-11-20 13:58` in the person's time zone. */
export function shortTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(at);
}
