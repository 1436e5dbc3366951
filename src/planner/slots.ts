import type { ActionIntent, Slot } from './intents/intent.ts';
import { any, has, type Item } from './items.ts';

type Filled = { ok: true; value: unknown } | { ok: false };
const missing: Filled = { ok: false };

const last = <T>(list: readonly T[]): T | undefined => list.at(-1);

function numbers(items: readonly Item[]): number[] {
  return items.flatMap((item) => (item.value?.type === 'number' ? [item.value.value] : []));
}

function megabytes(items: readonly Item[]): number | null {
  const sizes = items.flatMap((item) => (item.value?.type === 'size' ? [item.value.megabytes] : []));
  return last(sizes) ?? null;
}

/** The value of an action's argument that is not its target; only what the clause itself says. */
export function fill(slot: Exclude<Slot, { from: 'target' }>, items: readonly Item[]): Filled {
  const relative = any(items, 'mark:relative_amount');
  switch (slot.from) {
    case 'number': {
      const value = last(numbers(items));
      return relative || value === undefined || !Number.isInteger(value) ? missing : { ok: true, value };
    }
    case 'gigabytes': {
      const size = megabytes(items);
      const value = size === null ? last(numbers(items)) : size / 1024;
      return relative || value === undefined || !Number.isInteger(value) ? missing : { ok: true, value };
    }
    case 'volume': {
      const volume = items.find((item) => item.value?.type === 'volume')?.value;
      return volume?.type === 'volume' ? { ok: true, value: volume.text } : missing;
    }
    case 'megabytes': {
      const size = megabytes(items);
      return relative || size === null ? missing : { ok: true, value: size };
    }
    case 'seconds': {
      const duration = items.find((item) => item.value?.type === 'duration')?.value;
      return relative || duration?.type !== 'duration' ? missing : { ok: true, value: duration.ms / 1000 };
    }
    case 'instance_type': {
      const type = last(
        items.flatMap((item) => (item.value?.type === 'instance_type' ? [item.value.text] : [])),
      );
      return type === undefined ? missing : { ok: true, value: type };
    }
    case 'parameter': {
      const name = items.find((item) => item.value?.type === 'identifier')?.value;
      return name?.type === 'identifier' ? { ok: true, value: name.text } : missing;
    }
    case 'parameter_value': {
      const value = last(numbers(items));
      if (relative) return missing;
      if (value !== undefined) return { ok: true, value: String(value) };
      return any(items, 'mark:on')
        ? { ok: true, value: 'on' }
        : any(items, 'mark:off')
          ? { ok: true, value: 'off' }
          : missing;
    }
    case 'namespace': {
      const value = namespaceIn(items);
      return value === null ? missing : { ok: true, value };
    }
    case 'tags': {
      const tags = tagsIn(items);
      return Object.keys(tags).length === 0 ? missing : { ok: true, value: tags };
    }
    case 'on_off':
      return onOff(items);
    case 'drift_type':
      return missing;
  }
}

/** Whether the figures a row needs stand in the clause. */
export function hasValue(needs: NonNullable<ActionIntent['needsValue']>, items: readonly Item[]): boolean {
  const type = (name: string): boolean => items.some((item) => item.value?.type === name);
  switch (needs) {
    case 'volume':
      return type('volume');
    case 'size':
      return type('size');
    case 'instance_type':
      return items.some((item) => item.value?.type === 'instance_type' && !item.value.text.startsWith('db.'));
    case 'database_class':
      return items.some((item) => item.value?.type === 'instance_type' && item.value.text.startsWith('db.'));
    case 'duration':
      return type('duration');
    case 'parameter':
      return type('identifier');
  }
}

/** The namespace a clause names: a known one, or the word beside `namespace`, or the one after `in`. */
export function namespaceIn(items: readonly Item[]): string | null {
  const known = last(items.filter((item) => item.value?.type === 'namespace'));
  if (known !== undefined) return known.text;
  const at = items.findIndex((item) => has(item, 'topic:namespace'));
  if (at === -1) return null;
  const near = [items[at - 1], items[at + 1]].find(
    (item) => item?.unknown === true || (item?.names.length ?? 0) > 0,
  );
  return near?.text ?? null;
}

function tagsIn(items: readonly Item[]): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const item of items) if (item.value?.type === 'tag') tags[item.value.key] = item.value.value;
  return tags;
}

function onOff(items: readonly Item[]): Filled {
  const off = ['act:stop', 'act:disable', 'mark:off'] as const;
  const on = ['act:start', 'act:enable', 'mark:on'] as const;
  const isOff = off.some((concept) => any(items, concept));
  const isOn = on.some((concept) => any(items, concept));
  return isOff === isOn ? missing : { ok: true, value: isOn };
}

/** Words of a clause that an action leaves unexplained; a change that leaves any is asked about. */
export function leftovers(items: readonly Item[], intent: ActionIntent, acting: readonly Item[]): Item[] {
  const uses: readonly string[] = [...(intent.uses ?? []), ...(intent.needs ?? []).flat()];
  const figures = intent.slots.some((slot) => slot.from !== 'target' && slot.from !== 'namespace');
  const many = intent.kinds.length === 0;
  const named = items.some((item) => item.names.length > 0);
  return items.filter((item) => {
    if (acting.includes(item) || item.punctuation !== null) return false;
    if (item.names.length > 0) return many;
    if (item.quoted) return true;
    if (item.value !== null) {
      if (item.value.type === 'namespace' || item.value.type === 'tag') return false;
      // A volume that the action has no argument for is not passed over.
      if (item.value.type === 'volume') return !intent.slots.some((slot) => slot.from === 'volume');
      return !figures && !(item.value.type === 'number' && (item.number !== null || !named));
    }
    if (item.unknown) return true;
    if (item.selector !== null && (!item.senses.some(isTopic) || picksKind(items, item))) return many;
    return item.senses.length > 0 && item.senses.every((sense) => isHeavy(sense.concept, uses));
  });
}

const isTopic = ({ concept }: Item['senses'][number]): boolean =>
  /^(?:topic|measure|guarded):/u.test(concept);

/** `the log server`: a word before the kind of machine says which one. */
const picksKind = (items: readonly Item[], item: Item): boolean =>
  items[items.indexOf(item) + 1]?.senses.some((s) => s.concept.startsWith('kind:')) === true;

/** Words that carry content an action has to account for. */
function isHeavy(concept: string, uses: readonly string[]): boolean {
  if (uses.includes(concept)) return false;
  return /^(?:topic:|measure:|read:|guarded:|act:|mark:which|mark:on$|mark:off$|month:)/u.test(concept);
}
