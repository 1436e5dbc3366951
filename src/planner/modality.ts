import type { Clause } from './clauses.ts';
import { any, family, has, type Item } from './items.ts';
import { describesState, isCaused } from './participles.ts';
import { unspokenChange } from './unspoken.ts';
import type { Act, Mood, Sense } from './vocabulary/concepts.ts';

/** What a sentence does with an action it names. Only `request` may become a change. */
type Disposition =
  | 'request'
  | 'negated'
  | 'hypothetical'
  | 'howto'
  | 'past'
  | 'reported'
  | 'conditional'
  | 'statement'
  | 'unclear'
  | 'not_an_action';

/** An action named in a clause. */
export type Action = {
  act: Act;
  item: Item;
  at: number;
  sense: Sense;
  disposition: Disposition;
  /** Its verb is left out. */
  unspoken?: boolean;
};

/** The actions of a clause, with what is done with each. */
export function actionsOf(clause: Clause, all: readonly Clause[]): Action[] {
  const sentence = all.filter((other) => other.sentence === clause.sentence);
  const found: Action[] = [];
  for (const [at, item] of clause.items.entries()) {
    if (item.quoted || (item.names.length > 0 && !item.collides)) continue;
    const senses = family(item, 'act:');
    if (senses.length === 0) continue;
    if (item.names.length > 0 && found.length > 0) continue;
    if (describesState(item, senses, sentence) || isTagNoun(clause.items, at)) continue;
    const sense = strongest(senses);
    const disposition = dispositionOf(item, at, sense, clause, sentence);
    if (disposition === 'not_an_action') continue;
    found.push({ act: sense.concept.slice('act:'.length) as Act, item, at, sense, disposition });
  }
  const unspoken = found.length === 0 ? unspokenIn(clause) : null;
  return unspoken === null ? found : [unspoken];
}

/** `without a cost-center tag`: after a word that is no courtesy and no name, an English `tag` is a noun. */
function isTagNoun(items: readonly Item[], at: number): boolean {
  const item = items[at];
  const before = items[at - 1];
  if (item === undefined || before === undefined || !/^(?:tags?|labels?)$/u.test(item.text)) return false;
  if (before.names.length > 0 || before.punctuation !== null || before.quoted) return false;
  return !before.senses.some((s) => /^(?:mark|ref):/u.test(s.concept));
}

/** `max_connections of orders-db to 500`: a change without a verb. */
function unspokenIn(clause: Clause): Action | null {
  const change = unspokenChange(clause);
  if (change === null) return null;
  const { item, at, asked } = change;
  const sense = { concept: 'act:set', mood: 'base', plural: false, passive: false, language: 'en' } as const;
  return { act: 'set', item, at, sense, disposition: asked ? 'unclear' : 'request', unspoken: true };
}

function strongest(senses: readonly Sense[]): Sense {
  const order: readonly Mood[] = [
    'negative',
    'reported',
    'about',
    'if',
    'howto',
    'past',
    'attributive',
    'request',
  ];
  for (const mood of order) {
    const sense = senses.find(
      (s) => s.mood === mood && (mood !== 'past' || !senses.some((o) => o.mood === 'base')),
    );
    if (sense !== undefined) return sense;
  }
  const first = senses.find((s) => s.mood === 'base') ?? senses[0];
  if (first === undefined) throw new RangeError('no sense to choose from');
  return first;
}

