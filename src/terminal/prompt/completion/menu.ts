import { completed, type Prompt } from '../prompt.ts';
import type { Candidate, Ground } from './known.ts';
import { commands, offerAt } from './offer.ts';

/** What is offered at the cursor, and which of it is chosen. `looking`: names are still being looked up. */
export type Menu = {
  from: number;
  to: number;
  candidates: readonly Candidate[];
  index: number;
  looking: boolean;
};

/** Tab: takes the only thing it can mean, else opens the menu. `look`: what it depends on should be looked up. */
export function complete(prompt: Prompt, ground: Ground): { prompt: Prompt; look: boolean } {
  const { from, to, candidates, sure, unknown } = offerAt(prompt.text, prompt.cursor, ground);
  const [only] = candidates;
  if (unknown) {
    return { prompt: { ...prompt, menu: { from, to, candidates: [], index: 0, looking: true } }, look: true };
  }
  if (sure && only) return { prompt: accepted(prompt, from, to, only), look: false };
  const menu = candidates.length === 0 ? null : { from, to, candidates, index: 0, looking: false };
  return { prompt: { ...prompt, menu }, look: true };
}

/** Names have been looked up: what was asked for meanwhile goes on. */
export function lookedUp(prompt: Prompt, ground: Ground): Prompt {
  return prompt.menu?.looking ? complete({ ...prompt, menu: null }, ground).prompt : prompt;
}

/** What is chosen takes its place in the text. */
export function taken(prompt: Prompt): Prompt {
  const { menu } = prompt;
  const chosen = menu?.candidates[menu.index];
  return menu && chosen ? accepted(prompt, menu.from, menu.to, chosen) : { ...prompt, menu: null };
}

/** The one below or above, round about. */
export function moved(prompt: Prompt, by: 1 | -1): Prompt {
  const { menu } = prompt;
  if (!menu || menu.candidates.length === 0) return prompt;
  const { length } = menu.candidates;
  return { ...prompt, menu: { ...menu, index: (menu.index + by + length) % length } };
}

/** After more was written: what still fits; gone when nothing does, or a word has ended. */
export function narrowed(prompt: Prompt, ground: Ground): Prompt {
  const { menu, text, cursor } = prompt;
  if (!menu) return prompt;
  const { from, to, candidates } = offerAt(text, cursor, ground);
  const on = candidates.length > 0 && from <= cursor && (from < to || menu.from === from);
  return { ...prompt, menu: on ? { from, to, candidates, index: 0, looking: false } : null };
}

export function closed(prompt: Prompt): Prompt {
  return prompt.menu ? { ...prompt, menu: null } : prompt;
}

/** The commands that fit while one is written, without a key for it; nothing of them is chosen. */
export function suggested({ text, cursor, menu, search }: Prompt): readonly Candidate[] {
  const written = /^\/(\S*)$/.exec(text)?.[1];
  if (menu || search || written === undefined || cursor !== text.length || written.includes('/')) return [];
  return commands(text, written).candidates.filter((each) => each.text.trim() !== text);
}

function accepted(prompt: Prompt, from: number, to: number, { text }: Candidate): Prompt {
  const same = prompt.text.slice(from, to) === text;
  return same ? closed(prompt) : completed({ ...prompt, menu: null }, from, to, text);
}
