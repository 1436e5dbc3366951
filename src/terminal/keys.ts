import type { Key } from 'ink';
import type { HelpedKey } from '../language/prompt-words.ts';
import type { PromptEdit } from './prompt/prompt.ts';

/** What a key does in the chat. */
export type KeyAction =
  | Exclude<PromptEdit['edit'], 'insert' | 'clear'>
  | 'submit'
  | 'newline'
  | 'complete'
  | 'completeBack'
  | 'search'
  | 'searchNewer'
  | 'editOutside'
  | 'chord'
  | 'redraw'
  | 'open'
  | 'interrupt'
  | 'cancel'
  | 'leave'
  | 'pageUp'
  | 'pageDown';

type Named = 'return' | 'escape' | 'backspace' | 'delete' | 'home' | 'end' | 'pageUp' | 'pageDown' | 'tab';
type Arrow = 'leftArrow' | 'rightArrow' | 'upArrow' | 'downArrow';

/**
 * A key as it is pressed; of the modifiers, those not mentioned must be up. `any` takes the key with or without;
 * `chord`: right after Ctrl+X.
 */
type Stroke = {
  key?: Named | Arrow;
  letter?: string;
  ctrl?: true;
  meta?: true;
  shift?: true;
  any?: true;
  chord?: true;
};

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
    action: 'textStart',
    strokes: [
      { key: 'home', ctrl: true },
      { letter: '<', meta: true },
    ],
    label: 'Alt+< Alt+>',
    help: 'textEnds',
  },
  {
    action: 'textEnd',
    strokes: [
      { key: 'end', ctrl: true },
      { letter: '>', meta: true },
    ],
    label: 'Alt+< Alt+>',
    help: 'textEnds',
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
    label: 'Ctrl+W Alt+D',
    help: 'deleteWord',
  },
  {
    action: 'deleteWordForward',
    strokes: [
      { letter: 'd', meta: true },
      { key: 'delete', ctrl: true },
      { key: 'delete', meta: true },
    ],
    label: 'Ctrl+W Alt+D',
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
  { action: 'yank', strokes: [{ letter: 'y', ctrl: true }], label: 'Ctrl+Y Alt+Y', help: 'yank' },
  { action: 'yankOlder', strokes: [{ letter: 'y', meta: true }], label: 'Ctrl+Y Alt+Y', help: 'yank' },
  {
    action: 'redo',
    strokes: [
      { letter: 'Z', meta: true },
      { letter: 'z', meta: true, shift: true },
      { letter: '_', meta: true },
    ],
    label: 'Ctrl+_ Alt+Shift+Z',
    help: 'undo',
  },
  {
    action: 'undo',
    strokes: [
      // Terminals send this for Ctrl+_ and Ctrl+/; those that report keys one by one name them.
      { letter: '\x1f' },
      { letter: '_', ctrl: true },
      { letter: '-', ctrl: true },
      { letter: '/', ctrl: true },
      { letter: 'z', meta: true },
    ],
    label: 'Ctrl+_ Alt+Shift+Z',
    help: 'undo',
  },
  {
    action: 'completeBack',
    strokes: [{ key: 'tab', shift: true }],
    label: 'Tab',
    help: 'complete',
  },
  { action: 'complete', strokes: [{ key: 'tab' }], label: 'Tab', help: 'complete' },
  { action: 'search', strokes: [{ letter: 'r', ctrl: true }], label: 'Ctrl+R', help: 'search' },
  { action: 'searchNewer', strokes: [{ letter: 's', ctrl: true }], label: 'Ctrl+R', help: 'search' },
  {
    action: 'editOutside',
    strokes: [
      { letter: 'g', ctrl: true },
      { letter: 'e', ctrl: true, chord: true },
    ],
    label: 'Ctrl+G, Ctrl+X Ctrl+E',
    help: 'editOutside',
  },
  {
    action: 'chord',
    strokes: [{ letter: 'x', ctrl: true }],
    label: 'Ctrl+G, Ctrl+X Ctrl+E',
    help: 'editOutside',
  },
  { action: 'redraw', strokes: [{ letter: 'l', ctrl: true }], label: 'Ctrl+L', help: 'redraw' },
  { action: 'deleteBack', strokes: [{ key: 'backspace', any: true }], label: '← →', help: 'move' },
  { action: 'deleteForward', strokes: [{ key: 'delete' }], label: '← →', help: 'move' },
  { action: 'open', strokes: [{ letter: 'o', ctrl: true }], label: 'Ctrl+O', help: 'open' },
  { action: 'pageUp', strokes: [{ key: 'pageUp' }], label: '↑ ↓ PgUp PgDn', help: 'scroll' },
  { action: 'pageDown', strokes: [{ key: 'pageDown' }], label: '↑ ↓ PgUp PgDn', help: 'scroll' },
  { action: 'interrupt', strokes: [{ key: 'escape', any: true }], label: 'Esc', help: 'interrupt' },
  { action: 'cancel', strokes: [{ letter: 'c', ctrl: true }], label: 'Ctrl+C', help: 'cancel' },
  { action: 'leave', strokes: [{ letter: 'd', ctrl: true }], label: 'Ctrl+D', help: 'leave' },
];

/** A key press as Ink reports it. */
export type Press = { input: string; key: Key };

/** What a press does, or null when it writes (or means nothing). `chord`: Ctrl+X was pressed before it. */
export function actionOf(press: Press, chord = false): KeyAction | null {
  const bound = (inChord: boolean) =>
    BINDINGS.find(({ strokes }) =>
      strokes.some((stroke) => (stroke.chord ?? false) === inChord && matches(stroke, press)),
    );
  return (chord ? bound(true) : undefined)?.action ?? bound(false)?.action ?? null;
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
