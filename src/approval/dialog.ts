import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { Offer } from '../domain/approval-words.ts';
import type { ApprovalDecision } from '../domain/events.ts';
import { plainLine } from '../domain/plain-text.ts';
import { changesOf, isIrreversible } from './proposal-lines.ts';

/**
 * A key press or a paste. `at`: milliseconds of a clock that is never set (`performance.now()`), the same one
 * the dialog was opened by.
 */
export type DialogEvent = { at: number } & (
  | { key: 'character'; text: string }
  | { key: 'paste'; text: string }
  /**
   * Several characters in one read that the terminal did not mark as a paste: typed fast or over a slow
   * line, or typed ahead, or pasted into a terminal that marks nothing.
   */
  | { key: 'burst'; text: string }
  | { key: 'enter' }
  | { key: 'backspace' }
  | { key: 'escape' }
  | { key: 'interrupt' }
  | { key: 'other' }
);

/** Something that cannot be undone, and what may be typed to approve it. */
type NameWanted = { shown: string; accepted: readonly string[] };

/** Why the last key did nothing, for the person; null when it did something. */
type DialogHint =
  | 'wait'
  | 'paste_ignored'
  | 'enter_ignored'
  | 'enter_alone'
  | 'wrong_name'
  | 'unseen'
  | 'wrong_passphrase'
  | null;

type DialogPhase =
  /** `y`, `n`, `e`, `w`. */
  | { phase: 'choosing' }
  /** The name of each target that no undo brings back, one after the other. */
  | { phase: 'naming'; wanted: readonly NameWanted[]; which: number; typed: string }
  /** The yes is given; the key asks for its passphrase. Never drawn. */
  | { phase: 'passphrase'; typed: string }
  | { phase: 'settled'; decision: ApprovalDecision };

export type ApprovalDialog = {
  proposal: Proposal;
  flagged: readonly string[];
  /** When it opened, or when the last letter came that it did not hear. */
  quietSince: number;
  /** Whether the approver's key has a passphrase. */
  encrypted: boolean;
  /** Whether the last line of what is asked has been on the screen: before that there is no yes. */
  seen: boolean;
  offer: Offer;
  hint: DialogHint;
} & DialogPhase;

/**
 * No key counts before nothing was typed for this long: a hand that was typing something else has not read
 * the question yet, and a letter that is held down answers nothing.
 */
export const DEAF_MS = 500;

/** What a hand types as an answer does not show that a name was read, and a machine called "n" makes no yes of a no. */
const ANSWERS: ReadonlySet<string> = new Set('y n e w yes no ok 네 예 아니요 아니오 是 否 好 不'.split(' '));

/** A name that is shown otherwise than it is cannot be typed from the screen: then only the id counts. */
function wantedOf(proposal: Proposal): NameWanted[] {
  const targets = changesOf(proposal)
    .filter((change) => change.irreversible)
    .flatMap((change) => change.targets);
  return targets.map(({ id, name }) => {
    const answer = ANSWERS.has(name.normalize('NFKC').trim().toLowerCase());
    const honest = name !== '' && plainLine(name) === name && !answer;
    return honest ? { shown: name, accepted: [name, id] } : { shown: id, accepted: [id] };
  });
}

/** A dialog at the moment it is on the screen. `seen`: false where it may not all fit there. */
export function openDialog(of: {
  proposal: Proposal;
  flagged: readonly string[];
  encrypted: boolean;
  at: number;
  seen?: boolean;
  offer?: Offer;
}): ApprovalDialog {
  const { at, seen = true, offer = 'all', ...shown } = of;
  const phase: DialogPhase = isIrreversible(of.proposal)
    ? { phase: 'naming', wanted: wantedOf(of.proposal), which: 0, typed: '' }
    : { phase: 'choosing' };
  return { ...shown, seen, offer, quietSince: at, hint: null, ...phase };
}

/**
 * The passphrase asked for again, after one that was wrong. It hears at once: the yes was given before, and
 * whoever types a passphrase anew has nothing else under the hands.
 */
export function askPassphraseAgain(dialog: ApprovalDialog, at: number): ApprovalDialog {
  const hint = 'wrong_passphrase';
  return { ...bare(dialog), seen: true, quietSince: at - DEAF_MS, hint, phase: 'passphrase', typed: '' };
}

/** The letters that choose. There is no other road to a yes, and Enter is not among them. */
const CHOICES: Readonly<Record<string, ApprovalDecision['decision']>> = {
  y: 'approve',
  n: 'decline',
  e: 'edit',
  w: 'why',
};

const OFFERED: Readonly<Record<Offer, ReadonlySet<string>>> = {
  all: new Set('ynew'),
  without_edit: new Set('ynw'),
  yes_no: new Set('yn'),
};

function choiceOf({ offer }: ApprovalDialog, letter: string): ApprovalDecision['decision'] | undefined {
  return OFFERED[offer].has(letter) ? CHOICES[letter] : undefined;
}

