import type { ChangesMade } from '../../../../mcp-server/contract/catalogue/changes-made.ts';
import type { Facts } from '../../../../mcp-server/contract/proposal.ts';
import type { TerminalWords } from '../../../language/words.ts';
import { wrap } from '../../text/cells.ts';
import type { Line, Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { roomFor } from './room.ts';

type Change = ChangesMade['changes'][number];

export function changesMadeLines({ changes, audit, grant, note }: ChangesMade, context: ViewContext): Line[] {
  const { results } = context.words;
  const columns: Column<Change>[] = [
    { title: results.name, cell: (row) => row.name || row.id, keep: 1, least: 8 },
    { title: results.change, cell: (row) => beforeAfter(row.before, row.after), keep: 2, least: 12 },
    { title: results.outcome, cell: (row) => outcome(row.result, context.words), keep: 3 },
    { title: results.id, cell: (row) => ({ text: row.id, tone: 'dim' }), keep: 4 },
  ];
  return [
    ...tableLines(columns, changes, roomFor(context)),
    ...(note ? wrap(note, context.columns) : []),
    ...wrap(`${results.audit} ${audit.intent}, ${audit.outcome} · ${grant}`, context.columns, 'dim'),
  ];
}

/** The facts that differ, `running → stopped`; the first ones when nothing does. */
function beforeAfter(before: Facts, after: Facts): string {
  const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
  const shown = changed.length > 0 ? changed : Object.keys(before).slice(0, 1);
  const named = shown.length > 1;
  return shown
    .map((key) => {
      const was = before[key] ?? '–';
      const is = after[key] ?? was;
      const text = was === is ? String(was) : `${was} → ${is}`;
      return named ? `${key} ${text}` : text;
    })
    .join(', ');
}

function outcome(result: Change['result'], { results }: TerminalWords): { text: string; tone: Tone } {
  switch (result) {
    case 'done':
      return { text: results.done, tone: 'good' };
    case 'in_progress':
      return { text: results.inProgress, tone: 'warn' };
    case 'not_seen':
      return { text: results.notSeen, tone: 'bad' };
  }
}
