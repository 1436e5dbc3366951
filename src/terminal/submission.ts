import { DEAF_MS } from '../approval/dialog.ts';
import { readCommand } from './commands.ts';
import { isKept } from './prompt/history.ts';
import { provenanceOf } from './prompt/origin.ts';
import { editPrompt, fullText, sent } from './prompt/prompt.ts';
import { runCommand } from './run-command.ts';
import { type Intent, type Queued, type Step, still, type TerminalState } from './state.ts';

/** Enter: a line that ends in a backslash goes on, a command runs, a sentence is sent or, while a turn runs, queued. */
export function submitPrompt(state: TerminalState): Step {
  const { prompt } = state;
  if (prompt.cursor === prompt.text.length && prompt.text.endsWith('\\')) {
    const shortened = editPrompt(prompt, { edit: 'deleteBack' });
    const origin = prompt.origin === 'pasted' ? 'pasted' : 'typed';
    return still({ ...state, prompt: editPrompt(shortened, { edit: 'insert', text: '\n', origin }) });
  }
  const full = fullText(prompt);
  const text = full.trim();
  if (text === '') return state.turn.phase === 'idle' ? sendHeld(state) : still(state);
  const emptied = { ...state, prompt: sent(prompt) };
  const { state: after, intents } = submitText(emptied, { text, provenance: provenanceOf(prompt.origin) });
  const kept: Intent[] = isKept(full) && !after.leaving ? [{ intent: 'remember', text }] : [];
  return { state: after, intents: [...kept, ...intents] };
}

function submitText(state: TerminalState, queued: Queued): Step {
  const command = readCommand(queued.text);
  if (command) return command.command === 'exit' ? leave(state) : runCommand(state, command);
  return state.turn.phase === 'idle'
    ? send(state, queued)
    : still({ ...state, queue: [...state.queue, queued] });
}

/** Enter on an empty prompt: yes, send what was typed ahead. Not before it could be read that Enter does so. */
function sendHeld(state: TerminalState): Step {
  const { heldSince, steady } = state;
  if (heldSince !== null && steady - heldSince < DEAF_MS) return still(state);
  return sendNext({ ...state, heldSince: null });
}

/** Sends what was typed ahead first, if anything was. */
export function sendNext(state: TerminalState): Step {
  const [next, ...rest] = state.queue;
  return next && !state.leaving ? send({ ...state, queue: rest }, next) : still(state);
}

/** Leaves; asked again while the engine still comes to rest, it leaves at once. */
export function leave(state: TerminalState): Step {
  return { state: { ...state, leaving: true }, intents: [{ intent: 'leave', atOnce: state.leaving }] };
}

function send(state: TerminalState, { text, provenance }: Queued): Step {
  return {
    state: { ...state, turn: { phase: 'sent', text } },
    intents: [{ intent: 'submit', text, provenance }],
  };
}
