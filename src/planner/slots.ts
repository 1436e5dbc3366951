import { eventDetail, eventSeverity, eventType } from './event-wordings.ts';
import { settingIn } from './function-settings.ts';
import type { ActionIntent, Slot } from './intents/intent.ts';
import { any, has, type Item } from './items.ts';

/** An argument's value and the words it was read from. */
export type Filled = { ok: true; value: unknown; used: readonly Item[] } | { ok: false };
const missing: Filled = { ok: false };

const last = <T>(list: readonly T[]): T | undefined => list.at(-1);

type Figure = { value: number; item: Item };

function numbers(items: readonly Item[]): Figure[] {
  return items.flatMap((item) => (item.value?.type === 'number' ? [{ value: item.value.value, item }] : []));
}

function megabytes(items: readonly Item[]): Figure | undefined {
  return last(
    items.flatMap((item) => (item.value?.type === 'size' ? [{ value: item.value.megabytes, item }] : [])),
  );
}

const whole = (figure: Figure | undefined): Filled =>
  figure === undefined || !Number.isInteger(figure.value)
    ? missing
    : { ok: true, value: figure.value, used: [figure.item] };

/** The value of an action's argument that is not its target; only what the clause itself says. */
export function fill(slot: Exclude<Slot, { from: 'target' }>, items: readonly Item[]): Filled {
  const relative = any(items, 'mark:relative_amount');
  switch (slot.from) {
    case 'number':
      return relative ? missing : whole(last(numbers(items)));
    case 'gigabytes': {
      const size = megabytes(items);
      const figure = size === undefined ? last(numbers(items)) : { ...size, value: size.value / 1024 };
      return relative ? missing : whole(figure);
    }
    case 'volume': {
      const volume = items.find((item) => item.value?.type === 'volume');
      return volume?.value?.type === 'volume'
        ? { ok: true, value: volume.value.text, used: [volume] }
        : missing;
    }
    case 'memory_mb':
    case 'timeout_s':
    case 'reserved_concurrency':
      return relative ? missing : settingIn(slot.from, items);
    case 'instance_type': {
      const type = last(
        items.flatMap((item) =>
          item.value?.type === 'instance_type' ? [{ text: item.value.text, item }] : [],
        ),
      );
      return type === undefined ? missing : { ok: true, value: type.text, used: [type.item] };
    }
    case 'parameter':
      return parameterName(items);
    case 'parameter_value':
      return relative ? missing : parameterValue(items);
    case 'namespace': {
      const value = namespaceIn(items);
      return value === null ? missing : { ok: true, value, used: items.filter(({ text }) => text === value) };
    }
    case 'tags':
      return tagsIn(items);
    case 'event_type':
      return eventType(items);
    case 'event_severity':
      return eventSeverity(items);
    case 'event_detail':
      return eventDetail(items);
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
    case 'size':
    case 'duration':
    case 'tag':
    case 'untag':
      return type(needs);
    case 'instance_type':
      return items.some((item) => item.value?.type === 'instance_type' && !item.value.text.startsWith('db.'));
    case 'database_class':
      return items.some((item) => item.value?.type === 'instance_type' && item.value.text.startsWith('db.'));
    case 'parameter':
      return type('identifier') || items.some(isAssignment);
  }
}

/** `max_connections=500`: a parameter's name has underscores; nothing else tells it from a tag. */
const isAssignment = ({ value }: Item): boolean => value?.type === 'tag' && value.key.includes('_');

function parameterName(items: readonly Item[]): Filled {
  const named = items.filter((item) => item.value?.type === 'identifier' || isAssignment(item));
  const [only] = named;
  // With two, which value is whose is for the person to say.
  if (only === undefined || named.length > 1) return missing;
  if (only.value?.type === 'identifier') return { ok: true, value: only.value.text, used: [only] };
  return only.value?.type === 'tag' ? { ok: true, value: only.value.key, used: [only] } : missing;
}

/** As it was said, with its unit: what unit a parameter counts in is for the server to know. */
function parameterValue(items: readonly Item[]): Filled {
  const figure = items.findLast(({ value }) => value?.type === 'number' || value?.type === 'size');
  if (figure?.value?.type === 'number')
    return { ok: true, value: String(figure.value.value), used: [figure] };
  if (figure !== undefined) return { ok: true, value: figure.text.replace(/\s+/gu, ''), used: [figure] };
  const assigned = items.find(isAssignment);
  if (assigned?.value?.type === 'tag') return { ok: true, value: assigned.value.value, used: [assigned] };
  const on = items.some((item, at) => has(item, 'mark:on') && !isPreposition(items, at));
  const off = any(items, 'mark:off');
  return on === off ? missing : { ok: true, value: on ? 'on' : 'off', used: [] };
}

/** `on orders-db`, `on the database`: where, not to what. */
function isPreposition(items: readonly Item[], at: number): boolean {
  const next = items.slice(at + 1).find((item) => !/^(?:the|a|an|my|our)$/u.test(item.text));
  return (
    items[at]?.text === 'on' &&
    next !== undefined &&
    (next.names.length > 0 || next.unknown || next.senses.some((s) => s.concept.startsWith('kind:')))
  );
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

/** Tags to be set by key and value; one to be removed has null. */
function tagsIn(items: readonly Item[]): Filled {
  const tags: Record<string, string | null> = {};
  const used: Item[] = [];
  for (const item of items) {
    if (item.value?.type === 'tag') tags[item.value.key] = item.value.value;
    else if (item.value?.type === 'untag') for (const key of item.value.keys) tags[key] = null;
    else continue;
    used.push(item);
  }
  return Object.keys(tags).length === 0 ? missing : { ok: true, value: tags, used };
}

function onOff(items: readonly Item[]): Filled {
  const off = ['act:stop', 'act:disable', 'mark:off'] as const;
  const on = ['act:start', 'act:enable', 'mark:on'] as const;
  const isOff = off.some((concept) => any(items, concept));
  const isOn = on.some((concept) => any(items, concept));
  return isOff === isOn ? missing : { ok: true, value: isOn, used: [] };
}

/** Values that keep the case they were typed in; matching folds it away. */
const AS_TYPED: ReadonlySet<string> = new Set(['tags', 'parameter_value', 'event_type', 'event_detail']);

/** A slot's value as it stands in the text. */
export const asTyped = (slot: Slot, value: unknown, text: string): unknown =>
  AS_TYPED.has(slot.from) ? originalCase(value, text) : value;

function originalCase(value: unknown, text: string): unknown {
  const lower = text.toLowerCase();
  if (typeof value === 'string') return typedAs(value, text, lower);
  if (Array.isArray(value)) return value.map((part) => originalCase(part, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [typedAs(key, text, lower), originalCase(part, text)]),
  );
}

function typedAs(word: string, text: string, lower: string): string {
  const at = lower.lastIndexOf(word);
  return at === -1 ? word : text.slice(at, at + word.length);
}