function dispositionOf(
  item: Item,
  at: number,
  sense: Sense,
  clause: Clause,
  sentence: readonly Clause[],
): Disposition {
  if (clause.reason) return 'not_an_action';
  const before = clause.items.slice(0, at);
  const after = clause.items.slice(at + 1);
  const around = sentence.flatMap((other) => other.items);
  if (sense.mood === 'negative' || isNegated(before, after, sense) || isNegatedBefore(clause, sentence))
    return 'negated';
  if (sense.mood === 'reported' || isReported(item, around, sense)) return 'reported';
  if (sense.mood === 'howto' || isHowto(item, before, after, around, sense)) return 'howto';
  if (any(around, 'mark:hypothetical')) return 'hypothetical';
  const caused = isCaused(item, sentence);
  if (!caused && isPast(item, before, after, around, sense)) return 'past';
  if (isQuestioned(item, around, sense, clause)) return 'hypothetical';
  // A Korean `-면` on the action itself supposes it, whatever follows.
  if (sense.mood === 'if') return 'hypothetical';
  if (sense.passive) return 'statement';
  const mood = caused ? 'request' : byMood(before, after, clause, sentence, sense, family(item, 'act:'));
  const later = isConditional(around, item) || isScheduled(clause, sentence, sense);
  return mood === 'request' && later ? 'conditional' : mood;
}

function isNegated(before: readonly Item[], after: readonly Item[], sense: Sense): boolean {
  const words = (items: readonly Item[]): Item[] =>
    items.filter(
      (item, i) => has(item, 'mark:negation') && item.names.length === 0 && !isExclusion(items, i),
    );
  const ahead = words(before);
  if (sense.language === 'ko') {
    const next = after.find((item) => !has(item, 'particle'));
    return ahead.length > 0 || (next !== undefined && has(next, 'mark:negation'));
  }
  if (ahead.length > 0 && !(any(before, 'mark:relative') && ahead.every((item) => item.text !== "don't")))
    return true;
  return words(after).some((item) => !isInRelative(after, item));
}

/** `do not go and stop it`: a negation with no action of its own reaches over the `and`. */
function isNegatedBefore(clause: Clause, sentence: readonly Clause[]): boolean {
  const earlier = clause.joined ? sentence[sentence.indexOf(clause) - 1] : undefined;
  if (earlier === undefined || earlier.reason) return false;
  return (
    earlier.items.some(
      (item, at) => has(item, 'mark:negation') && item.names.length === 0 && !isExclusion(earlier.items, at),
    ) && !earlier.items.some((item) => family(item, 'act:').length > 0 && item.names.length === 0)
  );
}

/** `not api-2` takes a target out; it does not take the action back. */
function isExclusion(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined || has(item, 'mark:except')) return true;
  const next = items.slice(at + 1).find((other) => !has(other, 'plain'));
  const prior = items.slice(0, at).some((other) => other.names.length > 0 || other.selector !== null);
  return prior && next !== undefined && next.names.length > 0;
}

function isInRelative(items: readonly Item[], item: Item): boolean {
  const at = items.indexOf(item);
  return items.slice(0, at).some((other) => has(other, 'mark:relative') || has(other, 'mark:because'));
}

function isReported(item: Item, around: readonly Item[], sense: Sense): boolean {
  return around.some(
    (other) =>
      has(other, 'mark:reported') &&
      other.names.length === 0 &&
      (sense.language === 'ko' || other.at < item.at),
  );
}

function isHowto(
  item: Item,
  before: readonly Item[],
  after: readonly Item[],
  around: readonly Item[],
  sense: Sense,
): boolean {
  if (sense.language === 'ko') return any(after, 'mark:howto') || any(before, 'mark:howto');
  if (sense.language === 'zh' && any(after, 'mark:howto')) return true;
  return around.some((other) => has(other, 'mark:howto') && other.at < item.at);
}

function isPast(
  item: Item,
  before: readonly Item[],
  after: readonly Item[],
  around: readonly Item[],
  sense: Sense,
): boolean {
  if (sense.mood === 'past' || sense.mood === 'attributive') return true;
  // `did orders-db fail over?`: English asks about the past with the plain form.
  if (sense.language === 'en' && before.some((other) => other.text === 'did' && other.names.length === 0))
    return true;
  const asks = around.some(
    (other) =>
      (sense.language !== 'en' || sense.mood !== 'base' || other.at < item.at) &&
      (has(other, 'mark:why') || has(other, 'mark:who') || has(other, 'mark:when')),
  );
  if (sense.language === 'zh') {
    if (any(before, 'mark:was')) return true;
    const next = after.find((other) => other.at === item.end);
    const done = item.text.endsWith('了') || (next !== undefined && has(next, 'mark:perfective'));
    if (done && (asks || any(after, 'mark:question'))) return true;
  }
  return asks && !(sense.mood === 'request' && sense.language === 'ko');
}

