import type { CallState, EngineEvent } from '../../domain/events.ts';
import type { KeptTurn } from '../../domain/kept-turns.ts';
import type { SessionWords } from '../../language/session-words.ts';

/**
 * Earlier turns as events to be drawn: each call once, at its end, and what was said. Nothing in them asks: a
 * proposal that was open is shown as what it is now, over. `prefix` keeps their ids apart from those of this run.
 */
export function shownAgain(
  turns: readonly KeptTurn[],
  prefix: string,
  words: SessionWords['resume'],
): EngineEvent[] {
  return turns.flatMap((turn) => eventsOf(turn, `${prefix}${turn.number}`, words));
}

function eventsOf(of: KeptTurn, turn: string, words: SessionWords['resume']): EngineEvent[] {
  const events: EngineEvent[] = [{ ...of.start, turn }];
  const last = new Map<string, number>();
  for (const [index, { entry }] of of.lines.entries())
    if (entry.type === 'call') last.set(entry.view.id, index);
  for (const [index, { entry }] of of.lines.entries()) {
    if (entry.type === 'call' && last.get(entry.view.id) === index) {
      const { id, call, state } = entry.view;
      const over = atItsEnd(state, words);
      events.push({ type: 'call', turn, view: { id: `${turn}-${id}`, call, state: over } });
      if (state.status === 'awaiting_approval')
        events.push({ type: 'say', turn, tone: 'note', text: words.proposalOver });
    }
    if (entry.type === 'say') {
      const { beside, ...said } = entry;
      events.push({
        ...said,
        turn,
        ...(beside ? { beside: { ...beside, call: `${turn}-${beside.call}` } } : {}),
      });
    }
  }
  if (!of.end) events.push({ type: 'say', turn, tone: 'note', text: words.interrupted });
  return events;
}

/** A call that was open when its session ended never came to its end. */
function atItsEnd(state: CallState, words: SessionWords['resume']): CallState {
  switch (state.status) {
    case 'done':
    case 'failed':
    case 'declined':
    case 'cancelled':
      return state;
    case 'running':
      return { status: 'cancelled' };
    case 'awaiting_approval':
      return {
        status: 'failed',
        elapsedMs: 0,
        failure: { code: 'grant_expired', message: words.proposalOver, nothing_changed: true },
      };
  }
}
