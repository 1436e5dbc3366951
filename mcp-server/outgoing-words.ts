import type { Failure } from './contract/failure.ts';

const LONGEST_SENTENCE = 4_000;
const LONGEST_MENTION = 500;

/** Controls but line ends, format and bidirectional characters, separators of lines, lone surrogates. */
const SUSPECT = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Words for a person or a model, with what a terminal would obey or hide shown as escapes: names, tags and
 * reasons in them come from outside. Structured content stays as it came, marked untrusted in its schema.
 */
export function outgoingWords(text: string): string {
  return text.replace(SUSPECT, (character) =>
    character === '\t' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** A failure with its words made fit to be shown, and what it repeats of a caller's text kept short. */
export function outgoingFailure(failure: Failure): Failure {
  const { message, hint, mention } = failure;
  return {
    ...failure,
    message: outgoingWords(cut(message, LONGEST_SENTENCE)),
    ...(hint === undefined ? {} : { hint: outgoingWords(cut(hint, LONGEST_SENTENCE)) }),
    ...(mention === undefined ? {} : { mention: cut(mention, LONGEST_MENTION) }),
  };
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;
}