/** May I, should I, is it safe to: a question about the action. */
function isQuestioned(item: Item, around: readonly Item[], sense: Sense, clause: Clause): boolean {
  if (sense.mood === 'about') return true;
  const asked = around.some((other) => has(other, 'mark:ask'));
  const about = around.some(
    (other) =>
      has(other, 'mark:about') && !has(other, 'mark:ask') && (sense.language !== 'en' || other.at < item.at),
  );
  if (about) return true;
  if (sense.language === 'zh' && !asked) return any(clause.items, 'mark:question');
  return false;
}

function isConditional(around: readonly Item[], item: Item): boolean {
  return around.some(
    (other) =>
      other !== item &&
      other.names.length === 0 &&
      (has(other, 'mark:if') ||
        has(other, 'mark:future') ||
        family(other, 'act:').some((s) => s.mood === 'if') ||
        family(other, 'read:').some((s) => s.mood === 'if')),
  );
}

const SIZED: readonly string[] = ['act:set', 'act:grow', 'act:shrink', 'act:scale', 'act:resize'];

/** `at 10pm`, `wait 5 minutes, then …`: a time in the clause, or said before it with nothing to look at. */
function isScheduled(clause: Clause, sentence: readonly Clause[], sense: Sense): boolean {
  if (SIZED.includes(sense.concept)) return false;
  const timed = (items: readonly Item[]): boolean =>
    items.some(
      (item) =>
        item.value?.type === 'duration' || item.value?.type === 'clock' || item.value?.type === 'instant',
    );
  const looks = (items: readonly Item[]): boolean =>
    items.some(
      (item) => family(item, 'measure:').length > 0 || has(item, 'topic:log') || has(item, 'topic:change'),
    );
  const earlier = sentence.slice(0, sentence.indexOf(clause)).filter((other) => !looks(other.items));
  return timed(clause.items) || earlier.some((other) => timed(other.items));
}

function byMood(
  before: readonly Item[],
  after: readonly Item[],
  clause: Clause,
  sentence: readonly Clause[],
  sense: Sense,
  senses: readonly Sense[],
): Disposition {
  if (sense.mood === 'request') return 'request';
  if (sense.mood === 'connect') return asksLater(clause, sentence) ? 'request' : 'unclear';
  if (sense.mood === 'noun') return nounAsks(before, after) ? questionless(clause) : 'not_an_action';
  if (sense.mood === 'ing') return any(before, 'mark:ask') ? 'request' : 'statement';
  if (sense.mood === 'third') return 'not_an_action';
  if (sense.language === 'zh')
    return isAttributive(after) ? 'not_an_action' : zhRequest(before, clause, sense);
  return any(before, 'mark:if') ? 'request' : headOf(before, clause, senses);
}

/** A bare imperative with a question mark is not sure of itself. */
function questionless(clause: Clause): Disposition {
  return clause.question && !any(clause.items, 'mark:ask') && !any(clause.items, 'mark:please')
    ? 'unclear'
    : 'request';
}

function asksLater(clause: Clause, sentence: readonly Clause[]): boolean {
  const later = sentence.slice(sentence.indexOf(clause) + 1).flatMap((other) => other.items);
  return later.some(
    (item) =>
      item.senses.some(
        (s) =>
          (s.concept.startsWith('act:') || s.concept.startsWith('read:')) &&
          (s.mood === 'request' || s.mood === 'noun' || s.mood === 'base' || s.mood === 'negative'),
      ) || family(item, 'measure:').length > 0,
  );
}

