import type { AlarmEntry } from '../format/account.ts';
import { momentMs } from '../format/times.ts';
import type { World } from '../world/world.ts';
import { canonicalDimensions, type Dimensions, ownerOf, seriesKey } from './dimensions.ts';
import { type Point, pointsOf } from './points.ts';
import { type Series, seriesByKey } from './series.ts';
import { valueRange } from './shape-value.ts';
import { byPeriod, type Statistic } from './statistics.ts';

type AlarmState = AlarmEntry['state'];

export type Transition = { at: number; from: AlarmState; to: AlarmState; reason: string };

/** What became of an alarm so far. */
export type AlarmCourse = {
  state: AlarmState /** Epoch ms. */;
  since: number;
  reason: string;
  transitions: Transition[];
};

/** An alarm with all that its entry leaves open. */
export type Alarm = {
  entry: AlarmEntry;
  dimensions: Dimensions;
  region: string;
  statistic: Statistic;
  series?: Series;
};

export function alarmsOf(world: World): readonly Alarm[] {
  return world.derive(buildAlarms);
}

function buildAlarms(world: World): Alarm[] {
  return world.file.alarms
    .map((entry): Alarm => {
      const dimensions = canonicalDimensions(world, entry.dimensions);
      const region = entry.region ?? ownerOf(world, dimensions)?.region ?? world.file.regions[0] ?? '';
      const key = seriesKey(region, entry.namespace ?? '', entry.metric ?? '', dimensions);
      const series = seriesByKey(world).get(key);
      return {
        entry,
        dimensions,
        region,
        statistic: entry.statistic ?? usualStatistic(entry.metric ?? '', series),
        ...(series && { series }),
      };
    })
    .sort((a, b) => (a.entry.name < b.entry.name ? -1 : 1));
}

/** What such a metric is usually watched by, where neither alarm nor metric says. */
function usualStatistic(metric: string, series: Series | undefined): Statistic {
  if (series?.statistic !== undefined) return series.statistic;
  if (/StatusCheckFailed|HostCount|DatabaseConnections/.test(metric)) return 'Maximum';
  return valueRange(metric, series?.unit).whole ? 'Sum' : 'Average';
}

/** The shortest period an alarm can have: within one stretch of it no course changes. */
const STRETCH_MS = 10_000;

/** Courses that are known already, for each alarm up to a whole stretch. */
function knownCourses(_world: World): Map<string, { stretch: number; course: AlarmCourse }> {
  return new Map();
}

/** Follows an alarm from where the file has it, by its metric, up to now. */
export function alarmCourse(world: World, alarm: Alarm, now: number): AlarmCourse {
  const known = world.derive(knownCourses);
  const stretch = Math.floor(now / STRETCH_MS);
  const key = `${alarm.region}/${alarm.entry.name}`;
  const last = known.get(key);
  if (last !== undefined && last.stretch === stretch) return last.course;
  const course = follow(world, alarm, now);
  known.set(key, { stretch, course });
  return course;
}

function follow(world: World, alarm: Alarm, now: number): AlarmCourse {
  const course = beginning(world, alarm.entry);
  const { series } = alarm;
  const { threshold } = alarm.entry;
  if (series === undefined || threshold === undefined) return course;
  const periodMs = alarm.entry.period * 1000;
  const lookBack = alarm.entry.periods * periodMs;
  const points = pointsOf(world, series, world.startMs - lookBack - periodMs, now, now);
  const buckets = byPeriod(points, periodMs, alarm.statistic);
  let next = 0;
  for (let at = Math.floor(world.startMs / periodMs + 1) * periodMs; at <= now; at += periodMs) {
    while ((buckets[next]?.at ?? Number.POSITIVE_INFINITY) < at - lookBack) next += 1;
    const window = buckets.slice(next, next + alarm.entry.periods).filter((one) => one.at < at);
    const state = evaluate(alarm, threshold, window, course.state);
    if (state !== course.state)
      turn(course, at, state, reasonFor(alarm, threshold, window, course.state, state));
  }
  return course;
}

function turn(course: AlarmCourse, at: number, to: AlarmState, reason: string): void {
  course.transitions.push({ at, from: course.state, to, reason });
  course.state = to;
  course.since = at;
  course.reason = reason;
}

const DAY_MS = 86_400_000;

function beginning(world: World, entry: AlarmEntry): AlarmCourse {
  const { state } = entry;
  if (entry.since === undefined) {
    const reason =
      state === 'INSUFFICIENT_DATA' ? 'Unchecked: Initial alarm creation' : undeclaredReason(state);
    // One that fires and does not say since when has only just begun to.
    const since = state === 'ALARM' ? world.startMs : world.startMs - 7 * DAY_MS;
    return { state, since, reason, transitions: [] };
  }
  const at = momentMs(entry.since, world.startMs);
  const reason = undeclaredReason(state);
  const from = state === 'ALARM' ? 'OK' : 'ALARM';
  return { state, since: at, reason, transitions: [{ at, from, to: state, reason }] };
}

function undeclaredReason(state: AlarmState): string {
  if (state === 'INSUFFICIENT_DATA') return 'Insufficient Data: the metric had no datapoints.';
  return `Threshold Crossed: the last datapoints ${state === 'ALARM' ? 'crossed' : 'were within'} the threshold.`;
}

/**
 * The state after a window. All periods must breach; one that does not clears the alarm; a window with gaps
 * decides only when its points do. A series that was never declared and has no points yet decides nothing.
 */
function evaluate(alarm: Alarm, threshold: number, window: readonly Point[], before: AlarmState): AlarmState {
  if (window.length === 0) return alarm.series?.source.kind === 'symptom' ? before : 'INSUFFICIENT_DATA';
  if (window.some(({ value }) => !breaches(value, alarm.entry.comparison, threshold))) return 'OK';
  return window.length >= alarm.entry.periods ? 'ALARM' : before;
}

function breaches(value: number, comparison: AlarmEntry['comparison'], threshold: number): boolean {
  switch (comparison) {
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
  }
}

const WORDS: Readonly<Record<AlarmEntry['comparison'], string>> = {
  '>': 'greater than',
  '>=': 'greater than or equal to',
  '<': 'less than',
  '<=': 'less than or equal to',
};

/** As CloudWatch words it. */
function reasonFor(
  alarm: Alarm,
  threshold: number,
  window: readonly Point[],
  from: AlarmState,
  to: AlarmState,
): string {
  const { periods, comparison } = alarm.entry;
  if (to === 'INSUFFICIENT_DATA') {
    const missing = `${periods} datapoint${periods === 1 ? ' was' : 's were'} unknown.`;
    return `Insufficient Data: ${missing}`;
  }
  const counted = window.filter(({ value }) => breaches(value, comparison, threshold) === (to === 'ALARM'));
  const shown = counted
    .map(({ at, value }) => `${Number(value.toPrecision(6))} (${shortTime(at)})`)
    .join(', ');
  const verb = to === 'ALARM' ? 'were' : 'were not';
  const needed = to === 'ALARM' ? periods : 1;
  return (
    `Threshold Crossed: ${counted.length} out of the last ${periods} datapoints [${shown}] ${verb} ` +
    `${WORDS[comparison]} the threshold (${threshold}) ` +
    `(minimum ${needed} datapoint${needed === 1 ? '' : 's'} for ${from} -> ${to} transition).`
  );
}

/** `20/11/26 09:05:00`, UTC. */
function shortTime(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}
