import { closeSync, openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { UsageError } from './usage-error.ts';

const DEVICE = '/dev/tty';
const CONTROL_C = '\u0003';
const CONTROL_D = '\u0004';
const BACKSPACES = new Set(['\u007f', '\b']);

/** Whether a person can be reached, whatever standard input and output are joined to. */
export function hasTerminal(): boolean {
  try {
    closeSync(openSync(DEVICE, 'r+'));
    return true;
  } catch {
    // Without a controlling terminal the device does not open; why makes no difference.
    return false;
  }
}

/** Reads one line from the terminal itself without showing it; null on Ctrl+C or Ctrl+D. Throws `UsageError`. */
export async function readSecret(prompt: string): Promise<string | null> {
  if (!hasTerminal()) throw new UsageError('this needs a terminal');
  const input = new ReadStream(openSync(DEVICE, 'r'));
  const output = new WriteStream(openSync(DEVICE, 'w'));
  input.setRawMode(true);
  output.write(prompt);
  try {
    return await lineFrom(input);
  } finally {
    input.setRawMode(false);
    output.write('\r\n');
    input.destroy();
    output.destroy();
  }
}

async function lineFrom(input: ReadStream): Promise<string | null> {
  input.setEncoding('utf8');
  let typed: string[] = [];
  for await (const chunk of input) {
    for (const character of String(chunk)) {
      if (character === '\r' || character === '\n') return typed.join('');
      if (character === CONTROL_C || character === CONTROL_D) return null;
      if (BACKSPACES.has(character)) typed = typed.slice(0, -1);
      else if (character >= ' ') typed.push(character);
    }
  }
  return null;
}
