import { type ApprovalDialog, type DialogEvent, openDialog, pressDialog } from '../../approval/dialog.ts';
import type { ApprovalDecision, EngineEvent } from '../../domain/events.ts';
import type { Press } from '../keys.ts';
import { graphemes } from '../text/cells.ts';

export type ApprovalAsked = Extract<EngineEvent, { type: 'approval_asked' }>;

/** The dialog on the screen: for which call, and how far its details are scrolled on a small screen. */
export type Dialog = { asked: ApprovalAsked; scroll: number; approval: ApprovalDialog };

/** `at`: milliseconds of a clock that is never set, of the moment it is shown. */
export function showDialog(asked: ApprovalAsked, encrypted: boolean, at: number): Dialog {
  const { proposal, flagged } = asked;
  return { asked, scroll: 0, approval: openDialog({ proposal, flagged, encrypted, at }) };
}

export type Answered = { dialog: Dialog; decision: ApprovalDecision | null };

export function pressOnDialog(dialog: Dialog, press: Press, at: number): Answered {
  const keys = dialog.approval.phase === 'naming' ? handTyped(press) : null;
  if (!keys) return after(dialog, dialogEvent(press, at));
  let answered: Answered = { dialog, decision: null };
  for (const key of keys) {
    if (!answered.decision) answered = after(answered.dialog, { ...key, at });
  }
  return answered;
}

/** The most keys of a name that a quick hand gets into one read; a longer piece is a paste. */
const QUICK_HAND = 3;

type Typed = { key: 'character'; text: string } | { key: 'enter' };

/** Where a name is typed out, a few letters read at once are still typing. */
function handTyped({ input, key }: Press): Typed[] | null {
  const letters = graphemes(input);
  if (key.ctrl || key.meta || letters.length < 2 || letters.length > QUICK_HAND) return null;
  return letters.map((text) =>
    text === '\r' || text === '\n' ? { key: 'enter' } : { key: 'character', text },
  );
}

export function pasteOnDialog(dialog: Dialog, text: string, at: number): Answered {
  return after(dialog, { key: 'paste', text, at });
}

function after(dialog: Dialog, event: DialogEvent): Answered {
  const approval = pressDialog(dialog.approval, event);
  return {
    dialog: { ...dialog, approval },
    decision: approval.phase === 'settled' ? approval.decision : null,
  };
}

/** A hand gives one character at a time; a piece of several was typed ahead or pasted. */
function dialogEvent({ input, key }: Press, at: number): DialogEvent {
  if (key.ctrl && input === 'c') return { key: 'interrupt', at };
  if (key.escape) return { key: 'escape', at };
  if (key.return || input === '\n') return { key: 'enter', at };
  if (key.backspace) return { key: 'backspace', at };
  if (input === '' || key.ctrl || key.meta) return { key: 'other', at };
  return graphemes(input).length === 1
    ? { key: 'character', text: input, at }
    : { key: 'paste', text: input, at };
}
