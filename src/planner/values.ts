import { family, has, type Item, newItem, type Value } from './items.ts';
import type { Concept } from './vocabulary/concepts.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds of each unit; a month is 30 days where only a length is wanted. */
const UNITS: Partial<Record<Concept, number>> = {
  'time:second_unit': SECOND,
  'time:minute': 60 * SECOND,
  'time:hour': HOUR,
  'time:day': DAY,
  'time:week': 7 * DAY,
  'time:month': 30 * DAY,
};
const SIZES: Partial<Record<Concept, number>> = { 'unit:mb': 1, 'unit:gb': 1024, 'unit:tb': 1024 * 1024 };

/** Figures joined with their units (`3` `hours`, `한` `시간`, `半` `小时`), figures in words made figures. */
export function joinFigures(items: readonly Item[]): Item[] {
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (item === undefined) continue;
    const joined = joinAt(items, at, out.at(-1));
    if (joined !== null) {
      if (joined.replaces) out.pop();
      out.push(joined.item);
      at += joined.taken - 1;
    } else out.push(numberWord(item));
  }
  return joinDurations(out);
}

/** `1 minute 30 seconds`, `1분 30초`, `2 minutes and 30 seconds`: one length of time. */
function joinDurations(items: readonly Item[]): Item[] {
  const out: Item[] = [];
  for (const item of items) {
    const between = out.at(-1)?.text === 'and' ? 1 : 0;
    const before = out.at(-1 - between);
    const [long, short] = [before?.value, item.value];
    if (
      before !== undefined &&
      long?.type === 'duration' &&
      short?.type === 'duration' &&
      short.ms < long.ms
    ) {
      const value = { type: 'duration', ms: long.ms + short.ms } as const;
      out.splice(-1 - between, 1 + between, {
        ...before,
        end: item.end,
        text: `${before.text} ${item.text}`,
        value,
      });
    } else out.push(item);
  }
  return out;
}

type Joined = { item: Item; taken: number; replaces: boolean };

function joinAt(items: readonly Item[], at: number, before: Item | undefined): Joined | null {
  const item = items[at];
  if (item === undefined) return null;
  const figure = figureOf(item);
  const unit = items[at + 1];
  const filler = unit !== undefined && has(unit, 'unit:count') ? 1 : 0;
  if (figure !== null && unit !== undefined) {
    const value = measured(figure, unit, before);
    if (value !== null) return merged(items, at, 2, value);
    const later = filler === 1 ? items[at + 2] : undefined;
    const value2 = later === undefined ? null : measured(figure, later, before);
    if (value2 !== null) return merged(items, at, 3, value2);
  }
  if (has(item, 'time:half') && unit !== undefined) {
    const ms = unitOf(unit);
    if (ms !== null) return merged(items, at, 2, { type: 'duration', ms: ms / 2 });
  }
  const bare = unitOf(item);
  if (bare === null || family(item, 'act:').length > 0) return null;
  const one = { type: 'duration', ms: bare } as const;
  if (impliesOne(before, item)) return merged(items, at, 1, one);
  // `the last` by itself is one of several; before a unit of time it is not.
  const last = before !== undefined && has(before, 'ref:last') ? merged(items, at, 1, one) : null;
  return last === null ? null : { ...last, replaces: true };
}

/** `last hour` and `하루` are one of their unit. */
function impliesOne(before: Item | undefined, item: Item): boolean {
  if (
    before !== undefined &&
    (has(before, 'time:last_span') || ['a', 'an', 'one', '한'].includes(before.text))
  )
    return true;
  return ['하루', '일주일', '한달'].includes(item.text);
}

function merged(items: readonly Item[], at: number, taken: number, value: Value): Joined | null {
  const first = items[at];
  const last = items[at + taken - 1];
  if (first === undefined || last === undefined) return null;
  const text = items
    .slice(at, at + taken)
    .map((item) => item.text)
    .join(' ');
  const relative = taken === 1 ? [] : first.senses.filter((s) => s.concept === 'mark:relative_amount');
  return { item: { ...newItem(first.at, last.end, text), value, senses: relative }, taken, replaces: false };
}

function figureOf(item: Item): number | null {
  if (item.value?.type === 'number') return item.value.value;
  return item.value === null && item.names.length === 0 ? item.number : null;
}

function unitOf(item: Item): number | null {
  for (const sense of item.senses) {
    const ms = UNITS[sense.concept];
    if (ms !== undefined) return ms;
  }
  return null;
}

function measured(figure: number, unit: Item, before: Item | undefined): Value | null {
  if (has(unit, 'time:clock_hour')) {
    const pm = before !== undefined && has(before, 'time:pm');
    return { type: 'clock', hour: pm && figure < 12 ? figure + 12 : figure, minute: 0 };
  }
  const ms = unitOf(unit);
  if (ms !== null) return { type: 'duration', ms: figure * ms };
  for (const sense of unit.senses) {
    const megabytes = SIZES[sense.concept];
    if (megabytes !== undefined) return { type: 'size', megabytes: figure * megabytes };
    if (sense.concept === 'unit:percent') return { type: 'percent', value: figure };
  }
  return null;
}

function numberWord(item: Item): Item {
  if (item.number === null || item.value !== null || item.names.length > 0) return item;
  return { ...item, value: { type: 'number', value: item.number } };
}
