import { plainBlock } from '../../domain/plain-text.ts';
import { cells, graphemes } from '../text/cells.ts';

/** Where the waiting text came from. Only `typed` is surely a person's own words of this turn. */
export type Origin = 'typed' | 'burst' | 'recalled' | 'pasted';

type Remembered = { text: string; origin: Origin };

/** The text being written. `cursor` is an offset into `text`, always between two characters. */
export type Prompt = {
  text: string;
  cursor: number;
  origin: Origin;
  history: readonly Remembered[];
  /** While older inputs are leafed through: which one is shown, and what was being written before. */
  recall: { index: number; draft: Remembered } | null;
};

export const EMPTY_PROMPT: Prompt = { text: '', cursor: 0, origin: 'typed', history: [], recall: null };

/** Inputs kept for leafing back. */
const REMEMBERED = 500;

export type PromptEdit =
  | { edit: 'insert'; text: string; origin: 'typed' | 'burst' | 'pasted' }
  | { edit: 'left' | 'right' | 'wordLeft' | 'wordRight' | 'lineStart' | 'lineEnd' | 'up' | 'down' }
  | { edit: 'deleteBack' | 'deleteForward' | 'deleteWord' | 'deleteToStart' | 'deleteToEnd' | 'clear' };

export function editPrompt(prompt: Prompt, edit: PromptEdit): Prompt {
  const { text, cursor } = prompt;
  switch (edit.edit) {
    case 'insert':
      return inserted(prompt, edit.text, edit.origin);
    case 'left':
      return at(prompt, cursor - (graphemes(text.slice(0, cursor)).at(-1)?.length ?? 0));
    case 'right':
      return at(prompt, cursor + (graphemes(text.slice(cursor))[0]?.length ?? 0));
    case 'wordLeft':
      return at(prompt, wordStart(text, cursor));
    case 'wordRight':
      return at(prompt, cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0));
    case 'lineStart':
      return at(prompt, lineStart(text, cursor));
    case 'lineEnd':
      return at(prompt, lineEnd(text, cursor));
    case 'up':
      return text.lastIndexOf('\n', cursor - 1) >= 0 && cursor > 0 ? verticalMove(prompt, -1) : older(prompt);
    case 'down':
      return text.indexOf('\n', cursor) >= 0 ? verticalMove(prompt, 1) : newer(prompt);
    case 'deleteBack':
      return without(prompt, cursor - (graphemes(text.slice(0, cursor)).at(-1)?.length ?? 0), cursor);
    case 'deleteForward':
      return without(prompt, cursor, cursor + (graphemes(text.slice(cursor))[0]?.length ?? 0));
    case 'deleteWord':
      return without(prompt, wordStart(text, cursor), cursor);
    case 'deleteToStart':
      return without(prompt, lineStart(text, cursor), cursor);
    case 'deleteToEnd':
      return without(prompt, cursor, lineEnd(text, cursor));
    case 'clear':
      return written(prompt, '', 'typed');
  }
}

/** The text replaced by another, the cursor at its end. */
export function written(prompt: Prompt, text: string, origin: Origin): Prompt {
  return { ...prompt, text, cursor: text.length, origin: text === '' ? 'typed' : origin, recall: null };
}

/** The prompt emptied, and what stood in it kept for leafing back. */
export function sent(prompt: Prompt): Prompt {
  const { text, origin, history } = prompt;
  const last = history.at(-1);
  const kept = text.trim() === '' || last?.text === text ? history : [...history, { text, origin }];
  return { ...EMPTY_PROMPT, history: kept.slice(-REMEMBERED) };
}

function at(prompt: Prompt, cursor: number): Prompt {
  return { ...prompt, cursor };
}

/** What would be obeyed or hidden by a terminal goes in as visible escapes, so what is sent is what is seen. */
function inserted(prompt: Prompt, raw: string, origin: 'typed' | 'burst' | 'pasted'): Prompt {
  const added = plainBlock(raw);
  if (added === '') return prompt;
  const text = prompt.text.slice(0, prompt.cursor) + added + prompt.text.slice(prompt.cursor);
  return {
    ...prompt,
    text,
    cursor: prompt.cursor + added.length,
    origin: prompt.text === '' ? origin : heavier(prompt.origin, origin),
    recall: null,
  };
}

const LIGHT_TO_HEAVY: readonly Origin[] = ['typed', 'burst', 'recalled', 'pasted'];

/** One pasted word makes the whole text pasted; typing on after it does not make it typed again. */
function heavier(a: Origin, b: Origin): Origin {
  return LIGHT_TO_HEAVY[Math.max(LIGHT_TO_HEAVY.indexOf(a), LIGHT_TO_HEAVY.indexOf(b))] ?? 'pasted';
}

function without(prompt: Prompt, from: number, to: number): Prompt {
  if (from === to) return prompt;
  const text = prompt.text.slice(0, from) + prompt.text.slice(to);
  return { ...prompt, text, cursor: from, origin: text === '' ? 'typed' : prompt.origin, recall: null };
}

function lineStart(text: string, cursor: number): number {
  return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
}

function lineEnd(text: string, cursor: number): number {
  const end = text.indexOf('\n', cursor);
  return end < 0 ? text.length : end;
}

function wordStart(text: string, cursor: number): number {
  return cursor - (/\S*\s*$/.exec(text.slice(0, cursor))?.[0].length ?? 0);
}

/** A line up or down, to the character nearest to the same column. */
function verticalMove(prompt: Prompt, direction: -1 | 1): Prompt {
  const { text, cursor } = prompt;
  const start = lineStart(text, cursor);
  const column = cells(text.slice(start, cursor));
  const target = direction < 0 ? lineStart(text, start - 1) : lineEnd(text, cursor) + 1;
  let offset = target;
  let used = 0;
  for (const grapheme of graphemes(text.slice(target, lineEnd(text, target)))) {
    const width = cells(grapheme);
    if (used + width > column) break;
    used += width;
    offset += grapheme.length;
  }
  return at(prompt, offset);
}

function older(prompt: Prompt): Prompt {
  const { history, recall } = prompt;
  const index = (recall?.index ?? history.length) - 1;
  const entry = history[index];
  if (!entry) return prompt;
  const draft = recall?.draft ?? { text: prompt.text, origin: prompt.origin };
  return { ...written(prompt, entry.text, recalledOrigin(entry)), recall: { index, draft } };
}

function newer(prompt: Prompt): Prompt {
  const { history, recall } = prompt;
  if (!recall) return prompt;
  const index = recall.index + 1;
  const entry = history[index];
  if (entry) return { ...written(prompt, entry.text, recalledOrigin(entry)), recall: { ...recall, index } };
  return written(prompt, recall.draft.text, recall.draft.origin);
}

function recalledOrigin(entry: Remembered): Origin {
  return entry.origin === 'pasted' ? 'pasted' : 'recalled';
}
