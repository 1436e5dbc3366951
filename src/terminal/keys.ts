import type { Key } from 'ink';
import type { HelpedKey } from '../language/words.ts';
import type { PromptEdit } from './prompt/prompt.ts';

/** What a key does in the chat. */
export type KeyAction =
  | Exclude<PromptEdit['edit'], 'insert' | 'clear'>
  | 'submit'
  | 'newline'
  | 'interrupt'
  | 'cancel'
  | 'leave'
  | 'pageUp'
  | 'pageDown';

type Named = 'return' | 'escape' | 'backspace' | 'delete' | 'home' | 'end' | 'pageUp' | 'pageDown' | 'tab';
type Arrow = 'leftArrow' | 'rightArrow' | 'upArrow' | 'downArrow';

/** A key as it is pressed; of the modifiers, those not mentioned must be up. `any` takes the key with or without. */
type Stroke = { key?: Named | Arrow; letter?: string; ctrl?: true; meta?: true; shift?: true; any?: true };

type Binding = {
  action: KeyAction;
  strokes: readonly Stroke[];
  /** How the help writes it, and the entry it stands under there; several bindings may share one. */
  label: string;
  help: HelpedKey;
};

/** Every key of the chat, for handling and for the help. The first that matches wins. */
const BINDINGS: readonly Binding[] = [
  {
    action: 'newline',
    strokes: [{ key: 'return', meta: true }, { key: 'return', shift: true }, { letter: '\n' }],
    label: 'Alt+Enter, Shift+Enter',
    help: 'newline',
  },
  { action: 'submit', strokes: [{ key: 'return' }], label: 'Enter', help: 'submit' },
  { action: 'up', strokes: [{ key: 'upArrow' }, { letter: 'p', ctrl: true }], label: '↑ ↓', help: 'history' },
  {
    action: 'down',
    strokes: [{ key: 'downArrow' }, { letter: 'n', ctrl: true }],
    label: '↑ ↓',
    help: 'history',
  },
  {
    action: 'wordLeft',
    strokes: [
      { key: 'leftArrow', ctrl: true },
      { key: 'leftArrow', meta: true },
      { letter: 'b', meta: true },
    ],
    label: 'Alt+← Alt+→',
    help: 'words',
  },
  {
    action: 'wordRight',
    strokes: [
      { key: 'rightArrow', ctrl: true },
      { key: 'rightArrow', meta: true },
      { letter: 'f', meta: true },
    ],
    label: 'Alt+← Alt+→',
    help: 'words',
  },
  {
    action: 'left',
    strokes: [{ key: 'leftArrow' }, { letter: 'b', ctrl: true }],
    label: '← →',
    help: 'move',
  },
  {
    action: 'right',
    strokes: [{ key: 'rightArrow' }, { letter: 'f', ctrl: true }],
    label: '← →',
    help: 'move',
  },
  {
    action: 'lineStart',
    strokes: [{ key: 'home' }, { letter: 'a', ctrl: true }],
    label: 'Ctrl+A Ctrl+E',
    help: 'ends',
  },
  {
    action: 'lineEnd',
    strokes: [{ key: 'end' }, { letter: 'e', ctrl: true }],
    label: 'Ctrl+A Ctrl+E',
    help: 'ends',
  },
  {
    action: 'deleteWord',
    strokes: [
      { letter: 'w', ctrl: true },
      { key: 'backspace', meta: true },
      { key: 'backspace', ctrl: true },
    ],
    label: 'Ctrl+W',
    help: 'deleteWord',
  },
  {
    action: 'deleteToStart',
    strokes: [{ letter: 'u', ctrl: true }],
    label: 'Ctrl+U Ctrl+K',
    help: 'deleteLine',
  },
  {
    action: 'deleteToEnd',
    strokes: [{ letter: 'k', ctrl: true }],
    label: 'Ctrl+U Ctrl+K',
    help: 'deleteLine',
  },
  { action: 'deleteBack', strokes: [{ key: 'backspace', any: true }], label: '← →', help: 'move' },
  { action: 'deleteForward', strokes: [{ key: 'delete' }], label: '← →', help: 'move' },
  { action: 'pageUp', strokes: [{ key: 'pageUp' }], label: '↑ ↓ PgUp PgDn', help: 'scroll' },
  { action: 'pageDown', strokes: [{ key: 'pageDown' }], label: '↑ ↓ PgUp PgDn', help: 'scroll' },
  { action: 'interrupt', strokes: [{ key: 'escape', any: true }], label: 'Esc', help: 'interrupt' },
  { action: 'cancel', strokes: [{ letter: 'c', ctrl: true }], label: 'Ctrl+C', help: 'cancel' },
  { action: 'leave', strokes: [{ letter: 'd', ctrl: true }], label: 'Ctrl+D', help: 'leave' },
];

/** A key press as Ink reports it. */
export type Press = { input: string; key: Key };

/** What a press does, or null when it writes (or means nothing). */
export function actionOf(press: Press): KeyAction | null {
  return BINDINGS.find(({ strokes }) => strokes.some((stroke) => matches(stroke, press)))?.action ?? null;
}

function matches(stroke: Stroke, { input, key }: Press): boolean {
  if (stroke.key ? !key[stroke.key] : input !== stroke.letter) return false;
  if (stroke.any) return true;
  return (
    key.ctrl === (stroke.ctrl ?? false) &&
    (stroke.key === 'escape' || key.meta === (stroke.meta ?? false)) &&
    // Shift matters only where a binding asks for it: Shift with an arrow still moves.
    (!stroke.shift || key.shift)
  );
}

/** The help's lines: each label with its entry, in the order of the table, once. */
export function helpedKeys(): { label: string; help: HelpedKey }[] {
  return BINDINGS.filter(({ help }, index) => BINDINGS.findIndex((each) => each.help === help) === index).map(
    ({ label, help }) => ({ label, help }),
  );
}
