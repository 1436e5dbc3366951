import type { Key } from 'ink';
import type { Press } from '../../src/terminal/keys.ts';

const UP: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

/** A piece of input as Ink hands it on. */
export function press(input: string, key: Partial<Key> = {}): Press {
  return { input, key: { ...UP, ...key } };
}

export const ENTER = press('\r', { return: true });
export const ESC = press('', { escape: true });
export const CTRL_C = press('c', { ctrl: true });
export const CTRL_D = press('d', { ctrl: true });
export const UP_ARROW = press('', { upArrow: true });
export const DOWN_ARROW = press('', { downArrow: true });
export const BACKSPACE = press('', { backspace: true });
export const TAB = press('', { tab: true });
export const SHIFT_TAB = press('', { tab: true, shift: true });

export function ctrl(letter: string): Press {
  return press(letter, { ctrl: true });
}

export function alt(letter: string): Press {
  return press(letter, { meta: true, shift: /[A-Z]/.test(letter) });
}
