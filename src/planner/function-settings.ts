import { any, has, type Item } from './items.ts';
import { isOrigin } from './leftovers.ts';
import type { Filled } from './slots.ts';
import type { Concept } from './vocabulary/concepts.ts';

/** What a function can be given, in megabytes, seconds and executions at a time. */
export type Setting = 'memory_mb' | 'timeout_s' | 'reserved_concurrency';

export const isSetting = (from: string): from is Setting => SETTINGS.some((one) => one === from);

const SETTINGS: readonly Setting[] = ['memory_mb', 'timeout_s', 'reserved_concurrency'];

/** The words that name a setting. */
const LABELS: Readonly<Record<Setting, readonly Concept[]>> = {
  memory_mb: ['measure:memory'],
  timeout_s: ['topic:timeout', 'measure:duration'],
  reserved_concurrency: ['measure:concurrency'],
};

/** The setting a word names, or null. */
function labelOf(item: Item): Setting | null {
  if (item.names.length > 0) return null;
  return SETTINGS.find((setting) => LABELS[setting].some((concept) => has(item, concept))) ?? null;
}

/** Settings that a clause names, whether or not it says their values. */
export const settingsNamed = (items: readonly Item[]): Setting[] =>
  SETTINGS.filter((setting) => LABELS[setting].some((concept) => any(items, concept)));

/**
 * The value a clause gives to one setting: sizes are memory, durations timeouts; a bare figure belongs to the
 * setting named before it, else to the one after. Nothing when several could be meant.
 */
export function settingIn(setting: Setting, items: readonly Item[]): Filled {
  const found = items.flatMap((item, at) => {
    const value = isOrigin(items, at) ? null : valueFor(setting, item, at, items);
    return value === null ? [] : [{ value, item }];
  });
  const [only] = found;
  if (found.length !== 1 || only === undefined || !Number.isInteger(only.value)) return { ok: false };
  return { ok: true, value: only.value, used: [only.item] };
}

function valueFor(setting: Setting, item: Item, at: number, items: readonly Item[]): number | null {
  if (item.value?.type === 'size') return setting === 'memory_mb' ? item.value.megabytes : null;
  if (item.value?.type === 'duration') return setting === 'timeout_s' ? item.value.ms / 1000 : null;
  if (item.value?.type !== 'number') return null;
  return ownerOf(at, items) === setting ? item.value.value : null;
}

/** The setting a bare figure belongs to. */
function ownerOf(at: number, items: readonly Item[]): Setting | null {
  const before = items.slice(0, at).findLast((item) => labelOf(item) !== null);
  const after = items.slice(at + 1).find((item) => labelOf(item) !== null);
  const beside = before ?? after;
  return beside === undefined ? null : labelOf(beside);
}
