import { inFull, type Saying } from '../domain/saying.ts';
import { viewContext } from './frame.ts';
import type { TerminalState } from './state.ts';
import { lineText } from './text/lines.ts';
import { callLines } from './transcript/call-card.ts';

/**
 * What the assistant says, without what the card of its call shows just above: the gaps, always, and the time
 * zone where the card has it beside its times.
 */
export function answerText(state: TerminalState, saying: Saying): string {
  const { text, beside } = saying;
  if (!beside) return text;
  const card = state.finished.find(({ id }) => id === `call-${beside.call}`);
  if (card?.kind !== 'call') return inFull(saying);
  if (beside.zone === null) return text;
  const context = viewContext(state);
  const shown = callLines(card.view, state.now, context).map(lineText);
  return shown.some((line) => line.includes(context.clock.zone)) ? text : `${text}\n${beside.zone}`;
}
