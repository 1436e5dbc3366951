import type { KeptLine, TalkSoFar } from '../../domain/kept-session.ts';
import { EMPTY_CONVERSATION } from '../../domain/reading.ts';

/** A talk in which nothing was said yet. */
export const NO_TALK: TalkSoFar = { conversation: EMPTY_CONVERSATION, typed: [], brought: [] };

/** What the next sentence of a session leans on. A turn that was cut off counts as far as it went. */
export function talkOf(lines: readonly KeptLine[]): TalkSoFar {
  let { conversation } = NO_TALK;
  const typed: string[] = [];
  const brought: { tool: string; data: Record<string, unknown> }[] = [];
  for (const { entry } of lines) {
    switch (entry.type) {
      case 'turn_started':
        if (entry.provenance === 'typed' || entry.provenance === 'burst') typed.push(entry.text);
        break;
      case 'call': {
        const { call, state } = entry.view;
        if (state.status === 'done') brought.push({ tool: call.tool, data: state.data });
        break;
      }
      case 'understood':
      case 'turn_ended':
        conversation = entry.conversation ?? conversation;
        break;
      case 'say':
      case 'approval_asked':
      case 'approval_settled':
      case 'opened':
      case 'place':
        break;
    }
  }
  return { conversation, typed, brought };
}
