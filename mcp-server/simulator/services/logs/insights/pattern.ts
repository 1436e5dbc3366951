import { MalformedQuery } from './malformed.ts';
import type { Token } from './tokens.ts';

/** `(?i)` at the start, as the language's own regular expressions have it. */
const INLINE_FLAGS = /^\(\?([imsx]+)\)/;

/** The regular expression between two slashes (or in a string). Throws `MalformedQuery` when it is none. */
export function regexOf({ text, start, end }: Token): RegExp {
  const flags = INLINE_FLAGS.exec(text);
  const source = text.slice(flags?.[0].length ?? 0);
  try {
    return new RegExp(source, (flags?.[1] ?? '').replace('x', ''));
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
    throw new MalformedQuery(`Invalid regular expression /${text}/: ${why}`, start, end);
  }
}

/** The names of a regular expression's groups, in their order. */
export function groupNames(regex: RegExp): string[] {
  return [...regex.source.matchAll(/(?<!\\)\(\?<([A-Za-z_]\w*)>/g)].map((match) => match[1] ?? '');
}

/**
 * What stands at the wildcards of a glob (`user=*, id:*`), or null when the text is not of that form. Each
 * takes as little as it can, the last one, when nothing follows it, all there is.
 */
export function globMatch(text: string, around: readonly string[]): string[] | null {
  const [first = '', ...rest] = around;
  const begin = text.indexOf(first);
  if (begin === -1) return null;
  let at = begin + first.length;
  const found: string[] = [];
  for (const [index, after] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const end = after === '' && isLast ? text.length : text.indexOf(after, at);
    if (end === -1) return null;
    found.push(text.slice(at, end));
    at = end + after.length;
  }
  return found;
}
