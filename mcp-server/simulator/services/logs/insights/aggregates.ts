import type { Value } from './syntax.ts';
import { compare, numberOf, textOf } from './values.ts';

/** Takes rows one after the other: the argument's value, and when the row was. */
export type Accumulator = { add(value: Value, time: number | null): void; result(): Value };

type Aggregate = {
  /** How many arguments it takes; the second of `pct` is a number written out. */
  takes: readonly [least: number, most: number];
  /** True when its result is of the kind its argument is: a time stays a time. */
  keepsKind?: true;
  start(parameter: number): Accumulator;
};

/** An accumulator over the numbers among the values. */
const overNumbers = (start: () => { add(value: number): void; result(): Value }) => (): Accumulator => {
  const { add, result } = start();
  return {
    add: (value) => {
      const number = numberOf(value);
      if (number !== null) add(number);
    },
    result,
  };
};

const reduced = (of: (sofar: number, value: number) => number) =>
  overNumbers(() => {
    let sofar: number | null = null;
    return {
      add: (value) => {
        sofar = sofar === null ? value : of(sofar, value);
      },
      result: () => sofar,
    };
  });

/** Keeps the value of the row for which `better` than the one before holds. */
const chosen =
  (better: (a: { value: Value; time: number }, b: { value: Value; time: number }) => boolean) =>
  (): Accumulator => {
    let best: { value: Value; time: number } | null = null;
    return {
      add: (value, time) => {
        if (value === null) return;
        const one = { value, time: time ?? 0 };
        if (best === null || better(one, best)) best = one;
      },
      result: () => best?.value ?? null,
    };
  };

/** Nearest rank: the smallest value that `share` per cent of all are not above. */
function percentile(values: number[], share: number): Value {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil((share / 100) * sorted.length)));
  return sorted[rank - 1] ?? null;
}

const percentiles = (parameter: number) =>
  overNumbers(() => {
    const values: number[] = [];
    return { add: (value) => values.push(value), result: () => percentile(values, parameter) };
  })();

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count: {
    takes: [0, 1],
    start: () => {
      let count = 0;
      return {
        add: (value) => {
          if (value !== null) count += 1;
        },
        result: () => count,
      };
    },
  },
  count_distinct: {
    takes: [1, 1],
    start: () => {
      const seen = new Set<string>();
      return {
        add: (value) => {
          const said = textOf(value);
          if (said !== null) seen.add(said);
        },
        result: () => seen.size,
      };
    },
  },
  sum: { takes: [1, 1], start: reduced((sofar, value) => sofar + value) },
  min: { takes: [1, 1], keepsKind: true, start: chosen((a, b) => compare(a.value, b.value) < 0) },
  max: { takes: [1, 1], keepsKind: true, start: chosen((a, b) => compare(a.value, b.value) > 0) },
  avg: {
    takes: [1, 1],
    start: overNumbers(() => {
      let sum = 0;
      let count = 0;
      return {
        add: (value) => {
          sum += value;
          count += 1;
        },
        result: () => (count === 0 ? null : sum / count),
      };
    }),
  },
  stddev: {
    takes: [1, 1],
    start: overNumbers(() => {
      // Welford's method: no large sums to take from each other.
      let count = 0;
      let mean = 0;
      let spread = 0;
      return {
        add: (value) => {
          count += 1;
          const away = value - mean;
          mean += away / count;
          spread += away * (value - mean);
        },
        result: () => (count === 0 ? null : Math.sqrt(spread / count)),
      };
    }),
  },
  median: { takes: [1, 1], start: () => percentiles(50) },
  pct: { takes: [2, 2], start: percentiles },
  earliest: { takes: [1, 1], keepsKind: true, start: chosen((a, b) => a.time < b.time) },
  latest: { takes: [1, 1], keepsKind: true, start: chosen((a, b) => a.time > b.time) },
  sortsfirst: { takes: [1, 1], keepsKind: true, start: chosen((a, b) => compare(a.value, b.value) < 0) },
  sortslast: { takes: [1, 1], keepsKind: true, start: chosen((a, b) => compare(a.value, b.value) > 0) },
};

export function isAggregate(name: string): boolean {
  return Object.hasOwn(AGGREGATES, name);
}
