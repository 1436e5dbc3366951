import {
  type ApprovalDialog,
  askPassphraseAgain,
  type DialogEvent,
  openDialog,
  pressDialog,
} from '../../approval/dialog.ts';
import type { ApprovalDecision, EngineEvent } from '../../domain/events.ts';
import type { Press } from '../keys.ts';
import { graphemes } from '../text/cells.ts';

export type ApprovalAsked = Extract<EngineEvent, { type: 'approval_asked' }>;

/** The dialog on the screen: for which call, and how far its details are scrolled on a small screen. */
export type Dialog = { asked: ApprovalAsked; scroll: number; approval: ApprovalDialog };

/** `at`: milliseconds of a clock that is never set, of the moment it is shown. */
export function showDialog(asked: ApprovalAsked, encrypted: boolean, at: number): Dialog {
  const { proposal, flagged, again } = asked;
  const opened = openDialog({ proposal, flagged, encrypted, at, seen: false });
  return { asked, scroll: 0, approval: again ? askPassphraseAgain(opened, at) : opened };
}

export type Answered = { dialog: Dialog; decision: ApprovalDecision | null };

export function pressOnDialog(dialog: Dialog, press: Press, at: number): Answered {
  return after(dialog, dialogEvent(press, at));
}

export function pasteOnDialog(dialog: Dialog, text: string, at: number): Answered {
  return after(dialog, { key: 'paste', text, at });
}

function after(dialog: Dialog, event: DialogEvent): Answered {
  // Answered already; what became of that is still to be told.
  if (dialog.approval.phase === 'settled') return { dialog, decision: null };
  const approval = pressDialog(dialog.approval, event);
  return {
    dialog: { ...dialog, approval },
    decision: approval.phase === 'settled' ? approval.decision : null,
  };
}

/** A held key says nothing. */
function dialogEvent({ input, key }: Press, at: number): DialogEvent {
  if (key.ctrl && input === 'c') return { key: 'interrupt', at };
  if (key.escape) return { key: 'escape', at };
  if (key.return || input === '\n') return { key: 'enter', at };
  if (key.backspace) return { key: 'backspace', at };
  if (input === '' || key.ctrl || key.meta || key.eventType === 'repeat') return { key: 'other', at };
  return { key: graphemes(input).length === 1 ? 'character' : 'burst', text: input, at };
}
