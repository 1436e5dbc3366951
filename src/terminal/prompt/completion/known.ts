import type { KnownName } from '../../../domain/engine.ts';
import type { HelpedCommand } from '../../../language/prompt-words.ts';

/** What only the world outside can tell of what can be completed. Names are text from outside. */
export type Known = {
  names: readonly KnownName[];
  sessions: readonly { id: string; title: string }[];
  models: readonly string[];
};

/** All that a word at the cursor can be completed from; `known` null: not looked up yet. */
export type Ground = { accounts: readonly string[]; regions: readonly string[]; known: Known | null };

/** One thing the word at the cursor can become. `text` takes its place. */
export type Candidate = { text: string; label: string; note: Note };

export type Note =
  | { is: 'command'; name: HelpedCommand }
  | { is: 'resource'; kind: string; region: string }
  | { is: 'text'; text: string };
