import type { KeptEntry } from '../domain/kept-session.ts';

/** Of a longer line the findings are not kept: a store is no place for a 50 MB answer. Characters of JSON. */
const LONGEST = 4_000_000;

/** What stands in place of findings that were too large to keep: how many characters they had. */
export const NOT_KEPT = 'not_kept_characters';

/** The line as it is written. */
export function lineBody(entry: KeptEntry): string {
  const body = JSON.stringify(entry);
  if (body.length <= LONGEST) return body;
  if (entry.type !== 'call' || entry.view.state.status !== 'done') return body;
  const { state } = entry.view;
  const { coverage, call } = state.data;
  const data = { coverage, call, [NOT_KEPT]: body.length };
  const text = state.text.slice(0, 10_000);
  return JSON.stringify({ ...entry, view: { ...entry.view, state: { ...state, text, data } } });
}
