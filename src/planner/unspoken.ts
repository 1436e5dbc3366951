import type { Clause } from './clauses.ts';
import { family, has, type Item } from './items.ts';
import type { Concept } from './vocabulary/concepts.ts';

/** What can be set without a verb, by the word for it. */
const LABELS: readonly Concept[] = [
  'topic:timeout',
  'topic:capacity',
  'topic:parameter',
  'topic:disk',
  'measure:memory',
  'measure:concurrency',
];
/** What has a size by itself: `cart to 5`. */
const SIZED_KINDS: readonly string[] = ['service', 'deployment', 'auto_scaling_group'];
/** A clause with one of these says, asks or denies something. */
const SAYS_MORE =
  /^(?:act|read|guarded|level|month|region):|^mark:(?!please$|object$|attributive$|on$|and$|want$|causative$)|^topic:(?:symptom|log|alarm|event|cost|history|change)$|^ref:(?:withdraw|no)$/u;

/**
 * A clause whose verb is left out: `max_connections of orders-db to 500`, `cart 5개로`. `asked` when a wish says
 * the number alone (`we need seven cart tasks`): that may state a fact, so it is asked about. Null otherwise.
 */
export function unspokenChange(clause: Clause): { item: Item; at: number; asked: boolean } | null {
  const { items } = clause;
  if (clause.question || clause.reason || !items.some((item) => item.names.length > 0)) return null;
  if (items.some((item) => item.names.length === 0 && saysMore(item))) return null;
  const sized = items.some(({ value }) => value?.type === 'size' || value?.type === 'duration');
  if (!items.some((item) => isSettable(item) || (sized && isFunction(item)))) return null;
  const at = directionAt(items);
  if (at !== null) {
    const item = items[at];
    return item === undefined ? null : { item, at, asked: false };
  }
  const wish = items.findIndex((item) => item.names.length === 0 && /(?:need|需要|필요)/u.test(item.text));
  const item = items[wish];
  return item !== undefined && items.some(isFigure) ? { item, at: wish, asked: true } : null;
}

const saysMore = (item: Item): boolean =>
  (item.unknown && item.value?.type !== 'identifier') ||
  item.quoted ||
  (item.senses.length > 0 &&
    item.senses.some((s) => SAYS_MORE.test(s.concept)) &&
    !item.senses.some(
      (s) => s.concept === 'plain' || s.concept === 'particle' || LABELS.includes(s.concept),
    ));

const isSettable = (item: Item): boolean =>
  item.names.some(({ kind }) => SIZED_KINDS.includes(kind)) ||
  item.value?.type === 'identifier' ||
  (item.names.length === 0 && LABELS.some((concept) => has(item, concept)));

const isFunction = (item: Item): boolean => item.names.some(({ kind }) => kind === 'function');

const isFigure = ({ value }: Item): boolean =>
  value?.type === 'number' || value?.type === 'size' || value?.type === 'duration';

/** Where the word for the direction stands, when the figure it leads to ends the clause. */
function directionAt(items: readonly Item[]): number | null {
  const figure = items.findLastIndex(isFigure);
  const tail = items.slice(figure + 1).filter((item) => !has(item, 'mark:please'));
  if (figure < 1) return null;
  const [first, ...more] = tail.filter(
    (item) => !has(item, 'unit:count') && item.text !== 'of' && !LABELS.some((concept) => has(item, concept)),
  );
  if (first !== undefined && /^(?:로|으로)$/u.test(first.text))
    return more.length === 0 ? items.indexOf(first) : null;
  if (first !== undefined || !/^(?:to|到|=)$/u.test(items[figure - 1]?.text ?? '')) return null;
  return items.some((item) =>
    family(item, 'time:').some((s) => s.concept === 'time:since' && item.text !== 'from'),
  )
    ? null
    : figure - 1;
}
