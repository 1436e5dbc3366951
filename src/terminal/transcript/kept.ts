import type { CallView } from '../../domain/events.ts';

/** The most of one result that is kept, in bytes of its JSON, roughly: beyond it rows are left out, and it says so. */
const MOST_OF_ONE = 6_000_000;
/** The most of all results that can still be opened. */
const MOST_OF_ALL = 24_000_000;
/** Rows that are weighed to know how heavy a list is. */
const WEIGHED = 20;

/** A result that can be opened in full, and about how heavy it is (bytes of its JSON). */
export type Kept = { view: CallView; weight: number; cut: CutShort | null };

/** How many rows of a list are kept of how many. */
export type CutShort = { kept: number; of: number };

/**
 * A finished call as the chat keeps it: lists that are too heavy lose their ends. `cut` is for the longest of
 * them. A result of ordinary size is kept as it is.
 */
export function bounded(view: CallView): { view: CallView; weight: number; cut: CutShort | null } {
  if (view.state.status !== 'done') return { view, weight: 0, cut: null };
  const { data, text } = view.state;
  const heavy = text.length > MOST_OF_ONE;
  let weight = Math.min(text.length, MOST_OF_ONE);
  let cut: CutShort | null = null;
  const kept = Object.entries(data).map(([name, value]): [string, unknown] => {
    const { list, weighs } = lightened(value, MOST_OF_ONE);
    weight += weighs;
    if (Array.isArray(value) && list !== value && value.length > (cut?.of ?? 0))
      cut = { kept: Array.isArray(list) ? list.length : 0, of: value.length };
    return [name, list];
  });
  if (!cut && !heavy) return { view, weight, cut };
  const state = {
    ...view.state,
    data: Object.fromEntries(kept),
    text: heavy ? text.slice(0, MOST_OF_ONE) : text,
  };
  return { view: { ...view, state }, weight, cut };
}

function lightened(value: unknown, most: number): { list: unknown; weighs: number } {
  if (typeof value === 'string') return { list: value.slice(0, most), weighs: Math.min(value.length, most) };
  if (!Array.isArray(value) || value.length === 0) return { list: value, weighs: 200 };
  const step = Math.max(1, Math.floor(value.length / WEIGHED));
  const sample = value.filter((_, index) => index % step === 0).slice(0, WEIGHED);
  const each =
    sample.reduce((sum: number, row) => sum + JSON.stringify(row ?? null).length, 0) / sample.length;
  const fit = Math.max(1, Math.floor(most / Math.max(1, each)));
  const list = value.length <= fit ? value : value.slice(0, fit);
  return { list, weighs: list.length * each };
}

/** With one more, oldest first; the oldest are let go when all together are too heavy. */
export function withKept(kept: readonly Kept[], one: Kept): Kept[] {
  const all = [...kept, one];
  let weight = all.reduce((sum, each) => sum + each.weight, 0);
  while (all.length > 1 && weight > MOST_OF_ALL) weight -= all.shift()?.weight ?? 0;
  return all;
}
