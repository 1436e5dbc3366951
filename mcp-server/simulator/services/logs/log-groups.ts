import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolveReference } from '../../world/references.ts';
import type { World } from '../../world/world.ts';
import { type LogLines, readLogLines, spreadLogLines } from './log-lines.ts';

/** A stream of a log group and the file its lines are in. */
export type LogStream = { name: string; path: string; span: number | undefined };

export type LogGroup = {
  name: string;
  arn: string;
  region: string;
  streams: LogStream[];
};

/** The log groups of a region, by name: those the file has lines for, and one for each function. */
export function logGroupsIn(world: World, region: string): ReadonlyMap<string, LogGroup> {
  return world.derive(logGroups).get(region) ?? new Map();
}

const FUNCTION_GROUP = '/aws/lambda/';

function logGroups(world: World): Map<string, Map<string, LogGroup>> {
  const { file } = world;
  const home = file.regions[0] ?? '';
  const regions = new Map<string, Map<string, LogGroup>>();
  const groupIn = (region: string, name: string): LogGroup => {
    const groups = regions.get(region) ?? new Map<string, LogGroup>();
    regions.set(region, groups);
    const known = groups.get(name);
    if (known !== undefined) return known;
    const arn = `arn:aws:logs:${region}:${file.account}:log-group:${name}:*`;
    const group: LogGroup = { name, arn, region, streams: [] };
    groups.set(name, group);
    return group;
  };
  for (const entry of file.logs) {
    const owner = resolveReference(world, entry.group.replace(FUNCTION_GROUP, ''));
    const region = entry.region ?? (owner.kind === 'function' ? owner.region : undefined) ?? home;
    const { streams } = groupIn(region, entry.group);
    streams.push({
      name: entry.stream ?? `stream-${streams.length + 1}`,
      path: resolve(file.folder, entry.file),
      span: entry.span,
    });
  }
  for (const one of file.lambda) groupIn(one.region ?? home, `${FUNCTION_GROUP}${one.name}`);
  const sorted = (groups: Map<string, LogGroup>) => new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
  return new Map([...regions].map(([region, groups]) => [region, sorted(groups)]));
}

/** What a group's lines take, in bytes, by the size of its files: nothing is read for it. */
export function storedBytes({ streams }: LogGroup): number {
  return streams.reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

const LINES = new WeakMap<object, Map<string, LogLines>>();

/** A stream's lines; the file is read when it is first asked for, once for each account and start of the run. */
export function linesOf(world: World, { path, span }: LogStream): LogLines {
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
