import { number } from '../../assistant/answers/quantity.ts';
import type { TerminalState } from '../state.ts';
import { cells, cut } from '../text/cells.ts';
import { type Line, lineText, span } from '../text/lines.ts';
import { argumentText } from '../transcript/arguments.ts';
import type { ViewContext } from '../transcript/view-context.ts';
import { fullLines } from './full-lines.ts';
import type { Pager } from './pager.ts';

/** The rules above and below, the line of keys, and the row of the screen that stays free. */
const FRAME = 4;

/** Rows of a result that show at once on a screen of so many. */
export function pagerRoom(rows: number): number {
  return Math.max(1, rows - FRAME);
}

type PagerPicture = { lines: Line[]; cursor: { x: number; y: number } | null };

/** The open result in place of the prompt; null when it is no longer kept. */
export function pagerPicture(state: TerminalState, pager: Pager, context: ViewContext): PagerPicture | null {
  const view = state.kept.find((each) => each.view.id === pager.call)?.view;
  if (!view) return null;
  const { columns, words } = context;
  const all = fullLines(view, context);
  const room = pagerRoom(state.size.rows);
  const from = Math.max(0, Math.min(pager.offset, all.length - room));
  const shown = all
    .slice(from, from + room)
    .map((line, index) => (from + index === pager.search?.at ? marked(line) : line));
  const title = [view.call.tool, argumentText(view.call.arguments)].filter(Boolean).join(' ');
  const position = words.pager.position(number(from + 1), number(from + shown.length), number(all.length));
  const footer = footerLine(pager, context);
  return {
    lines: [titled(title, columns), ...shown, titled(position, columns), footer.line],
    cursor: footer.cursor === null ? null : { x: footer.cursor, y: shown.length + 2 },
  };
}

/** The row a search stands at, as one: its colours would hide it. */
function marked(line: Line): Line {
  return [span(lineText(line), 'found')];
}

function footerLine(
  { search }: Pager,
  { words, columns }: ViewContext,
): { line: Line; cursor: number | null } {
  if (search?.typing) {
    const typed = `/${search.text}`;
    const shown = cells(typed) < columns ? typed : `/…${search.text.slice(-Math.max(1, columns - 4))}`;
    const fits = cells(shown) + cells(words.pager.searchKeys) + 3 < columns;
    const line: Line = [span(shown), ...(fits ? [span(`   ${words.pager.searchKeys}`, 'dim')] : [])];
    return { line, cursor: Math.min(columns - 1, cells(span(shown).text)) };
  }
  if (search && search.at === null)
    return { line: [span(cut(words.pager.notFound(search.text), columns), 'warn')], cursor: null };
  return { line: [span(cut(words.pager.keys, columns), 'dim')], cursor: null };
}

function titled(title: string, columns: number): Line {
  const text = cut(` ${span(title).text} `, Math.max(0, columns - 4));
  const rest = Math.max(0, columns - cells(text) - 2);
  return [span('──', 'dim'), span(text, 'strong'), span('─'.repeat(rest), 'dim')];
}
