import type { TerminalWords } from '../../../language/words.ts';
import { cells, cut, fitted } from '../../text/cells.ts';
import { type Line, span } from '../../text/lines.ts';
import type { Candidate } from './known.ts';

/** `index` null: nothing is chosen yet. */
export type Offered = { candidates: readonly Candidate[]; index: number | null; looking: boolean };

/** What is offered below the prompt, in at most `rows` rows, the chosen one among them. */
export function menuLines(
  { candidates, index, looking }: Offered,
  words: TerminalWords,
  columns: number,
  rows: number,
): Line[] {
  if (rows < 1) return [];
  if (looking) return [[span(cut(`  ${words.prompt.lookingUp}`, columns), 'dim')]];
  const whole = candidates.length <= rows;
  const shown = whole ? rows : Math.max(1, rows - 1);
  const from = Math.max(0, Math.min((index ?? 0) - shown + 1, candidates.length - shown));
  const listed = candidates.slice(from, from + shown);
  const widest = Math.min(
    Math.max(0, ...listed.map(({ label }) => cells(label))),
    Math.max(8, Math.floor(columns * 0.6)),
  );
  const lines = listed.map((each, place): Line => {
    const chosen = index === from + place;
    const label = fitted(each.label, Math.max(1, Math.min(widest, columns - 2)));
    const note = cut(`  ${noteText(each, words)}`.trimEnd(), Math.max(0, columns - 2 - cells(label)));
    return [
      span(chosen ? '▸ ' : '  ', 'accent'),
      span(label, chosen ? 'strong' : 'plain'),
      span(note, 'dim'),
    ];
  });
  const rest = candidates.length - from - listed.length;
  return whole || rows < 2
    ? lines
    : [...lines, [span(cut(rest > 0 ? `  ${words.prompt.more(rest)}` : '  ', columns), 'dim')]];
}

function noteText({ note }: Candidate, words: TerminalWords): string {
  switch (note.is) {
    case 'command':
      return words.help.command[note.name];
    case 'resource':
      return `${words.prompt.kind(note.kind)} · ${note.region}`;
    case 'text':
      return note.text;
  }
}
