import { closeSync, openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import stringWidth from 'string-width';
import type { ApprovalWords, Offer } from '../domain/approval-words.ts';
import type { ApprovalDecision } from '../domain/events.ts';
import { NO_KEYS, readKeys } from './device-keys.ts';
import { proposalText, questionText } from './device-screen.ts';
import { type ApprovalDialog, askPassphraseAgain, DEAF_MS, openDialog, pressDialog } from './dialog.ts';
import type { StandingTerms } from './sign.ts';

/** There is no terminal device: nobody can be asked. `ApprovalWords.noTerminal` says what to do. */
export class NoTerminalError extends Error {
  override readonly name = 'NoTerminalError';
}

type Device = { input: ReadStream; output: WriteStream };

/**
 * Opens the terminal itself, not standard input or output: what is piped into or out of the program is no
 * part of the question or the answer.
 */
function openDevice(path: string): Device {
  const opened: number[] = [];
  try {
    for (const flags of ['r', 'w']) opened.push(openSync(path, flags));
    const [readFrom = -1, writeTo = -1] = opened;
    return { input: new ReadStream(readFrom), output: new WriteStream(writeTo) };
  } catch (error) {
    for (const file of opened) closeSync(file);
    throw new NoTerminalError(`no terminal at ${path}`, { cause: error });
  }
}

const BRACKETED_PASTE_ON = '\u001b[?2004h';
const BRACKETED_PASTE_OFF = '\u001b[?2004l';
const CLEAR_FROM_LINE = '\r\u001b[J';

/** How many rows a text takes on a screen this wide: what has to be gone up to draw it again. */
function rowsOf(text: string, columns: number): number {
  return text
    .split('\n')
    .reduce((rows, line) => rows + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
}

/** Draws the question over the one before it. */
function redraw(output: WriteStream, before: string | null, text: string): void {
  const up = before === null ? 0 : rowsOf(before, output.columns || 80) - 1;
  output.write(`${up > 0 ? `\u001b[${up}A` : ''}${CLEAR_FROM_LINE}${text.replaceAll('\n', '\r\n')}`);
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Raw mode and bracketed paste for as long as `work` runs; put back however it ends, signals included. */
async function inRawMode<T>(device: Device, work: () => Promise<T>): Promise<T> {
  const restore = () => {
    device.output.write(BRACKETED_PASTE_OFF);
    device.input.setRawMode(false);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    restore();
    process.kill(process.pid, signal); // the listener is gone: this time it takes its course
  };
  for (const signal of ENDING_SIGNALS) process.once(signal, onSignal);
  device.input.setRawMode(true);
  device.output.write(BRACKETED_PASTE_ON);
  try {
    return await work();
  } finally {
    for (const signal of ENDING_SIGNALS) process.removeListener(signal, onSignal);
    restore();
  }
}

export type Asking = {
  proposal: ApprovalDialog['proposal'];
  flagged: readonly string[];
  /** The terms of a yes for the future; without them it is for this once. */
  standing?: StandingTerms;
  /** Whether the approver's key asks for a passphrase. */
  encrypted: boolean;
  /** Whether a passphrase opens the key; without it every one counts. */
  opens?: (passphrase: string) => boolean;
  /** What is offered beside yes and no. */
  offer: Offer;
  words: ApprovalWords;
  /** The machine's clock, by which proposals end. */
  now: () => Date;
  /** A clock that is never set, in milliseconds. */
  clock: () => number;
  /** Ends the question with a no. */
  signal?: AbortSignal;
  /** The terminal; `/dev/tty` is the one the program was started from. */
  path?: string;
};

/**
 * Tells when keys begin to count. The reducer's half second goes by the moment a key is handled; a busy
 * program could handle one late that was pressed early, so what is read up to and in the turn of the event
 * loop that ends the half second does not count either. `again`: a letter came too early, the half second begins anew.
 */
function countsFrom(): { now: () => boolean; again: () => void; stop: () => void } {
  let counts = false;
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    clearTimeout(timer);
    const begun = setTimeout(() => {
      setImmediate(() => {
        counts ||= timer === begun;
      });
    }, DEAF_MS);
    timer = begun;
  };
  again();
  return { now: () => counts, again, stop: () => clearTimeout(timer) };
}

/** How often a passphrase may be wrong before it counts as a no. */
const PASSPHRASE_TRIES = 3;

/** The longest a timer can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How long keys that follow the answer are waited for: they were meant for the question, not for the shell. */
const DRAIN_MS = 100;

function answerOf(device: Device, of: Asking): Promise<ApprovalDecision> {
  return new Promise((resolve) => {
    const counting = countsFrom();
    let tries = 0;
    let dialog = openDialog({ ...of, at: of.clock() });
    let keys = NO_KEYS;
    let shown: string | null = null;
    const show = () => {
      const text = questionText(dialog, of.words);
      redraw(device.output, shown, text);
      shown = text;
    };
    const done = (decision: ApprovalDecision) => {
      counting.stop();
      clearTimeout(expiry);
      device.input.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error');
      of.signal?.removeEventListener('abort', decline);
      device.output.write('\r\n');
      resolve(decision);
    };
    const decline = () => done({ decision: 'decline' });
    const ends = Date.parse(of.proposal.expires_at) - of.now().getTime();
    const expiry = setTimeout(
      () => done({ decision: 'expired' }),
      Math.min(Math.max(0, ends), LONGEST_TIMER_MS),
    );
    const settled = (decision: ApprovalDecision) => {
      const { passphrase } = decision.decision === 'approve' ? decision : {};
      if (passphrase === undefined || !of.opens || of.opens(passphrase)) return done(decision);
      tries += 1;
      if (tries === PASSPHRASE_TRIES) return done({ decision: 'decline', reason: 'wrong passphrase' });
      dialog = askPassphraseAgain(dialog, of.clock());
      show();
    };
    const onChunk = (chunk: string) => {
      const heard = counting.now();
      const read = readKeys(keys, chunk, heard ? of.clock() : dialog.quietSince);
      if (!heard && read.events.some(({ key }) => key === 'character')) counting.again();
      keys = read.keys;
      for (const event of read.events) dialog = pressDialog(dialog, event);
      show();
      if (dialog.phase === 'settled') settled(dialog.decision);
    };
    device.output.write(proposalText(of, of.words, of.now().getTime()).replaceAll('\n', '\r\n'));
    show();
    device.input.setEncoding('utf8').on('data', onChunk).once('end', decline).once('error', decline);
    of.signal?.addEventListener('abort', decline, { once: true });
    if (of.signal?.aborted) decline();
  });
}

/** Reads and drops what still comes, so that the shell does not get it. */
async function drain({ input }: Device): Promise<void> {
  const gone = Promise.withResolvers<void>();
  const dropped = () => {};
  input.on('data', dropped).on('error', dropped).resume();
  setTimeout(gone.resolve, DRAIN_MS);
  await gone.promise;
}

/** Asks on the terminal device. Throws `NoTerminalError`; a terminal that goes away is a no. */
export async function askOnTerminal(of: Asking): Promise<ApprovalDecision> {
  const device = openDevice(of.path ?? '/dev/tty');
  try {
    return await inRawMode(device, async () => {
      const decision = await answerOf(device, of);
      await drain(device);
      return decision;
    });
  } finally {
    device.input.destroy();
    device.output.destroy();
  }
}
