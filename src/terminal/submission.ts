import { DEAF_MS } from '../approval/dialog.ts';
import type { Provenance } from '../domain/events.ts';
import { terminalWords } from '../language/terminal.ts';
import { type Command, readCommand } from './commands.ts';
import { editPrompt, type Origin, sent } from './prompt/prompt.ts';
import { accountNow, type Queued, type Step, still, type TerminalState } from './state.ts';
import { addNotice, addWords } from './transcript/items.ts';

/** Enter: a line that ends in a backslash goes on, a command runs, a sentence is sent or, while a turn runs, queued. */
export function submitPrompt(state: TerminalState): Step {
  const { prompt } = state;
  if (prompt.cursor === prompt.text.length && prompt.text.endsWith('\\')) {
    const shortened = editPrompt(prompt, { edit: 'deleteBack' });
    const origin = prompt.origin === 'pasted' ? 'pasted' : 'typed';
    return still({ ...state, prompt: editPrompt(shortened, { edit: 'insert', text: '\n', origin }) });
  }
  const text = prompt.text.trim();
  if (text === '') return state.turn.phase === 'idle' ? sendHeld(state) : still(state);
  const emptied = { ...state, prompt: sent(prompt) };
  const command = readCommand(text);
  if (command) return runCommand(emptied, command);
  const queued: Queued = { text, provenance: provenanceOf(prompt.origin) };
  return state.turn.phase === 'idle'
    ? send(emptied, queued)
    : still({ ...emptied, queue: [...emptied.queue, queued] });
}

/** What was fetched from history was typed for another turn. */
function provenanceOf(origin: Origin): Provenance {
  return origin === 'recalled' ? 'pasted' : origin;
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

function runCommand(state: TerminalState, command: Command): Step {
  const words = terminalWords(state.language);
  switch (command.command) {
    case 'help':
      return still(addNotice(state, { notice: 'help' }));
    case 'account':
      return still(addNotice(state, { notice: 'account', report: state.account, at: accountNow(state) }));
    case 'approvals':
      return still(addNotice(state, { notice: 'approvals', asked: state.asked, at: state.now }));
    case 'auto':
      return still(addWords(state, 'note', words.monitoringLater));
    case 'lang': {
      const { language } = command;
      if (!language) return still(addWords(state, 'note', words.languageUsage));
      const after = addWords({ ...state, language }, 'note', terminalWords(language).languageSet);
      return { state: after, intents: [{ intent: 'speak', language }] };
    }
    case 'exit':
      return leave(state);
    case 'unknown':
      return still(addWords(state, 'error', words.unknownCommand(command.name)));
  }
}