/** What a dialog is about, whatever its phase. */
function bare({ proposal, flagged, quietSince, encrypted, seen, offer }: ApprovalDialog) {
  return { proposal, flagged, quietSince, encrypted, seen, offer, hint: null };
}

function settle(dialog: ApprovalDialog, decision: ApprovalDecision): ApprovalDialog {
  return { ...bare(dialog), phase: 'settled', decision };
}

function approve(dialog: ApprovalDialog): ApprovalDialog {
  if (!dialog.seen) return { ...dialog, hint: 'unseen' };
  if (!dialog.encrypted) return settle(dialog, { decision: 'approve' });
  return { ...bare(dialog), phase: 'passphrase', typed: '' };
}

function choose(dialog: ApprovalDialog, letter: string): ApprovalDialog {
  const decision = choiceOf(dialog, letter);
  if (!decision) return { ...dialog, hint: null };
  return decision === 'approve' ? approve(dialog) : settle(dialog, { decision });
}

type In<Phase extends DialogPhase['phase']> = Extract<ApprovalDialog, { phase: Phase }>;

function withoutLast(text: string): string {
  return [...new Intl.Segmenter().segment(text)]
    .slice(0, -1)
    .map(({ segment }) => segment)
    .join('');
}

function pressChoosing(dialog: In<'choosing'>, event: DialogEvent): ApprovalDialog {
  switch (event.key) {
    case 'character':
      return choose(dialog, event.text);
    case 'enter':
      return { ...dialog, hint: 'enter_ignored' };
    case 'paste':
    case 'burst':
      return { ...dialog, hint: 'paste_ignored' };
    default:
      return dialog;
  }
}

function confirmName(dialog: In<'naming'>): ApprovalDialog {
  const wanted = dialog.wanted[dialog.which];
  if (wanted?.accepted.includes(dialog.typed)) {
    const which = dialog.which + 1;
    return which < dialog.wanted.length ? { ...dialog, which, typed: '', hint: null } : approve(dialog);
  }
  const decision = choiceOf(dialog, dialog.typed);
  if (decision && decision !== 'approve') return settle(dialog, { decision });
  return { ...dialog, typed: '', hint: dialog.typed === '' ? 'enter_ignored' : 'wrong_name' };
}

/** The letters of a burst count as typed. Its Enter does not: the confirming Enter is pressed by itself. */
function typeBurst(dialog: In<'naming'>, text: string): ApprovalDialog {
  const [line = ''] = text.split(/[\r\n]/u);
  const letters = line.replace(/\p{Cc}/gu, '');
  return { ...dialog, typed: dialog.typed + letters, hint: line === text ? null : 'enter_alone' };
}

function pressNaming(dialog: In<'naming'>, event: DialogEvent): ApprovalDialog {
  switch (event.key) {
    case 'character':
      return { ...dialog, typed: dialog.typed + event.text, hint: null };
    case 'burst':
      return typeBurst(dialog, event.text);
    case 'backspace':
      return { ...dialog, typed: withoutLast(dialog.typed), hint: null };
    case 'enter':
      return confirmName(dialog);
    case 'paste':
      return { ...dialog, hint: 'paste_ignored' };
    default:
      return dialog;
  }
}

/** A passphrase may be pasted: the yes was given before, by hand. */
function pressPassphrase(dialog: In<'passphrase'>, event: DialogEvent): ApprovalDialog {
  switch (event.key) {
    case 'character':
      return { ...dialog, typed: dialog.typed + event.text, hint: null };
    case 'paste':
    case 'burst':
      return { ...dialog, typed: dialog.typed + event.text.replace(/[\r\n]+$/, ''), hint: null };
    case 'backspace':
      return { ...dialog, typed: withoutLast(dialog.typed), hint: null };
    case 'enter':
      return dialog.typed === '' ? dialog : settle(dialog, { decision: 'approve', passphrase: dialog.typed });
    default:
      return dialog;
  }
}

/** The dialog after a key. What was typed before it opened, or just after, changes nothing. */
export function pressDialog(dialog: ApprovalDialog, event: DialogEvent): ApprovalDialog {
  if (dialog.phase === 'settled') return dialog;
  if (event.at - dialog.quietSince < DEAF_MS) {
    const typing = event.key === 'character' || event.key === 'burst';
    return {
      ...dialog,
      quietSince: typing ? Math.max(dialog.quietSince, event.at) : dialog.quietSince,
      hint: 'wait',
    };
  }
  if (event.key === 'escape' || event.key === 'interrupt') return settle(dialog, { decision: 'decline' });
  switch (dialog.phase) {
    case 'choosing':
      return pressChoosing(dialog, event);
    case 'naming':
      return pressNaming(dialog, event);
    case 'passphrase':
      return pressPassphrase(dialog, event);
  }
}
