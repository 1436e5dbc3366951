import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import type { TagMatch } from './directory-index.ts';
import type { Concept, Mood, Sense } from './vocabulary/concepts.ts';

/** A figure, a time, an identifier: what fills an argument. Durations in milliseconds. */
export type Value =
  | { type: 'number'; value: number }
  | { type: 'size'; megabytes: number }
  | { type: 'percent'; value: number }
  | { type: 'duration'; ms: number }
  | { type: 'clock'; hour: number; minute: number }
  | { type: 'date'; year: number; month: number; day: number }
  | { type: 'instant'; iso: string }
  | { type: 'instance_type'; text: string }
  | { type: 'log_group'; text: string }
  | { type: 'tag'; key: string; value: string }
  /** Keys of tags to be removed. */
  | { type: 'untag'; keys: string[] }
  /** An object written as JSON. */
  | { type: 'object'; object: Record<string, unknown> }
  | { type: 'identifier'; text: string }
  | { type: 'namespace'; text: string }
  | { type: 'volume'; text: string }
  | { type: 'region' | 'zone'; text: string }
  /** A configured account, or `all`. */
  | { type: 'account'; text: string };

/** A word that picks resources by a part of their name or by a tag. */
export type Selector = { text: string; entries: DirectoryEntry[]; tags: TagMatch[]; plural: boolean };

/** One word, name, figure or quotation of a text. */
export type Item = {
  at: number;
  end: number;
  text: string;
  senses: Sense[];
  number: number | null;
  roles: readonly string[];
  /** Resources of exactly this name, id or ARN. */
  names: DirectoryEntry[];
  selector: Selector | null;
  value: Value | null;
  /** Text between quotation marks that is not just a name. */
  quoted: boolean;
  punctuation: string | null;
  /** Neither a word of any vocabulary, nor a name, nor a figure. */
  unknown: boolean;
  /** The name is also a word: a machine called `all`. */
  collides: boolean;
  /** A word read through a typing mistake. */
  corrected: boolean;
};

export function newItem(at: number, end: number, text: string): Item {
  return {
    at,
    end,
    text,
    senses: [],
    number: null,
    roles: [],
    names: [],
    selector: null,
    value: null,
    quoted: false,
    punctuation: null,
    unknown: false,
    collides: false,
    corrected: false,
  };
}

export const has = (item: Item, concept: Concept): boolean => item.senses.some((s) => s.concept === concept);

export const hasMood = (item: Item, concept: Concept, mood: Mood): boolean =>
  item.senses.some((s) => s.concept === concept && s.mood === mood);

export const any = (items: readonly Item[], concept: Concept): boolean =>
  items.some((item) => has(item, concept));

export const anyOf = (items: readonly Item[], concepts: readonly Concept[]): boolean =>
  concepts.some((concept) => any(items, concept));

/** The senses of one family, such as `act:` or `measure:`. */
export const family = (item: Item, prefix: string): Sense[] =>
  item.senses.filter((s) => s.concept.startsWith(prefix));
