import { family, has, hasMood, type Item } from './items.ts';

/** A part of a text with one thing to say. */
export type Clause = {
  items: Item[];
  /** The sentence it stands in, counted from 0. */
  sentence: number;
  /** Ends with a question mark. */
  question: boolean;
  /** Only gives the reason for what stands beside it. */
  reason: boolean;
  /** Joined to the clause before by `and`: what that one negates, this one does not ask for. */
  joined: boolean;
};

const SENTENCE_ENDS = '.?!;';

/** Verbs torn from their particle made whole, each by the particle that stands nearest: `turn web-1 off`. */
export type SplitVerb = {
  head: string;
  tail: string;
  concept: Item['senses'][number]['concept'];
  language: Item['senses'][number]['language'];
};

export function joinSplitVerbs(items: readonly Item[], verbs: readonly SplitVerb[]): Item[] {
  const out = [...items];
  for (const [at, item] of items.entries()) {
    for (const { verb, tail } of nearestTail(items, at, verbs)) {
      const sense = {
        concept: verb.concept,
        mood: 'base',
        plural: false,
        passive: false,
        language: verb.language,
      } as const;
      out[at] = { ...item, senses: [sense], unknown: false, selector: null, roles: [] };
      const plain = { ...sense, concept: 'plain' } as const;
      for (let i = tail.from; i <= tail.to; i += 1) {
        const old = out[i];
        if (old !== undefined) out[i] = { ...old, senses: [plain], unknown: false, selector: null };
      }
    }
  }
  return out;
}

type Tail = { from: number; to: number };

function nearestTail(
  items: readonly Item[],
  at: number,
  verbs: readonly SplitVerb[],
): { verb: SplitVerb; tail: Tail }[] {
  const found = verbs.flatMap((verb) => {
    const tail = items[at]?.text === verb.head ? tailAt(items, at, verb.tail) : null;
    return tail === null ? [] : [{ verb, tail }];
  });
  return found.sort((a, b) => a.tail.from - b.tail.from || b.tail.to - a.tail.to).slice(0, 1);
}

const REACH = 7;

/** `drop … to 128`, `bring … down to two`: with nothing to count after it, the tail is another verb's. */
const AMOUNT_TAIL = /^(?:to|(?:down|up) to)$/u;
const isAmount = (item: Item | undefined): boolean =>
  item?.number != null || ['number', 'size', 'duration'].includes(item?.value?.type ?? '');

function tailAt(items: readonly Item[], head: number, tail: string): Tail | null {
  for (let from = head + 2; from < Math.min(items.length, head + REACH); from += 1) {
    const item = items[from];
    if (item === undefined || (item.punctuation !== null && item.punctuation !== ',')) return null;
    const between = items[from - 1];
    if (between !== undefined && from - 1 > head && isOtherVerb(between)) return null;
    let text = '';
    for (let to = from; to < items.length && text.length < tail.length; to += 1) {
      text = text === '' ? (items[to]?.text ?? '') : `${text} ${items[to]?.text ?? ''}`;
      if (text === tail) return isAmount(items[to + 1]) || !AMOUNT_TAIL.test(tail) ? { from, to } : null;
    }
  }
  return null;
}

/** `详情` is what is to be seen, and stands beside other words as a noun does. */
const isNoun = (item: Item): boolean => has(item, 'read:describe') && has(item, 'topic:status');

/** `tag` in `take the owner tag off web-2` is no verb. */
const isOtherVerb = (item: Item): boolean =>
  family(item, 'act:').some((s) => s.mood === 'base') && !has(item, 'topic:tag_word');

const isVerb = (item: Item): boolean =>
  item.names.length === 0 &&
  !isNoun(item) &&
  item.senses.some(
    (s) =>
      (s.concept.startsWith('act:') || s.concept.startsWith('read:')) &&
      s.mood !== 'past' &&
      s.mood !== 'ing' &&
      s.mood !== 'third' &&
      s.mood !== 'attributive',
  );

const isAsking = (item: Item): boolean =>
  has(item, 'mark:why') || has(item, 'mark:who') || has(item, 'mark:which') || has(item, 'ref:withdraw');

const isPredicate = (items: readonly Item[]): boolean =>
  items.some((item) => isVerb(item) || isAsking(item) || family(item, 'act:').length > 0);

const isFiller = (item: Item): boolean =>
  item.names.length === 0 &&
  item.senses.some(
    (s) => s.concept === 'mark:please' || s.concept === 'mark:then' || s.concept === 'ref:also',
  );

/** A text cut into sentences, and those into clauses where a new verb begins. */
export function clausesOf(items: readonly Item[]): Clause[] {
  const clauses: Clause[] = [];
  let sentence: Item[] = [];
  let number = 0;
  const finish = (question: boolean): void => {
    if (sentence.length > 0) {
      for (const part of cut(sentence)) clauses.push({ ...part, sentence: number, question });
      number += 1;
    }
    sentence = [];
  };
  for (const item of items) {
    if (item.punctuation !== null && SENTENCE_ENDS.includes(item.punctuation))
      finish(item.punctuation === '?');
    else sentence.push(item);
  }
  finish(false);
  return clauses;
}

type Part = { items: Item[]; reason: boolean; joined: boolean };

