import type { KeyAction, Press } from './keys.ts';
import type { Ground } from './prompt/completion/known.ts';
import * as menu from './prompt/completion/menu.ts';
import { pasteBeside, plainInput } from './prompt/paste.ts';
import { editPrompt, fullText, type Prompt, written } from './prompt/prompt.ts';
import * as search from './prompt/search.ts';
import { type Step, still, type TerminalState } from './state.ts';

/** What the word at the cursor can be completed from. */
export function groundOf({ account, known }: Pick<TerminalState, 'account' | 'known'>): Ground {
  const places = account?.accounts ?? [];
  return {
    accounts: places.map(({ name }) => name),
    regions: places.find(({ current }) => current)?.regions ?? [],
    known,
  };
}

/** A key while an older input is looked for; null: it ends the search and then does what it always does. */
export function pressInSearch(state: TerminalState, press: Press, action: KeyAction | null): Step | null {
  const { prompt } = state;
  switch (action) {
    case null:
      return press.key.ctrl || press.key.meta ? still(state) : showing(state, soughtFor(prompt, press.input));
    case 'search':
      return showing(state, search.searched(prompt));
    case 'searchNewer':
      return showing(state, search.searchStep(prompt, { step: 'newer' }));
    case 'deleteBack':
      return showing(state, search.searchStep(prompt, { step: 'shorten' }));
    case 'interrupt':
    case 'editOutside':
      return showing(state, search.givenUp(prompt));
    case 'submit':
    case 'complete':
      return showing(state, search.taken(prompt));
    default:
      return null;
  }
}

/** What came in one piece may hold the Enter that ends the search. */
function soughtFor(prompt: Prompt, input: string): Prompt {
  const [text = '', ...more] = input.split(/[\r\n]+/);
  const sought = text === '' ? prompt : search.searchStep(prompt, { step: 'write', text: plainInput(text) });
  return more.length > 0 ? search.taken(sought) : sought;
}

/** A key while something is offered; null: it does what it always does, and the menu follows or closes. */
export function pressInMenu(state: TerminalState, action: KeyAction | null): Step | null {
  const { prompt } = state;
  if (prompt.menu?.looking) return action === 'interrupt' ? showing(state, menu.closed(prompt)) : null;
  switch (action) {
    case 'down':
      return showing(state, menu.moved(prompt, 1));
    case 'up':
    case 'completeBack':
      return showing(state, menu.moved(prompt, -1));
    case 'complete':
    case 'submit':
      return showing(state, menu.taken(prompt));
    case 'interrupt':
      return showing(state, menu.closed(prompt));
    default:
      return null;
  }
}

/** After a key that is none of the menu's: what is written narrows it, a move closes it. */
export function menuAfter(before: Prompt, state: TerminalState): TerminalState {
  const { prompt } = state;
  if (!before.menu || !prompt.menu) return state;
  const wrote = prompt.text !== before.text && !before.menu.looking;
  const next = wrote ? menu.narrowed(prompt, groundOf(state)) : menu.closed(prompt);
  return { ...state, prompt: next };
}

/** Tab: beside a folded paste it unfolds that, else it completes. */
export function complete(state: TerminalState): Step {
  if (pasteBeside(state.prompt)) return showing(state, editPrompt(state.prompt, { edit: 'unfold' }));
  const { prompt, look } = menu.complete(state.prompt, groundOf(state));
  return { state: { ...state, prompt }, intents: look ? [{ intent: 'look_up' }] : [] };
}

/** Up: on an empty prompt, what was typed ahead last comes back before anything older does. */
export function goUp(state: TerminalState): Step {
  const { prompt, queue } = state;
  const last = queue.at(-1);
  if (prompt.text !== '' || prompt.recall || !last) return showing(state, editPrompt(prompt, { edit: 'up' }));
  const rest = queue.slice(0, -1);
  const origin = last.provenance === 'piped' ? 'pasted' : last.provenance;
  return still({
    ...state,
    queue: rest,
    heldSince: rest.length === 0 ? null : state.heldSince,
    prompt: written(prompt, last.text, origin),
  });
}

export function searchBack(state: TerminalState): Step {
  return showing(state, search.searched(state.prompt));
}

export function editOutside(state: TerminalState): Step {
  return { state, intents: [{ intent: 'edit_outside', text: fullText(state.prompt) }] };
}

function showing(state: TerminalState, prompt: Prompt): Step {
  return still({ ...state, prompt });
}
