import { settle } from './dialogs/asking.ts';
import { type Answered, type Dialog, pasteOnDialog, pressOnDialog } from './dialogs/dialog.ts';
import { dialogScrollLimit, dialogSeen, viewContext } from './frame.ts';
import { actionOf, type KeyAction, type Press } from './keys.ts';
import { openPager, pressInPager } from './pager/pager.ts';
import { LONGEST_TYPED, readChunk } from './prompt/chunk.ts';
import { editPrompt, type PromptEdit } from './prompt/prompt.ts';
import { givenUp, taken } from './prompt/search.ts';
import {
  complete,
  editOutside,
  goUp,
  menuAfter,
  pressInMenu,
  pressInSearch,
  searchBack,
} from './prompt-presses.ts';
import { type Step, still, type TerminalState } from './state.ts';
import { leave, submitPrompt } from './submission.ts';

/** One piece of input: a key of the table, text, or several of both that were read together. */
export function pressKey(earlier: TerminalState, press: Press): Step {
  // What was on the screen until now has been seen, whatever this key does.
  const before = earlier.dialog ? dialogSeen(earlier, viewContext(earlier)) : earlier;
  let after: Step = still(before);
  for (const each of before.dialog ? [press] : apart(press)) {
    const next = pressOne(after.state, each);
    after = { state: next.state, intents: [...after.intents, ...next.intents] };
  }
  return after;
}

/** Control characters are keys; when they come in one piece with others, each is one all the same. */
const CONTROL = /[\x01-\x08\x0b\x0c\x0e-\x1a\x1f]/;
const APART = new RegExp(`(${CONTROL.source})`);

function apart(press: Press): Press[] {
  const { input, key } = press;
  // Two quick ones come as one.
  if (key.escape && key.meta)
    return [
      { input, key: { ...key, meta: false } },
      { input, key: { ...key, meta: false } },
    ];
  if (input.length < 2 || key.ctrl || key.meta) return [press];
  // A word and the Tab that completes it; a tab within a text is a blank of a paste.
  if (/^[^\t\r\n]+\t$/.test(input) && input.length <= LONGEST_TYPED)
    return [...apart({ input: input.slice(0, -1), key }), { input: '', key: { ...key, tab: true } }];
  if (!CONTROL.test(input)) return [press];
  return input.split(APART).flatMap((piece): Press[] => {
    if (piece === '') return [];
    if (!CONTROL.test(piece) || piece === '\x1f') return [{ input: piece, key }];
    return [{ input: String.fromCharCode(piece.charCodeAt(0) + 96), key: { ...key, ctrl: true } }];
  });
}

function pressOne(before: TerminalState, press: Press): Step {
  if (press.key.eventType === 'release') return still(before);
  const action = actionOf(press, before.chord);
  if (before.leaving) return action === 'cancel' ? leave(before) : still(before);
  if (before.pager && !before.dialog) return still(pressInPager(before, before.pager, press, action));
  if (action === 'cancel') return cancel(before, press);
  if (meantForDialog(before, press)) return still({ ...before, dialogClosed: before.steady });
  const { leaveArmed, chord } = before;
  const state = leaveArmed || chord ? { ...before, leaveArmed: false, chord: false } : before;
  if (state.dialog) return onDialog(disarmed(state), state.dialog, press, action);
  return onPrompt(action === 'interrupt' ? state : disarmed(state), press, action);
}

function disarmed(state: TerminalState): TerminalState {
  return state.clearArmed ? { ...state, clearArmed: false } : state;
}

/** A search or a menu takes the keys that are its own; the others do what they always do. */
function onPrompt(before: TerminalState, press: Press, action: KeyAction | null): Step {
  const { search, menu } = before.prompt;
  if (search) {
    const inSearch = pressInSearch(before, press, action);
    if (inSearch) return inSearch;
  }
  const inMenu = menu ? pressInMenu(before, action) : null;
  if (inMenu) return inMenu;
  const state = search ? { ...before, prompt: taken(before.prompt) } : before;
  const { state: after, intents } = action && action !== 'cancel' ? act(state, action) : write(state, press);
  return { state: menuAfter(before.prompt, after), intents };
}

/**
 * The rest of a "yes", or the Enter behind it, was meant for the dialog that has just closed; so are the keys
 * that follow without a pause: of a sentence, nothing is taken rather than its end.
 */
const STILL_FOR_DIALOG_MS = 300;
/** A piece of input with more characters than this is no rest of an answer: "es" and Enter. */
const REST_OF_ANSWER = 3;

function meantForDialog({ dialog, dialogClosed, steady }: TerminalState, { input }: Press): boolean {
  return (
    input.length <= REST_OF_ANSWER &&
    dialog === null &&
    dialogClosed !== null &&
    steady - dialogClosed < STILL_FOR_DIALOG_MS
  );
}

