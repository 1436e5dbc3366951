import { type Distress, distressOf, worstAt } from '../world/distress.ts';
import { stateAt } from '../world/instance-life.ts';
import { referenceKey } from '../world/references.ts';
import type { World } from '../world/world.ts';
import { firstFrom, type Points, readPoints } from './csv-points.ts';
import { affected, effectsOn } from './fault-effects.ts';
import { hostCount } from './host-counts.ts';
import type { Series, Source } from './series.ts';
import { SHAPE_STEP_MS, shapeValue, valueRange, withinRange } from './shape-value.ts';
import { SYMPTOMS } from './symptoms.ts';

export type Point = { at: number; value: number };

/**
 * The points of a series that CloudWatch has by `now`, from `from` (inclusive) to `to` (exclusive), in order of
 * time, with all that faults do to them.
 *
 * @throws DocumentError when its file cannot be understood
 */
export function pointsOf(world: World, series: Series, from: number, to: number, now: number): Point[] {
  const raw = rawPoints(world, series, from, to, now);
  const adjust = adjustment(world, series);
  if (adjust === undefined) return raw;
  return raw.flatMap(({ at, value }) => {
    const adjusted = adjust(at, value);
    return adjusted === undefined ? [] : [{ at, value: adjusted }];
  });
}

function rawPoints(world: World, series: Series, from: number, to: number, now: number): Point[] {
  const { source } = series;
  switch (source.kind) {
    case 'file':
      return filePoints(world, source, from, Math.min(to, now + 1));
    case 'shape':
    case 'symptom': {
      const shape = source.kind === 'shape' ? source.shape : source.usual;
      const since = source.kind === 'shape' ? from : Math.max(from, minuteOf(source.since));
      const range = valueRange(series.name, series.unit);
      const points: Point[] = [];
      const first = Math.ceil(since / SHAPE_STEP_MS) * SHAPE_STEP_MS;
      // A minute's point is there when the minute is over.
      for (let at = first; at < to && at + SHAPE_STEP_MS <= now; at += SHAPE_STEP_MS) {
        points.push({ at, value: withinRange(shapeValue(shape, series.seed, at), range) });
      }
      return points;
    }
  }
}

function minuteOf(at: number): number {
  return Math.floor(at / SHAPE_STEP_MS) * SHAPE_STEP_MS;
}

const FILES = new WeakMap<object, Map<string, Points>>();

/** A file is read when it is first asked for, once for each account. */
function fileOnce(world: World, path: string): Points {
  let files = FILES.get(world.file);
  if (files === undefined) {
    files = new Map();
    FILES.set(world.file, files);
  }
  let points = files.get(path);
  if (points === undefined) {
    points = readPoints(path);
    files.set(path, points);
  }
  return points;
}

function filePoints(
  world: World,
  source: Extract<Source, { kind: 'file' }>,
  from: number,
  to: number,
): Point[] {
  const file = fileOnce(world, source.path);
  const last = file.times.at(-1);
  if (last === undefined) return [];
  if (!source.replay) return slice(file, 0, from, to);
  const length = last - (file.times[0] ?? last) + step(file);
  const shift = world.startMs - last;
  const points = slice(file, shift, from, to);
  // A replay that has come to its end begins anew, so that a long session does not run out of data.
  for (let round = 1; shift + (file.times[0] ?? 0) + round * length < to; round += 1) {
    points.push(...slice(file, shift + round * length, from, to));
  }
  return points;
}

function step({ times }: Points): number {
  const gaps = Array.from(times.subarray(1), (time, index) => time - (times[index] ?? time)).sort(
    (a, b) => a - b,
  );
  return gaps[gaps.length >> 1] ?? SHAPE_STEP_MS;
}

function slice({ times, values }: Points, shift: number, from: number, to: number): Point[] {
  const points: Point[] = [];
  for (let index = firstFrom(times, from - shift); index < times.length; index += 1) {
    const at = (times[index] ?? 0) + shift;
    if (at >= to) break;
    points.push({ at, value: values[index] ?? 0 });
  }
  return points;
}

type Adjust = (at: number, value: number) => number | undefined;

/** What an instance itself sends: nothing while it does not run. */
const SENT_BY_INSTANCES = ['AWS/EC2', 'CWAgent'];

/** What is done to a series' values; undefined when nothing ever is. */
function adjustment(world: World, series: Series): Adjust | undefined {
  const { owner, namespace, name, source, unit } = series;
  if (owner === undefined) return undefined;
  const hosts = owner.kind === 'load_balancer' ? hostCount(world, owner.name, name) : undefined;
  if (hosts !== undefined) return hosts;
  const direct = effectsOn(world, owner, namespace, name);
  const range = valueRange(name, unit);
  const byFaults: Adjust = (at, value) => {
    const changed = affected(world, direct, at, value);
    return changed === undefined ? undefined : withinRange(changed, range);
  };
  const life = SENT_BY_INSTANCES.includes(namespace) ? world.instances.get(owner.id)?.life : undefined;
  if (life !== undefined) {
    const recorded = source.kind === 'file';
    return (at, value) => {
      // What was recorded before the run was recorded, whatever the file says of the instance's state.
      if (recorded && at < world.startMs) return value;
      return stateAt(life, at) === 'running' ? byFaults(at, value) : undefined;
    };
  }
  // What a fault does to the metric directly says more than that its owner is in distress.
  const distresses = distressOf(world, owner).filter(
    (one) => (direct.length === 0 && one.shown) || referenceKey(one.origin) !== referenceKey(owner),
  );
  const felt = distressAdjustment(series, distresses);
  if (direct.length === 0) return felt;
  return (at, value) => byFaults(at, felt?.(at, value) ?? value);
}

function distressAdjustment(
  series: Series,
  distresses: readonly Distress[],
): ((at: number, value: number) => number) | undefined {
  if (distresses.length === 0) return undefined;
  const { owner, namespace, name } = series;
  const range = valueRange(name, series.unit);
  const symptom = SYMPTOMS.find(
    (one) => one.of === owner?.kind && one.namespace === namespace && one.metric === name,
  );
  if (symptom === undefined) return undefined;
  return (at, value) => withinRange(symptom.change(value, worstAt(distresses, at)), range);
}