/** `do not touch or stop it` is one thing to say. */
export const ALTERNATIVES: readonly string[] = [
  'or',
  'nor',
  '또는',
  '혹은',
  '이나',
  '나',
  '이든',
  '든',
  '或',
  '或者',
];

function cut(sentence: readonly Item[]): Part[] {
  const parts: Part[] = [];
  let current: Item[] = [];
  let reason = false;
  let joined = false;
  const flush = (): void => {
    const kept = current.filter((item) => item.punctuation === null || item.punctuation === ',');
    if (kept.some((item) => item.punctuation === null)) parts.push({ items: kept, reason, joined });
    current = [];
    reason = false;
    joined = false;
  };
  for (const [at, item] of sentence.entries()) {
    const rest = sentence.slice(at + 1);
    if (has(item, 'mark:because') && item.names.length === 0) {
      if (item.senses.some((s) => s.language === 'ko')) reason = true;
      else {
        flush();
        reason = true;
        continue;
      }
      flush();
      continue;
    }
    if (breaksBefore(item, current, rest)) {
      flush();
      joined = has(item, 'mark:and') || has(item, 'mark:then');
      if (item.punctuation !== null || !isVerb(item)) {
        if (!has(item, 'mark:negation')) continue;
      }
    }
    current.push(item);
    if (endsClause(item, rest)) flush();
  }
  flush();
  return parts;
}

/** Korean connecting endings close a clause: `재부팅하고`. */
function endsClause(item: Item, rest: readonly Item[]): boolean {
  if (rest.length === 0) return false;
  if (family(item, 'act:').some((s) => s.mood === 'connect')) return true;
  return (
    item.names.length === 0 &&
    family(item, 'act:').some((s) => s.mood === 'negative') &&
    item.text.endsWith('고')
  );
}

function breaksBefore(item: Item, before: readonly Item[], rest: readonly Item[]): boolean {
  if (before.length === 0) return false;
  const next = rest.find((other) => !isFiller(other) && other.punctuation === null);
  const stretch = untilBreak(rest);
  if (item.names.length > 0) return false;
  if (has(item, 'mark:then')) return isPredicate(before) && stretch.length > 0 && isPredicate(rest);
  const spares = next !== undefined && sparesSomething(next, stretch);
  if (spares && (has(item, 'mark:but') || has(item, 'mark:and') || item.punctuation === ','))
    return isPredicate(before);
  if (has(item, 'mark:but')) return isPredicate(rest) && (isPredicate(before) || rest.some(isVerb));
  if (item.punctuation === ',') {
    if (isPredicate(before) && explains(stretch)) return true;
    if (before.some((other) => other.unknown) && next !== undefined && hasMoodBase(next)) return true;
    if (!isPredicate(stretch)) return false;
    return (
      isPredicate(before) ||
      hasReport(before) ||
      (before.some((b) => b.names.length > 0) && stretch.some(refersBack))
    );
  }
  const stands = isPredicate(before) || before.some((other) => other.unknown);
  if (has(item, 'mark:and') && !ALTERNATIVES.includes(item.text))
    return stands && next !== undefined && startsClause(next, stretch);
  return false;
}

/** `… but don't touch gw-2`, `… and leave gw-2 alone`: says of another what is not to happen to it. */
function sparesSomething(next: Item, stretch: readonly Item[]): boolean {
  const leaves = has(next, 'ref:withdraw') || has(next, 'mark:negation');
  const touches = stretch.some((item) => has(item, 'topic:touch') || has(item, 'ref:withdraw'));
  return leaves && touches && stretch.some((item) => item.names.length > 0);
}

/** `restart it, it's unresponsive`: what follows only says why. */
const explains = (stretch: readonly Item[]): boolean =>
  !isPredicate(stretch) &&
  stretch.some((item) => has(item, 'ref:it') || has(item, 'ref:its')) &&
  stretch.some((item) => has(item, 'topic:symptom') || has(item, 'topic:problem'));

const refersBack = (item: Item): boolean => has(item, 'ref:it') || has(item, 'ref:them');

const hasReport = (items: readonly Item[]): boolean => items.some((item) => item.quoted);

function startsClause(next: Item, stretch: readonly Item[]): boolean {
  if (hasMoodBase(next)) return true;
  return next.senses.some((s) => s.language !== 'en') ? stretch.some(isVerb) : startsWithTarget(stretch);
}

/** `… and web-2 restart`: Korean and Chinese put the object first. */
function startsWithTarget(stretch: readonly Item[]): boolean {
  return (
    stretch.some((item) => isVerb(item) && item.senses.some((s) => s.language === 'ko')) &&
    stretch.some(refersBack)
  );
}

function hasMoodBase(item: Item): boolean {
  if (item.names.length > 0 || isNoun(item)) return false;
  return item.senses.some(
    (s) =>
      (s.concept.startsWith('act:') || s.concept.startsWith('read:')) &&
      s.mood === 'base' &&
      s.language !== 'ko',
  );
}

function untilBreak(rest: readonly Item[]): Item[] {
  const end = rest.findIndex(
    (item) => item.punctuation !== null || has(item, 'mark:then') || hasMood(item, 'mark:but', 'base'),
  );
  return rest.slice(0, end === -1 ? rest.length : end);
}
