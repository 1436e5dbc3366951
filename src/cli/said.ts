import type { Readable } from 'node:stream';
import type { Provenance } from '../domain/events.ts';
import type { Streams } from './parts.ts';
import { UsageError } from './usage-error.ts';

const LONGEST = 20_000;

/**
 * What was asked, and whose words it is. Words on the command line count as typed only when a person sits
 * there: standard input and standard error are terminals. What is piped in never does.
 */
export async function whatWasSaid(
  words: readonly string[],
  streams: Streams,
): Promise<{ text: string; provenance: Provenance }> {
  if (words.length > 0 && !isDash(words)) {
    const person = streams.stdin.isTTY === true && streams.stderr.isTTY === true;
    return { text: checked(words.join(' ')), provenance: person ? 'typed' : 'piped' };
  }
  if (streams.stdin.isTTY && !isDash(words))
    throw new UsageError('nothing was asked; say it as: aiops ask "list all instances"');
  return { text: checked(await readAll(streams.stdin)), provenance: 'piped' };
}

/** By custom, a lone dash stands for standard input; from a terminal it is read to its end (Ctrl+D). */
function isDash(words: readonly string[]): boolean {
  return words.length === 1 && words[0] === '-';
}

function checked(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new UsageError('nothing was asked: the text is empty');
  if (trimmed.length > LONGEST) throw new UsageError(`the text is longer than ${LONGEST} characters`);
  return trimmed;
}

export async function readAll(stream: Readable): Promise<string> {
  stream.setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) {
    text += chunk;
    if (text.length > LONGEST * 500) throw new UsageError('standard input is too long');
  }
  return text;
}
