import { foldName } from '../contract/name-folding.ts';

/** What can be named: by its id, its name or its ARN. */
export type Named = { id: string; name: string; arn?: string | undefined };

/**
 * `exact`: the id, the ARN or the name, folded; `close`: nothing is, and one resource is near;
 * `ambiguous`: several are named so, or nothing is and several are near; `unknown`: nothing is near.
 * `nearest` is for asking back, closest first.
 */
export type Match<T extends Named> =
  | { kind: 'exact'; found: T }
  | { kind: 'close'; found: T }
  | { kind: 'ambiguous'; nearest: T[] }
  | { kind: 'unknown'; nearest: T[] };

/** Blanks a person may leave around a name; not the invisible characters that `trim` would take with them. */
const AROUND = /^[\p{Zs}\t\r\n]+|[\p{Zs}\t\r\n]+$/gu;

/** No name is longer (a tag's value has 256 characters, an ARN more); comparing costs length times length. */
const LONGEST = 512;

const OFFERED = 5;
/** From here on two names count as near; between the two bounds a name is offered, but never taken. */
const CLOSE = 0.7;
const OFFERABLE = 0.45;

/**
 * Finds what mentions mean among what there is. Made once for many mentions.
 *
 * @param gone what still has an id and no longer goes by its name
 * @param near false leaves out the search for what comes close, which looks at every name
 */
export function createNameIndex<T extends Named>(
  among: readonly T[],
  gone: (it: T) => boolean = () => false,
  near = true,
): (mention: string) => Match<T> {
  const there = among.filter((it) => !gone(it));
  const byId = indexed(among, (it) => (it.arn === undefined ? [it.id] : [it.id, it.arn]));
  const byName = indexed(there, (it) => [it.name]);
  const byFolded = indexed(there, (it) => [foldName(it.name), foldName(it.id)]);

  return (mention) => {
    const said = mention.replace(AROUND, '');
    const literal = only(byId.get(said));
    if (literal) return { kind: 'exact', found: literal };
    const folded = foldName(said);
    const equal = folded === '' ? [] : (byFolded.get(folded) ?? []);
    const named = only(byName.get(said));
    // A name that spells another resource's id does not take its place.
    const idOfAnother = equal.some((it) => it !== named && foldName(it.id) === folded);
    if (named && !idOfAnother) return { kind: 'exact', found: named };
    const [first] = equal;
    if (first && equal.length === 1) return { kind: 'exact', found: first };
    if (first) return { kind: 'ambiguous', nearest: equal.slice(0, 50) };
    return near ? nearestTo(folded, there) : { kind: 'unknown', nearest: [] };
  };
}

function nearestTo<T extends Named>(folded: string, there: readonly T[]): Match<T> {
  const scored = there
    .map((it) => ({ it, score: nearness(folded, foldName(it.name)) }))
    .filter(({ score }) => score >= OFFERABLE)
    .sort((a, b) => b.score - a.score || (a.it.name < b.it.name ? -1 : 1));
  const nearest = scored.slice(0, OFFERED).map(({ it }) => it);
  const close = scored.filter(({ score }) => score >= CLOSE);
  const [first] = close;
  if (first && close.length === 1) return { kind: 'close', found: first.it };
  return { kind: close.length > 1 ? 'ambiguous' : 'unknown', nearest };
}

function indexed<T>(all: readonly T[], keysOf: (it: T) => string[]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const it of all) {
    for (const key of new Set(keysOf(it))) {
      const there = index.get(key);
      if (there) there.push(it);
      else index.set(key, [it]);
    }
  }
  return index;
}

function only<T>(all: readonly T[] | undefined): T | undefined {
  return all?.length === 1 ? all[0] : undefined;
}

/**
 * 0..1. A number said must be the name's number (`web-3` is never `web-2`); beyond that, a name that begins
 * with what was said, or one few slips of the pen away, is near.
 */
function nearness(said: string, name: string): number {
  if (said.length < 2 || said.length > LONGEST || name === '') return 0;
  const sameNumber = digitsOf(said) === '' || digitsOf(said) === digitsOf(name);
  const slips = 1 - editDistance(said, name) / Math.max(said.length, name.length);
  const part = name.startsWith(said) ? 0.9 : name.includes(said) && said.length >= 3 ? 0.75 : 0;
  const near = Math.max(slips, part);
  return sameNumber ? near : Math.min(near, CLOSE - 0.01);
}

function digitsOf(text: string): string {
  return text.replace(/\D+/g, ' ').trim();
}

/** Edit distance with neighbouring letters swapped as one slip (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
