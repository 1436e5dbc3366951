import { foldCase } from '../../../mcp-server/contract/name-folding.ts';
import { type Remembered, recalledOrigin } from './history.ts';
import { type Prompt, written } from './prompt.ts';

/** A search back through the inputs. `index`: the input that is shown; null while none holds the query. */
export type Search = { query: string; index: number | null };

export type SearchStep =
  | { step: 'write'; text: string }
  | { step: 'shorten' }
  /** Another input that holds the query too. */
  | { step: 'older' | 'newer' };

/** Begins a search, or, in one, goes on to an older input. */
export function searched(prompt: Prompt): Prompt {
  if (prompt.search) return searchStep(prompt, { step: 'older' });
  return { ...prompt, menu: null, search: { query: '', index: null } };
}

export function searchStep(prompt: Prompt, step: SearchStep): Prompt {
  const { search, history } = prompt;
  if (!search) return prompt;
  const { query, index } = search;
  switch (step.step) {
    case 'write': {
      const longer = query + step.text.replace(/\s+/g, ' ');
      return { ...prompt, search: found(history, longer, index ?? history.length - 1, -1) };
    }
    case 'shorten': {
      const shorter = [...query].slice(0, -1).join('');
      return { ...prompt, search: found(history, shorter, history.length - 1, -1) };
    }
    case 'older':
    case 'newer': {
      const direction = step.step === 'older' ? -1 : 1;
      const from = index === null ? history.length - 1 : index + direction;
      const next = found(history, query, from, direction);
      // At the last one it stays.
      return next.index === null ? prompt : { ...prompt, search: next };
    }
  }
}

/** Ends the search with the input it shows in the prompt, for editing; with none, as if given up. */
export function taken(prompt: Prompt): Prompt {
  const entry = prompt.search?.index == null ? null : prompt.history[prompt.search.index];
  const ended = { ...prompt, search: null };
  return entry ? written(ended, entry.text, recalledOrigin(entry)) : ended;
}

export function givenUp(prompt: Prompt): Prompt {
  return { ...prompt, search: null };
}

/** Where in a text the query stands, case and width aside; null when it does not. */
export function holds(text: string, query: string): { from: number; to: number } | null {
  const wanted = foldCase(query);
  if (!foldCase(text).includes(wanted)) return null;
  // Folding may change lengths: each folded character remembers where it came from.
  let folded = '';
  const starts: number[] = [];
  let offset = 0;
  for (const character of text) {
    const plain = foldCase(character);
    for (let unit = 0; unit < plain.length; unit += 1) starts.push(offset);
    folded += plain;
    offset += character.length;
  }
  const place = folded.indexOf(wanted);
  const from = starts[place];
  return from === undefined ? null : { from, to: starts[place + wanted.length] ?? text.length };
}

function found(history: readonly Remembered[], query: string, from: number, direction: -1 | 1): Search {
  if (query === '') return { query, index: null };
  for (let index = from; index >= 0 && index < history.length; index += direction) {
    if (holds(history[index]?.text ?? '', query)) return { query, index };
  }
  return { query, index: null };
}
