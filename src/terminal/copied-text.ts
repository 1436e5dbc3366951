import { viewContext } from './frame.ts';
import type { TerminalState } from './state.ts';
import { lineText } from './text/lines.ts';
import type { Item } from './transcript/item.ts';
import { itemLines } from './transcript/item-view.ts';

/** Columns of what is copied, whatever the screen has. */
const COLUMNS = 120;

/** What was said to the last thing the person said; its cards where nothing was said. null: nothing yet. */
export function lastAnswer(state: TerminalState): string | null {
  if (state.said.length > 0) return state.said.join('\n\n');
  const start = state.finished.findLastIndex(({ kind }) => kind === 'you');
  const since = state.finished.slice(start + 1).filter(({ kind }) => kind === 'call' || kind === 'gone');
  return start < 0 || since.length === 0 ? null : drawn(since, state);
}

/** All that was said and shown in this session, as it was drawn. */
export function everythingSaid(state: TerminalState): string | null {
  const items = state.finished.filter(({ kind }) => kind !== 'banner' && kind !== 'notice');
  return items.length === 0 ? null : drawn(items, state);
}

function drawn(items: readonly Item[], state: TerminalState): string {
  const context = { ...viewContext(state), columns: COLUMNS, tableRows: Number.MAX_SAFE_INTEGER };
  return items
    .flatMap((item) => itemLines(item, state.version, state.now, context))
    .map((line) => lineText(line).trimEnd())
    .join('\n')
    .trim();
}
