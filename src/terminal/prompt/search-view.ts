import type { PromptWords } from '../../language/prompt-words.ts';
import { cells, cut } from '../text/cells.ts';
import { type Line, line, type Span, span } from '../text/lines.ts';
import { isLong, markFor } from './paste.ts';
import { pasteLabel } from './paste-view.ts';
import type { Prompt } from './prompt.ts';
import type { PromptPicture } from './prompt-view.ts';
import { holds, type Search } from './search.ts';

/** What is looked for, with the cursor behind it, and below it the input that holds it. */
export function searchPicture(
  { history }: Prompt,
  { query, index }: Search,
  words: PromptWords,
  columns: number,
  rows: number,
): PromptPicture {
  const label = `${cut(words.search, columns - 6)}: `;
  const asked = tail(query, Math.max(1, columns - cells(label) - 1));
  const entry = index === null ? null : (history[index]?.text ?? null);
  const found = entry === null ? notFound(query, words, columns) : foundLine(entry, query, words, columns);
  return {
    lines: [line(span(label, 'accent'), span(asked)), ...found].slice(0, Math.max(1, rows)),
    cursor: { x: cells(label) + cells(asked), y: 0 },
  };
}

function notFound(query: string, words: PromptWords, columns: number): Line[] {
  return query === '' ? [] : [[span(cut(`  ${words.noMatch}`, columns), 'dim')]];
}

/** One row of the input, that one around what was looked for. */
function foundLine(entry: string, query: string, words: PromptWords, columns: number): Line[] {
  const place = holds(entry, query);
  if (!place) return [];
  const start = entry.lastIndexOf('\n', place.from - 1) + 1;
  const end = entry.indexOf('\n', place.to);
  const room = columns - 2;
  const match = cut(entry.slice(place.from, place.to).replaceAll('\n', ' '), room);
  const before = tail(entry.slice(start, place.from), Math.floor((room - cells(match)) / 2));
  const rest = Math.max(0, room - cells(match) - cells(before));
  const after = cut(entry.slice(place.to, end < 0 ? Math.min(entry.length, place.to + room) : end), rest);
  const parts: Span[] = [span('› ', 'accent'), span(before), span(match, 'strong'), span(after)];
  if (!isLong(entry)) return [parts];
  return [parts, [span(cut(`  ${pasteLabel(markFor(entry, []), words)}`, columns), 'dim')]];
}

/** As much of the end as fits, an ellipsis before what does not. */
function tail(text: string, columns: number): string {
  const near = text.slice(-2 * Math.max(0, columns));
  if (near === text && cells(text) <= columns) return text;
  let shown = near;
  while (shown !== '' && cells(shown) > columns - 1) shown = shown.slice(1);
  return columns < 1 ? '' : `…${shown}`;
}
