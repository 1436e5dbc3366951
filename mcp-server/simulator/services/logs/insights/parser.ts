import { NotSimulated } from '../../../wire/service-exception.ts';
import { parseExpression, parseName, parseNamed } from './expressions.ts';
import { MalformedQuery } from './malformed.ts';
import { groupNames, regexOf } from './pattern.ts';
import type { Command, ParsePattern } from './syntax.ts';
import { createTokens, type Token, type Tokens } from './tokens.ts';

/** Commands that Logs Insights has and this simulator does not. */
const NOT_ANSWERED = ['pattern', 'diff', 'anomaly', 'unnest', 'lookup', 'join', 'unmask', 'source'];

/**
 * Reads a query in the Logs Insights query language. Throws `MalformedQuery`, and `NotSimulated` for a command
 * that only AWS has.
 */
export function parseQuery(text: string): Command[] {
  const tokens = createTokens(text);
  const commands: Command[] = [];
  do {
    // A pipe may lead the query, too.
    if (commands.length === 0) tokens.take('|');
    commands.push(command(tokens));
  } while (tokens.take('|'));
  const rest = tokens.peek();
  if (rest.kind !== 'end') throw tokens.fail(rest);
  return commands;
}

const COMMANDS: Readonly<Record<string, (tokens: Tokens) => Command>> = {
  fields: (tokens) => ({ kind: 'fields', items: parseNamed(tokens) }),
  display: (tokens) => ({ kind: 'display', items: parseNamed(tokens) }),
  filter: (tokens) => ({ kind: 'filter', condition: parseExpression(tokens) }),
  stats: (tokens) => ({
    kind: 'stats',
    aggregates: parseNamed(tokens),
    by: tokens.take('by') ? parseNamed(tokens) : [],
  }),
  sort: (tokens) => ({ kind: 'sort', keys: sortKeys(tokens) }),
  limit: (tokens) => ({ kind: 'limit', count: wholeNumber(tokens) }),
  dedup: (tokens) => ({ kind: 'dedup', by: parseNamed(tokens) }),
  parse,
};

function command(tokens: Tokens): Command {
  const token = tokens.next();
  const name = token.text.toLowerCase();
  const known = token.kind === 'word' && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (known !== undefined) return known(tokens);
  if (token.kind === 'word' && NOT_ANSWERED.includes(name)) {
    throw new NotSimulated('logs', 'StartQuery', `the Logs Insights command "${name}"`);
  }
  throw tokens.fail(token);
}

function sortKeys(tokens: Tokens): { expression: ReturnType<typeof parseExpression>; descending: boolean }[] {
  const keys = [];
  do {
    const expression = parseExpression(tokens);
    const descending = tokens.take('desc') !== undefined;
    if (!descending) tokens.take('asc');
    keys.push({ expression, descending });
  } while (tokens.take(','));
  return keys;
}

function wholeNumber(tokens: Tokens): number {
  const token = tokens.next();
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw tokens.fail(token);
  return Number(token.text);
}

/** `parse @message "user=*" as user`, `parse @message /(?<user>\w+)/`; without a field, of `@message`. */
function parse(tokens: Tokens): Command {
  const { kind, text } = tokens.peek();
  const bare = kind === 'string' || (kind === 'symbol' && text === '/');
  const of = { kind: 'field', name: bare ? '@message' : parseName(tokens) } as const;
  const regex = tokens.takeRegex();
  return { kind: 'parse', of, pattern: regex ? regexPattern(tokens, regex) : globPattern(tokens) };
}

function regexPattern(tokens: Tokens, token: Token): ParsePattern {
  const regex = regexOf(token);
  const names = groupNames(regex);
  if (tokens.take('as')) return { kind: 'regex', regex, names: nameList(tokens) };
  if (names.length > 0) return { kind: 'regex', regex, names };
  throw new MalformedQuery(
    'Expected at least one named group in the regular expression',
    token.start,
    token.end,
  );
}

function globPattern(tokens: Tokens): ParsePattern {
  const token = tokens.next();
  if (token.kind !== 'string') throw tokens.fail(token);
  const around = token.text.split('*');
  tokens.expect('as');
  const names = nameList(tokens);
  if (names.length === around.length - 1) return { kind: 'glob', around, names };
  throw new MalformedQuery(
    `Expected ${around.length - 1} fields for the wildcards of the pattern, found ${names.length}`,
    token.start,
    tokens.taken(),
  );
}

function nameList(tokens: Tokens): string[] {
  const names: string[] = [];
  do names.push(parseName(tokens));
  while (tokens.take(','));
  return names;
}
