import { cells, graphemes } from '../text/cells.ts';
import { type Changes, changed, NO_CHANGES, paused, redone, type Snapshot, undone } from './changes.ts';
import { after, before, boundary, lineEnd, lineStart, wordEnd, wordStart } from './characters.ts';
import type { Menu } from './completion/menu.ts';
import { type Remembered, recalledOrigin, rememberedOf, withEarlier, withInput } from './history.ts';
import { agedRing, EMPTY_RING, type KillRing, rested, withCut } from './kill-ring.ts';
import { heavier, type Origin } from './origin.ts';
import { inFull, isLong, markFor, type Paste, pasteBeside, plainInput } from './paste.ts';
import type { Search } from './search.ts';

/** The text being written. `cursor` is an offset into `text`, always between two characters. */
export type Prompt = {
  /** With a mark for each long paste; `fullText` has them whole. */
  text: string;
  cursor: number;
  origin: Origin;
  pastes: readonly Paste[];
  changes: Changes;
  ring: KillRing;
  history: readonly Remembered[];
  /** While older inputs are leafed through: which one is shown, and what was being written before. */
  recall: { index: number; draft: { text: string; origin: Origin } } | null;
  /** While an older input is looked for. */
  search: Search | null;
  /** While what the word at the cursor can become is offered. */
  menu: Menu | null;
};

export const EMPTY_PROMPT: Prompt = {
  text: '',
  cursor: 0,
  origin: 'typed',
  pastes: [],
  changes: NO_CHANGES,
  ring: EMPTY_RING,
  history: [],
  recall: null,
  search: null,
  menu: null,
};

export type PromptEdit =
  | { edit: 'insert'; text: string; origin: 'typed' | 'burst' | 'pasted' }
  | { edit: 'left' | 'right' | 'wordLeft' | 'wordRight' | 'lineStart' | 'lineEnd' | 'up' | 'down' }
  | { edit: 'textStart' | 'textEnd' }
  | { edit: 'deleteBack' | 'deleteForward' | 'deleteWord' | 'deleteWordForward' }
  | { edit: 'deleteToStart' | 'deleteToEnd' | 'clear' }
  | { edit: 'undo' | 'redo' | 'yank' | 'yankOlder' | 'unfold' };

export function editPrompt(prompt: Prompt, edit: PromptEdit): Prompt {
  const { text, cursor } = prompt;
  switch (edit.edit) {
    case 'insert':
      return inserted(prompt, edit.text, edit.origin);
    case 'left':
      return at(prompt, before(text, cursor));
    case 'right':
      return at(prompt, after(text, cursor));
    case 'wordLeft':
      return at(prompt, wordStart(text, cursor));
    case 'wordRight':
      return at(prompt, wordEnd(text, cursor));
    case 'lineStart':
      return at(prompt, lineStart(text, cursor));
    case 'lineEnd':
      return at(prompt, lineEnd(text, cursor));
    case 'textStart':
      return at(prompt, 0);
    case 'textEnd':
      return at(prompt, text.length);
    case 'up':
      return text.lastIndexOf('\n', cursor - 1) >= 0 && cursor > 0 ? verticalMove(prompt, -1) : older(prompt);
    case 'down':
      return text.indexOf('\n', cursor) >= 0 ? verticalMove(prompt, 1) : newer(prompt);
    case 'deleteBack':
      return without(prompt, before(text, cursor), cursor);
    case 'deleteForward':
      return without(prompt, cursor, after(text, cursor));
    case 'deleteWord':
      return cutOut(prompt, wordStart(text, cursor), cursor);
    case 'deleteWordForward':
      return cutOut(prompt, cursor, wordEnd(text, cursor));
    case 'deleteToStart':
      return cutOut(prompt, lineStart(text, cursor), cursor);
    case 'deleteToEnd':
      return cutOut(prompt, cursor, lineEnd(text, cursor));
    case 'clear':
      return text === '' ? prompt : replaced(prompt, { text: '', cursor: 0, origin: 'typed' });
    case 'undo':
      return restored(prompt, undone(prompt.changes, snapshot(prompt)));
    case 'redo':
      return restored(prompt, redone(prompt.changes, snapshot(prompt)));
    case 'yank':
      return yanked(prompt);
    case 'yankOlder':
      return yankedOlder(prompt);
    case 'unfold':
      return unfolded(prompt);
  }
}

/** What is sent, copied and kept: every paste whole. */
export function fullText({ text, pastes }: Pick<Prompt, 'text' | 'pastes'>): string {
  return inFull(text, pastes);
}

/** The text replaced by another, the cursor at its end; a long one as a mark. */
export function written(prompt: Prompt, text: string, origin: Origin): Prompt {
  const { shown, pastes } = folded(prompt, text);
  return replaced(
    { ...prompt, pastes },
    { text: shown, cursor: shown.length, origin: shown === '' ? 'typed' : origin },
  );
}

/** The prompt emptied, and what stood in it kept for leafing back. */
export function sent(prompt: Prompt): Prompt {
  const { text, origin, pastes, history, ring } = prompt;
  return {
    ...EMPTY_PROMPT,
    history: withInput(history, rememberedOf(text, origin, pastes)),
    ring: agedRing(ring),
  };
}

