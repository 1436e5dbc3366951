import type { Writable } from 'node:stream';

/** Where a command writes: findings on one side, everything about them on the other. */
export type Output = {
  /** A line of data, on standard output. */
  data(line: string): void;
  /** A line about it: cards, notes, progress, errors; on standard error. */
  note(line: string): void;
  /** A line about what goes on, for a person who waits: not written to a file or a pipe. */
  progress(line: string): void;
  dim(text: string): string;
  bold(text: string): string;
  /** Resolves when all of it was taken. */
  flushed(): Promise<void>;
};

/**
 * A reader that goes away (`aiops ask ... | head`) ends the output, quietly: writing to it is over, the rest
 * of the command goes on.
 */
export function createOutput(
  stdout: Writable,
  stderr: Writable & { isTTY?: boolean },
  colour: boolean,
): Output {
  let gone = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!isGone(error)) throw error;
    gone = true;
  });
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (!isGone(error)) throw error;
  });
  const styled = (open: number, close: number) => (text: string) =>
    colour ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    data: (line) => {
      if (!gone) stdout.write(`${line}\n`);
    },
    note: (line) => {
      stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (stderr.isTTY) stderr.write(`${line}\n`);
    },
    dim: styled(2, 22),
    bold: styled(1, 22),
    flushed: async () => {
      await Promise.all([stdout, stderr].map(drained));
    },
  };
}

/** Nobody reads any more: the pipe's other end is closed, or the terminal is. */
function isGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EIO';
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) resolve();
    else stream.write('', () => resolve());
  });
}
