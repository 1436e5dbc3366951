import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { firstFrom } from '../../metrics/csv-points.ts';
import type { Call } from '../../wire/operation.ts';
import { type VoicedLines, voices } from '../../world/faults/voices.ts';
import { resolveReference } from '../../world/references.ts';
import type { World } from '../../world/world.ts';
import { type LogLines, readLogLines, spreadLogLines } from './log-lines.ts';

/** A stream of a log group: lines in a file, or lines that faults write. */
type LogStream =
  | { kind: 'file'; name: string; path: string; span: number | undefined }
  | { kind: 'voiced'; name: string; lines: VoicedLines };

export type LogGroup = {
  name: string;
  arn: string;
  region: string;
  streams: LogStream[];
  /** When the first line of one that only a fault makes appear is written; it is not there before. */
  since: number;
};

/**
 * The log groups of a region that are there by now, by name: those the file has lines for, one for each
 * function, and those that faults have written to.
 */
export function logGroupsIn({ world, region, now }: Call): ReadonlyMap<string, LogGroup> {
  const groups = world.derive(logGroups).get(region) ?? new Map<string, LogGroup>();
  if ([...groups.values()].every(({ since }) => since <= now)) return groups;
  return new Map([...groups].filter(([, { since }]) => since <= now));
}

const FUNCTION_GROUP = '/aws/lambda/';

function logGroups(world: World): Map<string, Map<string, LogGroup>> {
  const { file } = world;
  const home = file.regions[0] ?? '';
  const regions = new Map<string, Map<string, LogGroup>>();
  const groupIn = (region: string, name: string, since = Number.NEGATIVE_INFINITY): LogGroup => {
    const groups = regions.get(region) ?? new Map<string, LogGroup>();
    regions.set(region, groups);
    const known = groups.get(name);
    if (known !== undefined) {
      known.since = Math.min(known.since, since);
      return known;
    }
    const arn = `arn:aws:logs:${region}:${file.account}:log-group:${name}:*`;
    const group: LogGroup = { name, arn, region, streams: [], since };
    groups.set(name, group);
    return group;
  };
  for (const entry of file.logs) {
    const owner = resolveReference(world, entry.group.replace(FUNCTION_GROUP, ''));
    const region = entry.region ?? (owner.kind === 'function' ? owner.region : undefined) ?? home;
    const { streams } = groupIn(region, entry.group);
    streams.push({
      kind: 'file',
      name: entry.stream ?? `stream-${streams.length + 1}`,
      path: resolve(file.folder, entry.file),
      span: entry.span,
    });
  }
  for (const one of file.lambda) groupIn(one.region ?? home, `${FUNCTION_GROUP}${one.name}`);
  // After the file's own: a stream's place is part of the pointers to its lines.
  for (const lines of voices(world)) {
    const { group, stream } = lines.place;
    groupIn(lines.region, group, lines.since).streams.push({ kind: 'voiced', name: stream, lines });
  }
  const sorted = (groups: Map<string, LogGroup>) => new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
  return new Map([...regions].map(([region, groups]) => [region, sorted(groups)]));
}

/** What a line that a fault writes takes, about; nothing is made up only to be counted. */
const VOICED_LINE_BYTES = 120;

/** What a group's lines take, in bytes, by the size of its files: nothing is read for it. */
export function storedBytes({ streams }: LogGroup, now: number): number {
  const bytes = streams.map((stream) =>
    stream.kind === 'file'
      ? (statSync(stream.path, { throwIfNoEntry: false })?.size ?? 0)
      : stream.lines.firstFrom(now) * VOICED_LINE_BYTES,
  );
  return bytes.reduce((sum, one) => sum + one, 0);
}

const LINES = new WeakMap<object, Map<string, LogLines>>();

/** Lines by their numbers, in order of time. */
type NumberedLines = Pick<VoicedLines, 'firstFrom' | 'timeOf' | 'textOf'>;

/** A stream's lines; a file is read when it is first asked for, once for each account and start of the run. */
export function linesOf(world: World, stream: LogStream): NumberedLines {
  if (stream.kind === 'voiced') return stream.lines;
  const { times, texts } = fileLines(world, stream);
  return {
    firstFrom: (at) => firstFrom(times, at),
    timeOf: (line) => times[line] ?? Number.NaN,
    textOf: (line) => texts[line] ?? '',
  };
}

function fileLines(world: World, { path, span }: Extract<LogStream, { kind: 'file' }>): LogLines {
  let known = LINES.get(world.file);
  if (known === undefined) {
    known = new Map();
    LINES.set(world.file, known);
  }
  const key = JSON.stringify([path, span, world.startMs]);
  let lines = known.get(key);
  if (lines === undefined) {
    const text = readFileSync(path, 'utf8');
    lines =
      span === undefined ? readLogLines(text, world.startMs) : spreadLogLines(text, world.startMs, span);
    known.set(key, lines);
  }
  return lines;
}
