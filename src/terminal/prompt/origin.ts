import type { Provenance } from '../../domain/events.ts';

/**
 * Where the waiting text came from. Only `typed` is surely a person's own words of this turn, key by key.
 * `completed`: names that a person chose, but the account wrote.
 */
export type Origin = 'typed' | 'burst' | 'recalled' | 'edited' | 'completed' | 'pasted';

const LIGHT_TO_HEAVY: readonly Origin[] = ['typed', 'burst', 'recalled', 'edited', 'completed', 'pasted'];

/** One pasted word makes the whole text pasted; typing on after it does not make it typed again. */
export function heavier(a: Origin, b: Origin): Origin {
  return LIGHT_TO_HEAVY[Math.max(LIGHT_TO_HEAVY.indexOf(a), LIGHT_TO_HEAVY.indexOf(b))] ?? 'pasted';
}

/** What was not typed key by key this turn counts as a paste, whichever way it came. */
export function provenanceOf(origin: Origin): Provenance {
  return origin === 'typed' || origin === 'burst' ? origin : 'pasted';
}

/** The same text in a later turn. */
export function aged(origin: Origin): Origin {
  return heavier(origin, 'recalled');
}
