import type { ActionIntent } from './intents/intent.ts';
import type { Item } from './items.ts';

/**
 * Words of a clause that an action leaves unexplained; a change that leaves any is asked about. `used` are the
 * items its arguments were read from: a figure that filled none of them was said for something else.
 */
export function leftovers(
  items: readonly Item[],
  intent: ActionIntent,
  acting: readonly Item[],
  used: readonly Item[],
): Item[] {
  const uses: readonly string[] = [...(intent.uses ?? []), ...(intent.needs ?? []).flat()];
  const many = intent.kinds.length === 0;
  return items.filter((item, at) => {
    if (acting.includes(item) || used.includes(item) || item.punctuation !== null) return false;
    if (item.names.length > 0) return many;
    if (item.quoted) return true;
    if (item.value !== null) return isUnusedValue(item, items, at, intent);
    if (item.unknown) return true;
    if (item.selector !== null && (!item.senses.some(isTopic) || picksKind(items, item))) return many;
    return item.senses.length > 0 && item.senses.every((sense) => isHeavy(sense.concept, uses));
  });
}

function isUnusedValue(item: Item, items: readonly Item[], at: number, intent: ActionIntent): boolean {
  const named = items.some((other) => other.names.length > 0);
  const setsTags = intent.slots.some((slot) => slot.from === 'tags');
  switch (item.value?.type) {
    // A word may be a namespace's name beside what it means here.
    case 'namespace':
      return false;
    // Which machines: `restart the ones with role=web`.
    case 'tag':
      return setsTags;
    case 'number':
      // `web server 1`, `both`, `the two`; and where it stood before: `from 3 to 5`.
      return !(item.number !== null && !isCounted(intent)) && named && !isOrigin(items, at);
    case 'size':
    case 'duration':
    case 'instance_type':
      return !isOrigin(items, at);
    default:
      return true;
  }
}

const isCounted = (intent: ActionIntent): boolean => intent.slots.some((slot) => slot.from === 'number');

/** `from 512 to 1024`, `512에서 1024로`, `从 512 改成 1024`: the figure something has now. */
export function isOrigin(items: readonly Item[], at: number): boolean {
  return (
    /^(?:from|从)$/u.test(items[at - 1]?.text ?? '') ||
    /^(?:에서|개에서|대에서)$/u.test(items[at + 1]?.text ?? '')
  );
}

const isTopic = ({ concept }: Item['senses'][number]): boolean =>
  /^(?:topic|measure|guarded):/u.test(concept);

/** `the log server`: a word before the kind of machine says which one. */
const picksKind = (items: readonly Item[], item: Item): boolean =>
  items[items.indexOf(item) + 1]?.senses.some((s) => s.concept.startsWith('kind:')) === true;

/** Words that carry content an action has to account for. */
function isHeavy(concept: string, uses: readonly string[]): boolean {
  if (uses.includes(concept)) return false;
  return /^(?:topic:|measure:|level:|read:|guarded:|act:|mark:which|mark:on$|mark:off$|month:)/u.test(
    concept,
  );
}
