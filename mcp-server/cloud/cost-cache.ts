import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/**
 * Answers of Cost Explorer that were paid for. Values are JSON. Times are milliseconds on the account's clock.
 */
export type CostCache = {
  get(key: string, now: number): { at: number; value: unknown } | null;
  /** Why it could not be kept, in a sentence; null when it is. */
  put(key: string, value: unknown, life: { at: number; until: number }): string | null;
};

const entry = z.strictObject({ at: z.number(), until: z.number(), value: z.unknown() });
const kept = z.strictObject({ version: z.literal(1), entries: z.record(z.string(), entry) });
type Entries = z.infer<typeof kept>['entries'];

const MOST_ENTRIES = 200;
const MOST_CHARACTERS = 2_000_000;

/** A cache that ends with the process: for accounts where nothing is paid. */
export function createMemoryCostCache(): CostCache {
  let entries: Entries = {};
  return {
    get: (key, now) => living(entries, key, now),
    put(key, value, life) {
      entries = bounded({ ...entries, [key]: { ...life, value } }, life.at);
      return null;
    },
  };
}

/**
 * A cache in a file that every server of the same user shares: each question of a script is a process of its
 * own, and would pay again. Small, whole-file JSON, mode 0600 as it holds figures of the bill; a write replaces
 * the file, so that a reader never sees half of one, and when two write at once one answer is paid for again.
 * A file that cannot be read is an empty cache.
 */
export function createFileCostCache(file: string): CostCache {
  return {
    get: (key, now) => living(read(file), key, now),
    put(key, value, life) {
      const entries = bounded({ ...read(file), [key]: { ...life, value } }, life.at);
      const written = `${file}.${process.pid}`;
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        writeFileSync(written, JSON.stringify({ version: 1, entries }), { mode: 0o600 });
        chmodSync(written, 0o600);
        renameSync(written, file);
        return null;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return `The answer could not be remembered, so asking again costs again: ${why}`;
      }
    },
  };
}

function living(entries: Entries, key: string, now: number) {
  const found = Object.hasOwn(entries, key) ? entries[key] : undefined;
  // A clock that went back does not make an old answer young.
  return found && found.at <= now && now < found.until ? { at: found.at, value: found.value } : null;
}

/** The living ones, the newest first, as many as fit. */
function bounded(entries: Entries, now: number): Entries {
  const newest = Object.entries(entries)
    .filter(([, { until }]) => now < until)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MOST_ENTRIES);
  let room = MOST_CHARACTERS;
  return Object.fromEntries(
    newest.filter(([, one]) => {
      room -= JSON.stringify(one).length;
      return room >= 0;
    }),
  );
}

function read(file: string): Entries {
  try {
    const parsed = kept.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.entries : {};
  } catch {
    // Not there yet, damaged, or not ours to read: what it held is asked for again.
    return {};
  }
}
