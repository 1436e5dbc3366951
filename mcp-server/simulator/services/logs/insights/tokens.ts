import { type MalformedQuery, unexpected } from './malformed.ts';

export type Token = {
  kind: 'word' | 'quoted_name' | 'string' | 'number' | 'period' | 'symbol' | 'regex' | 'end';
  /** The word, the string's content, the number's digits, the pattern between the slashes. */
  text: string;
  start: number;
  end: number;
};

const SPACE = /(?:\s|#[^\n]*)+/y;
const WORD = /@?[\p{L}_][\p{L}\p{N}_.@]*/uy;
const PERIOD = /\d+(?:ms|mo|[smhdwqy])(?![\p{L}\p{N}_])/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SYMBOL = /!=|<=|>=|=~|[=<>+\-*/%^()[\],|]/y;
const STRING = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y;
const QUOTED_NAME = /`[^`]*`/y;
const REGEX = /\/(?:[^/\\\n]|\\[^\n])+\//y;

/** Reads a query word by word. What a slash means only the parser knows: it asks for a `regex` where one may stand. */
export type Tokens = {
  readonly text: string;
  peek(): Token;
  next(): Token;
  /** Takes the next token when it is this symbol or, in any case, this word. */
  take(text: string): Token | undefined;
  /** As `take`; anything else ends the query as malformed. */
  expect(text: string): Token;
  /** A pattern between slashes, when one stands next. */
  takeRegex(): Token | undefined;
  /** Where the last token that was taken ended. */
  taken(): number;
  fail(token: Token): MalformedQuery;
};

export function createTokens(text: string): Tokens {
  let at = 0;
  let last = 0;
  let ahead: Token | undefined;

  function matched(pattern: RegExp, from: number): string | undefined {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0];
  }
  function skip(): void {
    at += matched(SPACE, at)?.length ?? 0;
  }
  function read(): Token {
    skip();
    const token = (kind: Token['kind'], raw: string, value = raw): Token => ({
      kind,
      text: value,
      start: at,
      end: at + raw.length,
    });
    if (at >= text.length) return token('end', '');
    const string = matched(STRING, at);
    if (string !== undefined) return token('string', string, unescaped(string.slice(1, -1)));
    const quoted = matched(QUOTED_NAME, at);
    if (quoted !== undefined) return token('quoted_name', quoted, quoted.slice(1, -1));
    for (const [kind, pattern] of SIMPLE) {
      const found = matched(pattern, at);
      if (found !== undefined) return token(kind, found);
    }
    throw unexpected(text, at, at + 1);
  }
  function peek(): Token {
    ahead ??= read();
    return ahead;
  }
  function next(): Token {
    const token = peek();
    ahead = undefined;
    at = token.end;
    last = token.end;
    return token;
  }
  function take(wanted: string): Token | undefined {
    const { kind, text: said } = peek();
    const is = kind === 'symbol' ? said === wanted : kind === 'word' && said.toLowerCase() === wanted;
    return is ? next() : undefined;
  }
  const fail = (token: Token) => unexpected(text, token.start, token.end);
  return {
    text,
    peek,
    next,
    take,
    fail,
    expect: (wanted) => {
      const token = take(wanted);
      if (token === undefined) throw fail(peek());
      return token;
    },
    takeRegex: () => {
      ahead = undefined;
      skip();
      const found = matched(REGEX, at);
      if (found === undefined) return undefined;
      const start = at;
      at += found.length;
      last = at;
      return { kind: 'regex', text: found.slice(1, -1), start, end: at };
    },
    taken: () => last,
  };
}

const SIMPLE = [
  ['word', WORD],
  ['period', PERIOD],
  ['number', NUMBER],
  ['symbol', SYMBOL],
] as const;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character);
}
