import { isAggregate } from './aggregates.ts';
import { FUNCTIONS } from './functions.ts';
import { MalformedQuery } from './malformed.ts';
import { ceilTo, floorTo } from './periods.ts';
import { fieldOf, type Row } from './row.ts';
import type { Expression, Pattern, Period, Value } from './syntax.ts';
import { compare, isTrue, numberOf, textOf } from './values.ts';

/** An expression made ready: what it gives for a row, and whether that is a point in time. */
export type Compiled = { of(row: Row): Value; time: boolean };

/** What an expression is read against. */
export type Scope = {
  /** Epoch milliseconds: `now()`. */
  now: number;
  /** Columns the query itself made so far, and whether they are points in time. */
  made: ReadonlyMap<string, { time: boolean }>;
  /** Stands in for aggregates where they are allowed: as a column of `stats`. */
  aggregate?: (call: Call) => Compiled;
};

type Call = Extract<Expression, { kind: 'call' }>;

/** Throws `MalformedQuery` for a function that is none, or is given what it does not take. */
export function compile(expression: Expression, scope: Scope): Compiled {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return { of: () => value, time: false };
    }
    case 'period': {
      const ms = expression.period.kind === 'fixed' ? expression.period.ms : null;
      return { of: () => ms, time: false };
    }
    case 'field':
      return field(expression.name, scope);
    case 'call':
      return call(expression, scope);
    case 'not':
      return truth(compile(expression.of, scope).of, (value) => !isTrue(value));
    case 'negative': {
      const { of } = compile(expression.of, scope);
      return { of: (row) => negative(of(row)), time: false };
    }
    case 'arithmetic':
      return arithmetic(expression, scope);
    case 'compare':
      return comparison(expression, scope);
    case 'both': {
      const [left, right] = [compile(expression.left, scope).of, compile(expression.right, scope).of];
      return { of: (row) => isTrue(left(row)) && isTrue(right(row)), time: false };
    }
    case 'either': {
      const [left, right] = [compile(expression.left, scope).of, compile(expression.right, scope).of];
      return { of: (row) => isTrue(left(row)) || isTrue(right(row)), time: false };
    }
    case 'matches':
      return truth(compile(expression.of, scope).of, tester(expression.pattern));
    case 'among': {
      const values = expression.values.map((one) => compile(one, scope).of);
      const { of } = compile(expression.of, scope);
      return {
        of: (row) => {
          const value = of(row);
          return value !== null && values.some((one) => equal(value, one(row)));
        },
        time: false,
      };
    }
  }
}

function truth(of: (row: Row) => Value, test: (value: Value) => boolean): Compiled {
  return { of: (row) => test(of(row)), time: false };
}

const TIMES = ['@timestamp', '@ingestionTime'];

function field(name: string, { made }: Scope): Compiled {
  const own = made.get(name);
  if (own === undefined && name === '@message') return { of: (row) => row.message, time: false };
  if (own === undefined && name === '@timestamp') return { of: (row) => row.time, time: true };
  return { of: (row) => fieldOf(row, name), time: own?.time ?? TIMES.includes(name) };
}

function tester(pattern: Pattern): (value: Value) => boolean {
  switch (pattern.kind) {
    case 'text': {
      const { text } = pattern;
      return (value) => textOf(value)?.includes(text) ?? false;
    }
    case 'regex': {
      const { regex } = pattern;
      return (value) => {
        const said = textOf(value);
        return said !== null && regex.test(said);
      };
    }
  }
}

function negative(value: Value): number | null {
  const number = numberOf(value);
  return number === null ? null : -number;
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

function arithmetic(expression: Extract<Expression, { kind: 'arithmetic' }>, scope: Scope): Compiled {
  const left = compile(expression.left, scope).of;
  const right = compile(expression.right, scope).of;
  const operate = OPERATORS[expression.operator] ?? (() => Number.NaN);
  return {
    of: (row) => {
      const a = numberOf(left(row));
      const b = numberOf(right(row));
      const result = a === null || b === null ? Number.NaN : operate(a, b);
      return Number.isFinite(result) ? result : null;
    },
    time: false,
  };
}

function equal(a: Value, b: Value): boolean {
  return a !== null && b !== null && compare(a, b) === 0;
}

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** A field that a row does not have compares with nothing. */
function comparison(expression: Extract<Expression, { kind: 'compare' }>, scope: Scope): Compiled {
  const left = compile(expression.left, scope).of;
  const right = compile(expression.right, scope).of;
  const holds = TESTS[expression.operator] ?? (() => false);
  return {
    of: (row) => {
      const a = left(row);
      const b = right(row);
      return a !== null && b !== null && holds(compare(a, b));
    },
    time: false,
  };
}

function call(expression: Call, scope: Scope): Compiled {
  const { name, text, start, end } = expression;
  // After `stats`, `sort count(*) desc` means the column of that name.
  const own = scope.made.get(text);
  if (own !== undefined) return { of: (row) => fieldOf(row, text), time: own.time };
  if (isAggregate(name)) {
    if (scope.aggregate === undefined) {
      throw new MalformedQuery(`The aggregation function ${name} is only allowed in stats`, start, end);
    }
    return scope.aggregate(expression);
  }
  if (name === 'bin') return bin(expression, scope);
  if (name === 'datefloor' || name === 'dateceil') return rounded(expression, scope);
  if (name === 'now') return { of: () => Math.floor(scope.now / 1000), time: false };
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known === undefined) throw new MalformedQuery(`Invalid function name: ${name}`, start, end);
  checkCount(expression, known.takes);
  const args = expression.args.map((one) => compile(one, scope).of);
  const [only] = args;
  const time = known.time === true;
  if (args.length === 1 && only !== undefined) return { of: (row) => known.of([only(row)]), time };
  return { of: (row) => known.of(args.map((one) => one(row))), time };
}

export function checkCount({ args, name, start, end }: Call, [least, most]: readonly [number, number]): void {
  if (args.length >= least && args.length <= most) return;
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  throw new MalformedQuery(
    `Invalid number of arguments for function ${name}: expected ${wanted}, found ${args.length}`,
    start,
    end,
  );
}

function periodIn({ args, name, start, end }: Call, index: number): Period {
  const argument = args[index];
  if (argument?.kind === 'period') return argument.period;
  throw new MalformedQuery(`The function ${name} needs a period such as 5m or 1h`, start, end);
}

function bin(expression: Call, scope: Scope): Compiled {
  checkCount(expression, [1, 1]);
  const period = periodIn(expression, 0);
  const { of } = field('@timestamp', scope);
  return { of: (row) => floored(of(row), period), time: true };
}

function floored(value: Value, period: Period): number | null {
  const ms = numberOf(value);
  return ms === null ? null : floorTo(ms, period);
}

function rounded(expression: Call, scope: Scope): Compiled {
  checkCount(expression, [2, 2]);
  const period = periodIn(expression, 1);
  const [first] = expression.args;
  const { of } = compile(first ?? { kind: 'literal', value: null }, scope);
  const round = expression.name === 'datefloor' ? floorTo : ceilTo;
  return {
    of: (row) => {
      const ms = numberOf(of(row));
      return ms === null ? null : round(ms, period);
    },
    time: true,
  };
}
