import type { PromptWords } from '../../language/prompt-words.ts';
import { boundary } from './characters.ts';
import { isLong, markFor, type Paste } from './paste.ts';

/** How a long paste stands in the prompt: `[pasted 1,240 lines, 100 kB]`. */
export function pasteLabel({ lines, bytes }: Pick<Paste, 'lines' | 'bytes'>, words: PromptWords): string {
  return words.paste(lines === 1 ? null : lines.toLocaleString('en-US'), sizeText(bytes));
}

/** As much of a long input as the transcript shows. */
const BRIEF = { lines: 3, characters: 400 };

/** An input as it stands once it is sent: of a long one its beginning, and how much it is. */
export function inBrief(text: string, words: PromptWords): string {
  if (!isLong(text)) return text;
  const { lines, bytes } = markFor(text, []);
  const head = text.slice(0, boundary(text, BRIEF.characters)).split('\n').slice(0, BRIEF.lines).join('\n');
  return `${head}\n${words.long(lines === 1 ? null : lines.toLocaleString('en-US'), sizeText(bytes))}`;
}

/** Bytes as people say them, in thousands. */
function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