/** What an editor was left with; unchanged, the prompt is what it was. */
export function editedOutside(prompt: Prompt, raw: string): Prompt {
  const text = plainInput(raw).replace(/\n$/, '');
  return text === fullText(prompt) ? prompt : written(prompt, text, 'edited');
}

/** Inputs of earlier runs, oldest first, before those of this one. */
export function knowingEarlier(prompt: Prompt, entries: readonly string[]): Prompt {
  return { ...prompt, history: withEarlier(prompt.history, entries), recall: null, search: null };
}

/** `from` to `to` replaced by what the person chose of what was offered. */
export function completed(prompt: Prompt, from: number, to: number, text: string): Prompt {
  const added = plainInput(text);
  return replaced(prompt, {
    text: prompt.text.slice(0, from) + added + prompt.text.slice(to),
    cursor: from + added.length,
    origin: heavier(prompt.origin, 'completed'),
  });
}

function snapshot({ text, cursor, origin }: Prompt): Snapshot {
  return { text, cursor, origin };
}

function at(prompt: Prompt, cursor: number): Prompt {
  const { changes, ring } = prompt;
  return { ...prompt, cursor, changes: paused(changes), ring: rested(ring) };
}

/** A change that can be taken back. `letter`: one of those that are taken back together. */
function replaced(prompt: Prompt, to: Snapshot, letter = false): Prompt {
  return {
    ...prompt,
    ...to,
    // A mark joins no character beside it, but what is put together may: the cursor goes to where it is between two.
    cursor: boundary(to.text, to.cursor),
    changes: changed(prompt.changes, snapshot(prompt), letter),
    ring: rested(prompt.ring),
    recall: null,
  };
}

function restored(prompt: Prompt, step: { changes: Changes; to: Snapshot } | null): Prompt {
  if (!step) return prompt;
  return { ...prompt, ...step.to, changes: step.changes, ring: rested(prompt.ring), recall: null };
}

function folded(prompt: Prompt, text: string): { shown: string; pastes: readonly Paste[] } {
  if (!isLong(text)) return { shown: text, pastes: prompt.pastes };
  const paste = markFor(text, prompt.pastes);
  return { shown: paste.mark, pastes: [...prompt.pastes, paste] };
}

function inserted(prompt: Prompt, raw: string, origin: Origin): Prompt {
  const plain = plainInput(raw);
  if (plain === '') return prompt;
  const { shown, pastes } = folded(prompt, plain);
  const { text, cursor } = prompt;
  const letter = origin === 'typed' && !/\s/.test(shown);
  return replaced(
    { ...prompt, pastes },
    {
      text: text.slice(0, cursor) + shown + text.slice(cursor),
      cursor: cursor + shown.length,
      origin: text === '' ? origin : heavier(prompt.origin, origin),
    },
    letter,
  );
}

function without(prompt: Prompt, from: number, to: number): Prompt {
  if (from === to) return prompt;
  const text = prompt.text.slice(0, from) + prompt.text.slice(to);
  return replaced(prompt, { text, cursor: from, origin: text === '' ? 'typed' : prompt.origin });
}

/** Taken out, and kept to be put in again. */
function cutOut(prompt: Prompt, from: number, to: number): Prompt {
  if (from === to) return prompt;
  const cut = rememberedOf(prompt.text.slice(from, to), prompt.origin, prompt.pastes);
  const ring = withCut(prompt.ring, cut, from === prompt.cursor);
  return { ...without(prompt, from, to), ring };
}

function yanked(prompt: Prompt): Prompt {
  return putIn(prompt, prompt.cursor, prompt.cursor, prompt.ring.cuts.length - 1);
}

/** Right after a cut was put in: an older one in its place. */
function yankedOlder(prompt: Prompt): Prompt {
  const { yank, cuts } = prompt.ring;
  if (!yank) return prompt;
  return putIn(prompt, yank.from, yank.to, (yank.index + cuts.length - 1) % cuts.length);
}

function putIn(prompt: Prompt, from: number, to: number, index: number): Prompt {
  const cut = prompt.ring.cuts[index];
  if (!cut) return prompt;
  const { shown, pastes } = folded(prompt, cut.text);
  const rest = prompt.text.slice(0, from) + prompt.text.slice(to);
  const next = replaced(
    { ...prompt, pastes },
    {
      text: prompt.text.slice(0, from) + shown + prompt.text.slice(to),
      cursor: from + shown.length,
      origin: rest === '' ? cut.origin : heavier(prompt.origin, cut.origin),
    },
  );
  return { ...next, ring: { ...next.ring, yank: { from, to: from + shown.length, index } } };
}

/** A paste beside the cursor in full, to be edited. */
function unfolded(prompt: Prompt): Prompt {
  const { text, origin } = prompt;
  const beside = pasteBeside(prompt);
  if (!beside) return prompt;
  const { paste, place } = beside;
  const head = text.slice(0, place) + paste.text;
  const rest = text.slice(place + paste.mark.length);
  return replaced(prompt, { text: head + rest, cursor: head.length, origin });
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
  const { text, origin } = recall.draft;
  return replaced(prompt, { text, cursor: text.length, origin });
}
