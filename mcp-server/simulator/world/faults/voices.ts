import { hash32, unit } from '../deterministic.ts';
import { distressed } from '../distress.ts';
import { type Reference, referenceByKey, referenceKey } from '../references.ts';
import type { World } from '../world.ts';
import { COMPLAINTS } from './complaints.ts';
import { allFaults } from './course.ts';
import type { Fault, LogLine, LogPlace, LogVoice, Span } from './fault.ts';
import { callerPlace, usualLogPlace } from './log-places.ts';
import { sayer } from './say.ts';

/**
 * Log lines that are made when they are read. They are numbered in order of time; a line keeps its number,
 * whatever is done to end the fault.
 */
export type VoicedLines = {
  place: LogPlace;
  region: string;
  /** The time of the first line, epoch milliseconds. */
  since: number;
  /** The number of the first line that is not before a time: also how many are. */
  firstFrom(at: number): number;
  timeOf(line: number): number;
  textOf(line: number): string;
};

/** A run of lines at one pace. */
type Stretch = {
  from: number;
  stepMs: number;
  count: number;
  /** The number of its first line. */
  first: number;
};

const BETWEEN_MS = 700;
/** Lines fall somewhere in their step, and never out of it: they stay in order. */
const JITTER = 0.9;

/** All that faults write, in an order that does not change while the account does. */
export function voices(world: World): readonly VoicedLines[] {
  return world.derive(buildVoices);
}

function buildVoices(world: World): VoicedLines[] {
  return [...ownVoices(world), ...callersVoices(world)];
}

function ownVoices(world: World): VoicedLines[] {
  return allFaults(world).flatMap((fault) =>
    (fault.rule.logs ?? []).flatMap((voice, index) => {
      const place = (voice.place ?? usualLogPlace)(world, fault.resource);
      if (place === undefined) return [];
      return voicedLines({
        world,
        place,
        resource: fault.resource,
        region: fault.resource.region ?? world.file.regions[0] ?? '',
        seed: hash32(`${fault.index}/${fault.resource.id}/${index}`),
        stretches: fault.spans.flatMap((span) => stretch(voice, fault, span) ?? []),
        inOrder: voice.says === 'once',
        lines: voice.lines,
      });
    }),
  );
}

/** Lines a minute of a caller whose every request fails. */
const COMPLAINTS_A_MINUTE = 20;
/** Fewer than this are lost among the retries that go well. */
const FEWEST = 0.5;

/** What callers write of what they call. */
function callersVoices(world: World): VoicedLines[] {
  return [...distressed(world)].flatMap(([key, distresses]) => {
    const resource = referenceByKey(world, key);
    const place = resource && callerPlace(world, resource);
    if (resource === undefined || place === undefined) return [];
    const byOrigin = Map.groupBy(
      distresses.filter((one) => one.through !== undefined),
      (one) => `${referenceKey(one.origin)} ${one.through}`,
    );
    return [...byOrigin].flatMap(([from, felt]) => {
      const [first] = felt;
      if (first?.through === undefined) return [];
      const called = referenceByKey(world, first.through)?.name ?? first.through;
      const complaints = first.complaints ?? COMPLAINTS;
      return voicedLines({
        world,
        place,
        resource,
        region: resource.region ?? world.file.regions[0] ?? '',
        seed: hash32(`${key}/${from}`),
        stretches: felt.flatMap((one) => {
          const perMinute = COMPLAINTS_A_MINUTE * Math.max(one.errors, one.latency / 2);
          if (perMinute < FEWEST) return [];
          const stepMs = 60_000 / perMinute;
          return [{ from: one.from, stepMs, count: Math.floor((one.to - one.from) / stepMs) }];
        }),
        inOrder: false,
        lines: complaints.map((complaint) => (say) => complaint(say, called)),
      });
    });
  });
}

function stretch(voice: LogVoice, fault: Fault, span: Span): Omit<Stretch, 'first'> | undefined {
  const { afterMs = 0 } = voice;
  if (voice.says === 'once') {
    const from = (voice.at === 'end' ? span.to : span.from) + afterMs;
    if (!Number.isFinite(from)) return undefined;
    return { from, stepMs: voice.everyMs ?? BETWEEN_MS, count: voice.lines.length };
  }
  const perMinute = typeof voice.perMinute === 'number' ? voice.perMinute : voice.perMinute(fault);
  const from = span.from + afterMs;
  const to = Math.min(span.to, from + (voice.lastsMs ?? Number.POSITIVE_INFINITY));
  const stepMs = 60_000 / perMinute;
  return { from, stepMs, count: Math.max(0, Math.floor((to - from) / stepMs)) };
}

type Source = {
  world: World;
  place: LogPlace;
  resource: Reference;
  region: string;
  seed: number;
  stretches: readonly Omit<Stretch, 'first'>[];
  lines: readonly LogLine[];
  /** Each line once in each stretch, or any of them each time. */
  inOrder: boolean;
};

function voicedLines({
  world,
  place,
  resource,
  region,
  seed,
  lines,
  inOrder,
  ...source
}: Source): VoicedLines[] {
  const stretches = numbered(source.stretches);
  const [begin, end] = [stretches[0], stretches.at(-1)];
  if (begin === undefined || end === undefined || lines.length === 0) return [];
  const timeIn: TimeIn = (one, nth) =>
    Math.floor(one.from + (nth + unit(seed, one.first + nth) * JITTER) * one.stepMs);
  const placed = (line: number) => {
    const one = stretches.findLast((each) => each.first <= line) ?? begin;
    return { one, nth: line - one.first };
  };
  const timeOf = (line: number) => {
    const { one, nth } = placed(line);
    return timeIn(one, nth);
  };
  return [
    {
      place,
      region,
      since: timeOf(0),
      timeOf,
      firstFrom: (at) => {
        for (const one of stretches) {
          const nth = firstIn(one, at, timeIn);
          if (nth < one.count) return one.first + nth;
        }
        return end.first + end.count;
      },
      textOf: (line) => {
        const say = sayer(seed, line, timeOf(line), resource, world);
        const which = inOrder ? placed(line).nth : say.between(0, lines.length - 1);
        return lines[which]?.(say) ?? '';
      },
    },
  ];
}

type TimeIn = (one: Stretch, nth: number) => number;

/** Which line of a stretch is the first that is not before a time; its count when there is none. */
function firstIn(one: Stretch, at: number, timeIn: TimeIn): number {
  // Lines of the steps before are over by then.
  let nth = Math.min(one.count, Math.max(0, Math.floor((at - one.from) / one.stepMs)));
  while (nth < one.count && timeIn(one, nth) < at) nth += 1;
  return nth;
}

/** Stretches in order of time, each ending where the next begins. */
function numbered(stretches: readonly Omit<Stretch, 'first'>[]): Stretch[] {
  const sorted = stretches.filter((one) => one.count > 0).sort((a, b) => a.from - b.from);
  let first = 0;
  return sorted.map((one, index) => {
    const next = sorted[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const count = Math.min(one.count, Math.ceil((next - one.from) / one.stepMs));
    const placed = { ...one, count, first };
    first += count;
    return placed;
  });
}
