import { has, type Item } from './items.ts';
import type { Filled } from './slots.ts';
import { LEVELS, type Level } from './vocabulary/concepts.ts';

const missing: Filled = { ok: false };

/** A name as events have it: `deploy.failed`, `incident_over`. */
const EVENT_NAME = /^[a-z][a-z0-9]*(?:[._:-][a-z0-9]+)+$/u;

/** What kind of event it is: the one dotted name or quotation of the clause. */
export function eventType(items: readonly Item[]): Filled {
  const named = items.filter(
    (item) => item.quoted || ((item.unknown || item.names.length > 0) && EVENT_NAME.test(item.text)),
  );
  const [only] = named;
  return named.length === 1 && only !== undefined ? { ok: true, value: only.text, used: [only] } : missing;
}

/** How grave it is: the one level that is said, and said of the event. */
export function eventSeverity(items: readonly Item[]): Filled {
  const said = items.flatMap((item, at) => {
    const level = item.names.length > 0 ? undefined : LEVELS.find((one) => has(item, `level:${one}`));
    return level === undefined || !isOfEvent(items, at) ? [] : [{ level, item }];
  });
  const levels = new Set<Level>(said.map(({ level }) => level));
  const [only] = levels;
  return levels.size === 1 && only !== undefined
    ? { ok: true, value: only, used: said.map(({ item }) => item) }
    : missing;
}

/** Beside the word `severity`, or right before the event: `a high severity event`, `critical event`. */
function isOfEvent(items: readonly Item[], at: number): boolean {
  // By itself it answers what was asked.
  if (items.length === 1) return true;
  const near = items.slice(Math.max(0, at - 3), at + 3);
  return near.some((item) => has(item, 'topic:severity') || has(item, 'topic:event'));
}

/** What targets get beside the severity: an object as JSON, or `key=value` pairs. */
export function eventDetail(items: readonly Item[]): Filled {
  const objects = items.filter((item) => item.value?.type === 'object');
  const pairs = items.filter((item) => item.value?.type === 'tag');
  const [object] = objects;
  if (object?.value?.type === 'object' && objects.length === 1 && pairs.length === 0)
    return { ok: true, value: object.value.object, used: [object] };
  if (objects.length > 0 || pairs.length === 0) return missing;
  const detail = Object.fromEntries(
    pairs.flatMap(({ value }) => (value?.type === 'tag' ? [[value.key, value.value]] : [])),
  );
  return { ok: true, value: detail, used: pairs };
}
