import type { Origin } from './origin.ts';

/** The text as it stood once. */
export type Snapshot = { text: string; cursor: number; origin: Origin };

/** What can be taken back and done again. `writing`: the last change was a letter, so that the next joins it. */
export type Changes = { past: readonly Snapshot[]; future: readonly Snapshot[]; writing: boolean };

export const NO_CHANGES: Changes = { past: [], future: [], writing: false };

const MOST = 200;

/** Keeps what stood there before a change. A word's letters are taken back together. */
export function changed(changes: Changes, before: Snapshot, letter: boolean): Changes {
  if (letter && changes.writing && changes.future.length === 0) return changes;
  return { past: [...changes.past, before].slice(-MOST), future: [], writing: letter };
}

/** After a move of the cursor, what is written next is a change of its own. */
export function paused(changes: Changes): Changes {
  return changes.writing ? { ...changes, writing: false } : changes;
}

/** One step back, or null when there is none. */
export function undone(changes: Changes, now: Snapshot): { changes: Changes; to: Snapshot } | null {
  const to = changes.past.at(-1);
  if (!to) return null;
  return {
    changes: { past: changes.past.slice(0, -1), future: [...changes.future, now], writing: false },
    to,
  };
}

/** One step forward again, or null when there is none. */
export function redone(changes: Changes, now: Snapshot): { changes: Changes; to: Snapshot } | null {
  const to = changes.future.at(-1);
  if (!to) return null;
  return {
    changes: { past: [...changes.past, now], future: changes.future.slice(0, -1), writing: false },
    to,
  };
}