/** A bracketed paste: to a dialog it is no answer, to the prompt it is text that was not typed. */
export function pasteText(state: TerminalState, text: string): Step {
  if (state.leaving) return still(state);
  if (state.dialog) return answered(state, pasteOnDialog(state.dialog, text, state.steady));
  if (state.pager) return still(state);
  const { prompt } = state;
  const onto = { ...prompt, ...(prompt.search ? taken(prompt) : {}), menu: null };
  return edit(
    { ...state, leaveArmed: false, clearArmed: false, chord: false, prompt: onto },
    { edit: 'insert', text, origin: 'pasted' },
  );
}

function act(state: TerminalState, action: Exclude<KeyAction, 'cancel'>): Step {
  switch (action) {
    case 'submit':
      return submitPrompt(state);
    case 'newline':
      return edit(state, { edit: 'insert', text: '\n', origin: 'typed' });
    case 'interrupt':
      return interrupt(state);
    case 'leave':
      return state.prompt.text === '' ? leave(state) : edit(state, { edit: 'deleteForward' });
    case 'open':
      return still(openPager(state));
    case 'up':
      return goUp(state);
    case 'complete':
      return complete(state);
    case 'search':
      return searchBack(state);
    case 'editOutside':
      return editOutside(state);
    case 'chord':
      return still({ ...state, chord: true });
    case 'redraw':
      return { state, intents: [{ intent: 'redraw', wipe: false }] };
    case 'completeBack':
    case 'searchNewer':
    case 'pageUp':
    case 'pageDown':
      return still(state);
    default:
      return edit(state, { edit: action });
  }
}

function write(state: TerminalState, { input, key }: Press): Step {
  if (input === '' || key.ctrl || key.meta || key.tab) return still(state);
  const { lines, rest, origin } = readChunk(input);
  let after: Step = still(state);
  for (const text of lines) {
    const written = edit(after.state, { edit: 'insert', text, origin });
    const sent = submitPrompt(written.state);
    after = { state: sent.state, intents: [...after.intents, ...sent.intents] };
  }
  return { state: edit(after.state, { edit: 'insert', text: rest, origin }).state, intents: after.intents };
}

function edit(state: TerminalState, change: PromptEdit): Step {
  return still({ ...state, prompt: editPrompt(state.prompt, change) });
}

/** Esc: stops the turn; when none runs, drops what was typed ahead and waits, or, twice, what is written. */
function interrupt(state: TerminalState): Step {
  const { turn, queue, prompt } = state;
  if (turn.phase === 'idle') {
    if (queue.length > 0) return still({ ...state, queue: [], heldSince: null });
    if (!state.clearArmed) return still({ ...state, clearArmed: prompt.text !== '' });
    return edit({ ...state, clearArmed: false }, { edit: 'clear' });
  }
  if (turn.phase === 'running' && turn.stopping) return still(state);
  const stopping = turn.phase === 'running' ? { ...turn, stopping: true } : turn;
  return { state: { ...state, turn: stopping }, intents: [{ intent: 'interrupt' }] };
}

/** Ctrl+C: declines, stops or clears whatever there is; pressed again right after, it leaves. */
function cancel(state: TerminalState, press: Press): Step {
  if (state.prompt.search && !state.dialog) return still({ ...state, prompt: givenUp(state.prompt) });
  if (state.leaveArmed) return leave(state);
  const armed = { ...state, leaveArmed: true, clearArmed: false, chord: false };
  if (armed.dialog) return answered(armed, pressOnDialog(armed.dialog, press, armed.steady));
  if (state.turn.phase !== 'idle') return interrupt(armed);
  return still({ ...armed, queue: [], heldSince: null, prompt: editPrompt(state.prompt, { edit: 'clear' }) });
}

function onDialog(state: TerminalState, dialog: Dialog, press: Press, action: KeyAction | null): Step {
  const scroll = action && SCROLLS[action];
  if (!scroll) return answered(state, pressOnDialog(dialog, press, state.steady));
  const page = Math.max(1, Math.floor(state.size.rows / 2));
  const to = dialog.scroll + scroll.direction * (scroll.by === 'page' ? page : 1);
  const limit = dialogScrollLimit(state, viewContext(state));
  return still({ ...state, dialog: { ...dialog, scroll: Math.max(0, Math.min(limit, to)) } });
}

const SCROLLS: Partial<Record<KeyAction, { direction: 1 | -1; by: 'row' | 'page' }>> = {
  up: { direction: -1, by: 'row' },
  down: { direction: 1, by: 'row' },
  pageUp: { direction: -1, by: 'page' },
  pageDown: { direction: 1, by: 'page' },
};

/** With an answer the dialog closes; a "why" is answered in the transcript, and the engine asks anew. */
function answered(state: TerminalState, { dialog, decision }: Answered): Step {
  if (!decision) return still({ ...state, dialog });
  const { call } = dialog.asked;
  // A passphrase may be wrong: the dialog stays, and keeps the keys to itself, until that is known.
  const checked = decision.decision === 'approve' && decision.passphrase !== undefined;
  return {
    state: checked ? { ...state, dialog } : settle(state, call, decision.decision),
    intents: [{ intent: 'answer', call, decision }],
  };
}
