import type { Value } from './syntax.ts';
import { compare, isTrue, numberOf, textOf } from './values.ts';

/** A function of values. Those that take a period (`bin`, `datefloor`) are the compiler's own. */
type PlainFunction = {
  /** How many arguments it takes, at least and at most. */
  takes: readonly [least: number, most: number];
  /** True when it gives a point in time. */
  time?: true;
  of(args: readonly Value[]): Value;
};

const numeric = (of: (value: number) => number): PlainFunction => ({
  takes: [1, 1],
  of: ([value = null]) => {
    const number = numberOf(value);
    return number === null ? null : finite(of(number));
  },
});

const text = (of: (value: string) => Value): PlainFunction => ({
  takes: [1, 1],
  of: ([value = null]) => {
    const said = textOf(value);
    return said === null ? null : of(said);
  },
});

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const trimmer =
  (start: boolean, end: boolean): PlainFunction['of'] =>
  ([value = null, characters = null]) => {
    const said = textOf(value);
    if (said === null) return null;
    const set = textOf(characters) ?? ' \t\r\n';
    let from = 0;
    let to = said.length;
    while (start && from < to && set.includes(said[from] ?? '')) from += 1;
    while (end && to > from && set.includes(said[to - 1] ?? '')) to -= 1;
    return said.slice(from, to);
  };

const extreme =
  (wanted: 1 | -1): PlainFunction['of'] =>
  (args) =>
    args.reduce((best, value) => {
      if (value === null) return best;
      return best === null || compare(value, best) * wanted > 0 ? value : best;
    }, null);

const time = (of: (ms: number) => number): PlainFunction => ({ ...numeric(of), time: true });

/**
 * Functions by their names in lower case.
 * Source: CloudWatch Logs user guide, "Supported operations and functions".
 */
export const FUNCTIONS: Readonly<Record<string, PlainFunction>> = {
  // general
  ispresent: { takes: [1, 1], of: ([value = null]) => value !== null },
  isempty: { takes: [1, 1], of: ([value = null]) => value === null || value === '' },
  isblank: { takes: [1, 1], of: ([value = null]) => (textOf(value) ?? '').trim() === '' },
  coalesce: { takes: [1, 20], of: (args) => args.find((value) => value !== null) ?? null },
  if: { takes: [3, 3], of: ([test = null, yes = null, no = null]) => (isTrue(test) ? yes : no) },
  // numbers
  abs: numeric(Math.abs),
  ceil: numeric(Math.ceil),
  floor: numeric(Math.floor),
  sqrt: numeric(Math.sqrt),
  log: numeric(Math.log),
  greatest: { takes: [1, 20], of: extreme(1) },
  least: { takes: [1, 20], of: extreme(-1) },
  // texts
  strlen: text((said) => [...said].length),
  toupper: text((said) => said.toUpperCase()),
  tolower: text((said) => said.toLowerCase()),
  trim: { takes: [1, 2], of: trimmer(true, true) },
  ltrim: { takes: [1, 2], of: trimmer(true, false) },
  rtrim: { takes: [1, 2], of: trimmer(false, true) },
  concat: { takes: [1, 20], of: (args) => args.map((value) => textOf(value) ?? '').join('') },
  substr: {
    takes: [2, 3],
    of: ([value = null, from = null, length = null]) => {
      const said = textOf(value);
      const start = numberOf(from);
      if (said === null || start === null) return null;
      const count = numberOf(length);
      return said.slice(start, count === null ? undefined : start + count);
    },
  },
  replace: {
    takes: [3, 3],
    of: ([value = null, search = null, by = null]) => {
      const said = textOf(value);
      const wanted = textOf(search);
      return said === null || wanted === null ? said : said.replaceAll(wanted, () => textOf(by) ?? '');
    },
  },
  strcontains: {
    takes: [2, 2],
    of: ([value = null, search = null]) => {
      const said = textOf(value);
      const wanted = textOf(search);
      return said === null || wanted === null ? null : Number(said.includes(wanted));
    },
  },
  // times
  frommillis: time((ms) => ms),
  tomillis: numeric((ms) => ms),
};