/** A Korean noun (`재부팅`) asks when nothing else in the clause does the talking. */
function nounAsks(before: readonly Item[], after: readonly Item[]): boolean {
  const rest = [...before, ...after];
  const looks = (item: Item): boolean => item.names.length === 0 && family(item, 'read:').length > 0;
  if (rest.some((item) => looks(item) || isAsked(item))) return false;
  const blockers = [
    'topic:history',
    'topic:cause',
    'topic:runbook',
    'topic:todo',
    'topic:log',
    'topic:event',
    'topic:change',
  ] as const;
  return !rest.some((item) => item.names.length === 0 && blockers.some((concept) => has(item, concept)));
}

const isAsked = (item: Item): boolean =>
  item.names.length === 0 && (has(item, 'mark:which') || has(item, 'mark:why') || has(item, 'mark:who'));

function isAttributive(after: readonly Item[]): boolean {
  const next = after[0];
  return next !== undefined && has(next, 'mark:attributive');
}

/** `小王把 … 了`, `内存降到 512MB 了`: somebody who is no resource did it, or a figure that it has now: a report. */
function isTold(before: readonly Item[], clause: Clause, sense: Sense): boolean {
  const object = before.findIndex((item) => has(item, 'mark:object'));
  const end = clause.items.findLast((item) => item.punctuation === null);
  const done = end !== undefined && (has(end, 'mark:perfective') || end.text.endsWith('了'));
  const told = before.slice(0, Math.max(0, object)).some((item) => item.unknown && item.value === null);
  return done && (told || (SIZED.includes(sense.concept) && end.text === '了'));
}

function zhRequest(before: readonly Item[], clause: Clause, sense: Sense): Disposition {
  if (before.some((item) => has(item, 'mark:subject') && item.names.length === 0)) return 'statement';
  if (isTold(before, clause, sense)) return 'statement';
  if (clause.items.some((item) => has(item, 'mark:which') && item.names.length === 0)) return 'not_an_action';
  return questionless(clause);
}

/**
 * An English imperative stands at the head of its clause: before it come only courtesies, requests and the
 * things it is about. After an article it is a noun, unless something asks for it (`give web-1 a reboot`).
 */
function headOf(before: readonly Item[], clause: Clause, senses: readonly Sense[]): Disposition {
  const asks = before.some(
    (item) => has(item, 'mark:ask') || has(item, 'mark:want') || has(item, 'mark:please'),
  );
  const gives = before.some((item) => item.names.length === 0 && has(item, 'act:set'));
  const last = before.at(-1);
  const first = before.find((item) => !isCourtesy(item));
  const noun = (item: Item | undefined): boolean => item !== undefined && isArticle(item);
  if ((noun(last) || noun(first)) && !asks && !gives) return 'not_an_action';
  for (const item of before) {
    if (item.names.length > 0 || item.punctuation !== null) continue;
    // `bob set max_connections to 50`: the past form is the plain one, and somebody stands before it.
    if (item.unknown && item === last && clause.items[0] === item && senses.some((s) => s.mood === 'past'))
      return 'past';
    if (item.quoted || item.unknown) return 'unclear';
    if (item.senses.some((s) => s.concept.startsWith('read:')) && !asks && !has(item, 'mark:please'))
      return 'not_an_action';
    if (has(item, 'mark:subject') && !asks && !isCourtesy(item)) return 'statement';
    if (isTopic(item) && !asks) return 'not_an_action';
  }
  return questionless(clause);
}

const isArticle = (item: Item): boolean =>
  item.names.length === 0 &&
  /^(?:a|an|the|my|our|of|in|for|per|with|last|any|this|that|its)(?: |$)/u.test(item.text);

const isCourtesy = (item: Item): boolean => has(item, 'mark:please') || has(item, 'mark:want');

function isTopic(item: Item): boolean {
  if (item.selector !== null) return false;
  return item.senses.some(
    (s) =>
      s.concept.startsWith('measure:') ||
      s.concept === 'mark:which' ||
      (s.concept.startsWith('topic:') &&
        !item.senses.some((o) => o.concept.startsWith('kind:') || o.concept === 'plain')),
  );
}
