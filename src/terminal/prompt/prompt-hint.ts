import type { PromptWords } from '../../language/prompt-words.ts';
import { readCommand } from '../commands.ts';
import type { TerminalState } from '../state.ts';

type Hinted = Pick<TerminalState, 'leaveArmed' | 'clearArmed' | 'prompt' | 'queue' | 'heldSince' | 'turn'>;

/** The one line about what is written, or about what the next key does; empty when there is nothing to say. */
export function promptHint(state: Hinted, words: PromptWords): string {
  const { leaveArmed, clearArmed, prompt, queue, heldSince, turn } = state;
  if (leaveArmed) return words.leaveAgain;
  if (prompt.search) return words.searchKeys;
  if (clearArmed && prompt.text !== '') return words.clearAgain;
  if (queue.length > 0 && heldSince !== null && turn.phase === 'idle' && prompt.text === '')
    return words.held;
  switch (prompt.origin) {
    case 'typed':
    case 'burst':
      return '';
    case 'pasted':
      return words.pasted;
    case 'recalled':
      return words.recalled;
    case 'edited':
      return words.edited;
    case 'completed':
      // A command changes nothing.
      return readCommand(prompt.text) ? '' : words.completed;
  }
}
