import { regexOf } from './pattern.ts';
import type { Expression, Named, Pattern, Period } from './syntax.ts';
import type { Token, Tokens } from './tokens.ts';

/** Deeper nesting is nobody's query. */
const DEEPEST = 100;

/** `or` binds weakest, then `and`, `not`, comparison, `+ -`, `* / %`, `^`. Throws `MalformedQuery`. */
export function parseExpression(tokens: Tokens, depth = 0): Expression {
  if (depth > DEEPEST) throw tokens.fail(tokens.peek());
  let left = both(tokens, depth);
  while (tokens.take('or')) left = { kind: 'either', left, right: both(tokens, depth) };
  return left;
}

function both(tokens: Tokens, depth: number): Expression {
  let left = negated(tokens, depth);
  while (tokens.take('and')) left = { kind: 'both', left, right: negated(tokens, depth) };
  return left;
}

function negated(tokens: Tokens, depth: number): Expression {
  if (depth > DEEPEST) throw tokens.fail(tokens.peek());
  if (tokens.take('not')) return { kind: 'not', of: negated(tokens, depth + 1) };
  return comparison(tokens, depth);
}

const COMPARISONS = ['!=', '<=', '>=', '=', '<', '>'] as const;

function comparison(tokens: Tokens, depth: number): Expression {
  const left = sum(tokens, depth);
  if (tokens.take('=~')) return { kind: 'matches', of: left, pattern: pattern(tokens, 'regex') };
  const not = tokens.take('not') !== undefined;
  const found = membership(tokens, left, depth);
  if (found !== undefined) return not ? { kind: 'not', of: found } : found;
  if (not) throw tokens.fail(tokens.peek());
  for (const operator of COMPARISONS) {
    if (tokens.take(operator)) return { kind: 'compare', operator, left, right: sum(tokens, depth) };
  }
  return left;
}

function membership(tokens: Tokens, of: Expression, depth: number): Expression | undefined {
  if (tokens.take('like')) return { kind: 'matches', of, pattern: pattern(tokens, 'text') };
  if (!tokens.take('in')) return undefined;
  tokens.expect('[');
  const values: Expression[] = [];
  do values.push(sum(tokens, depth + 1));
  while (tokens.take(','));
  tokens.expect(']');
  return { kind: 'among', of, values };
}

/** What follows `like` and `=~`: slashes always mean a regular expression, a string what the operator says. */
function pattern(tokens: Tokens, string: Pattern['kind']): Pattern {
  const regex = tokens.takeRegex();
  if (regex !== undefined) return { kind: 'regex', regex: regexOf(regex) };
  const token = tokens.next();
  if (token.kind !== 'string') throw tokens.fail(token);
  return string === 'text' ? { kind: 'text', text: token.text } : { kind: 'regex', regex: regexOf(token) };
}

function sum(tokens: Tokens, depth: number): Expression {
  let left = product(tokens, depth);
  for (;;) {
    const operator = tokens.take('+') ? '+' : tokens.take('-') ? '-' : undefined;
    if (operator === undefined) return left;
    left = { kind: 'arithmetic', operator, left, right: product(tokens, depth) };
  }
}

function product(tokens: Tokens, depth: number): Expression {
  let left = power(tokens, depth);
  for (;;) {
    const operator = (['*', '/', '%'] as const).find((one) => tokens.take(one) !== undefined);
    if (operator === undefined) return left;
    left = { kind: 'arithmetic', operator, left, right: power(tokens, depth) };
  }
}

function power(tokens: Tokens, depth: number): Expression {
  const base = single(tokens, depth);
  if (!tokens.take('^')) return base;
  return { kind: 'arithmetic', operator: '^', left: base, right: power(tokens, depth + 1) };
}

const CONSTANTS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
/** Words of the language itself, which no bare field name can be. */
const RESERVED = ['and', 'or', 'not', 'like', 'in', 'as', 'by', 'asc', 'desc'];

function single(tokens: Tokens, depth: number): Expression {
  if (depth > DEEPEST) throw tokens.fail(tokens.peek());
  if (tokens.take('-')) return { kind: 'negative', of: single(tokens, depth + 1) };
  if (tokens.take('(')) {
    const inner = parseExpression(tokens, depth + 1);
    tokens.expect(')');
    return inner;
  }
  const token = tokens.next();
  switch (token.kind) {
    case 'string':
      return { kind: 'literal', value: token.text };
    case 'number':
      return { kind: 'literal', value: Number(token.text) };
    case 'period':
      return { kind: 'period', period: periodOf(token, tokens) };
    case 'quoted_name':
      return { kind: 'field', name: token.text };
    case 'word':
      return word(tokens, token, depth);
    case 'symbol':
    case 'regex':
    case 'end':
      throw tokens.fail(token);
  }
}

function word(tokens: Tokens, token: Token, depth: number): Expression {
  const lower = token.text.toLowerCase();
  if (RESERVED.includes(lower)) throw tokens.fail(token);
  if (tokens.take('(')) return call(tokens, token, depth);
  if (Object.hasOwn(CONSTANTS, lower)) return { kind: 'literal', value: CONSTANTS[lower] ?? null };
  return { kind: 'field', name: token.text };
}

function call(tokens: Tokens, { text: name, start }: Token, depth: number): Expression {
  const args: Expression[] = [];
  // `count(*)` counts rows, as `count()` does.
  if (name.toLowerCase() === 'count') tokens.take('*');
  if (!tokens.take(')')) {
    do args.push(parseExpression(tokens, depth + 1));
    while (tokens.take(','));
    tokens.expect(')');
  }
  const end = tokens.taken();
  return { kind: 'call', name: name.toLowerCase(), args, text: tokens.text.slice(start, end), start, end };
}

const FIXED_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const MONTHS: Readonly<Record<string, number>> = { mo: 1, q: 3, y: 12 };

function periodOf(token: Token, tokens: Tokens): Period {
  const count = Number.parseInt(token.text, 10);
  const unit = token.text.slice(String(count).length);
  const fixed = FIXED_MS[unit];
  const months = MONTHS[unit];
  if (count > 0 && fixed !== undefined) return { kind: 'fixed', ms: count * fixed };
  if (count > 0 && months !== undefined) return { kind: 'months', count: count * months };
  throw tokens.fail(token);
}

/** `a, strlen(b) as length`: each under its own text unless it is given a name. */
export function parseNamed(tokens: Tokens): Named[] {
  const items: Named[] = [];
  do {
    const { start } = tokens.peek();
    const expression = parseExpression(tokens);
    const text = tokens.text.slice(start, tokens.taken());
    const own = expression.kind === 'field' ? expression.name : text;
    items.push({ expression, name: tokens.take('as') ? parseName(tokens) : own });
  } while (tokens.take(','));
  return items;
}

export function parseName(tokens: Tokens): string {
  const token = tokens.next();
  if (token.kind !== 'word' && token.kind !== 'quoted_name') throw tokens.fail(token);
  return token.text;
}
