import type { AccountDocument } from '../format/account.ts';
import { keptVersions } from '../format/function-versions.ts';
import { momentMs } from '../format/times.ts';
import type { JournalEntry } from './journal.ts';
import type { World } from './world.ts';

/** What a version of a function is made of. `code` stands for its code: another one is other code. */
type Deployed = {
  code: string;
  /** Megabytes. */
  memory: number;
  /** Seconds. */
  timeout: number;
  description: string;
  environment: Readonly<Record<string, string>>;
};

export type Revision = Deployed & {
  /** Epoch milliseconds. */
  at: number;
};
export type PublishedVersion = Revision & { version: string };
export type AliasMove = { at: number; version: string; split: Readonly<Record<string, number>> };
export type FunctionAlias = { name: string /** Oldest first; never empty. */; moves: AliasMove[] };

/** A function and its whole course. Lists are oldest first. */
export type LambdaFunction = {
  name: string;
  region: string;
  entry: AccountDocument['lambda'][number];
  /** The unpublished version; never empty. */
  latest: Revision[];
  published: PublishedVersion[];
  aliases: FunctionAlias[];
  /** Null: none of its own. Never empty. */
  reserved: { at: number; value: number | null }[];
};

/** How long AWS takes over an update; until then the environments there are go on. */
export const UPDATE_MS = 4_000;

const DAY_MS = 86_400_000;
const USUAL = { memory: 128, timeout: 3 };

export function functions(world: World): readonly LambdaFunction[] {
  return world.derive(buildFunctions);
}

export function findFunction(world: World, name: string, region: string): LambdaFunction | undefined {
  return functions(world).find((one) => one.name === name && one.region === region);
}

function buildFunctions(world: World): LambdaFunction[] {
  const all = world.file.lambda.map((entry) => beginning(world, entry));
  const events = [
    ...deployments(world).map(({ at, ...one }) => ({ at, apply: () => deploy(all, at, one) })),
    ...world.journal.map((entry) => ({ at: entry.at, apply: () => replay(all, entry) })),
  ].sort((a, b) => a.at - b.at);
  for (const { apply } of events) apply();
  return all;
}

function beginning(world: World, entry: LambdaFunction['entry']): LambdaFunction {
  const home = world.file.regions[0] ?? '';
  const newest = Number(entry.version ?? 0);
  const base = {
    memory: entry.memory ?? USUAL.memory,
    timeout: entry.timeout ?? USUAL.timeout,
    description: entry.description ?? '',
    environment: entry.environment ?? {},
  };
  const published = keptVersions(entry).map((number): PublishedVersion => {
    const at = world.startMs - (newest - number + 1) * DAY_MS;
    return { ...base, version: String(number), code: `${entry.name}/${number}`, at };
  });
  const since = published.at(-1)?.at ?? world.startMs - 30 * DAY_MS;
  return {
    name: entry.name,
    region: entry.region ?? home,
    entry,
    latest: [{ ...base, code: published.at(-1)?.code ?? `${entry.name}/0`, at: since }],
    published,
    aliases: aliasesOf(entry).map(([name, version, split]) => ({
      name,
      moves: [{ at: since, version, split }],
    })),
    reserved: [{ at: since, value: entry.reserved_concurrency ?? null }],
  };
}

/** A function with versions is called by an alias: `live`, unless the file names others. */
function aliasesOf(entry: LambdaFunction['entry']): [string, string, Record<string, number>][] {
  if (entry.aliases === undefined) {
    return keptVersions(entry).length > 0 ? [['live', entry.version ?? '', {}]] : [];
  }
  return Object.entries(entry.aliases).map(([name, serves]) =>
    typeof serves === 'string' ? [name, serves, {}] : [name, serves.version, serves.split],
  );
}

type Deployment = { at: number; function: string; code: string; past: boolean };

/** What bad deployments of the file deploy. One from before the run is what the file's version is. */
function deployments(world: World): Deployment[] {
  return world.file.faults.flatMap((fault, index) => {
    if (fault.kind !== 'bad_deploy') return [];
    const at = momentMs(fault.at, world.startMs);
    return [{ at, function: fault.on, code: badCode(index), past: at <= world.startMs }];
  });
}

/** What stands for the code that a bad deployment, the fault with this number, brings. */
export function badCode(index: number): string {
  return `bad deployment ${index}`;
}

function deploy(
  all: readonly LambdaFunction[],
  at: number,
  { function: name, code, past }: Omit<Deployment, 'at'>,
) {
  const one = all.find((each) => each.name === name);
  const before = one?.latest.at(-1);
  if (one === undefined || before === undefined) return;
  const newest = one.published.at(-1);
  const [alias] = one.aliases;
  if (past && newest !== undefined) {
    // The deployment was already there when the file was written: its version is the one the file names.
    Object.assign(newest, { code, at });
    one.latest = [{ ...before, code, at }];
    const previous = one.published.at(-2)?.version;
    const serves = alias?.moves.at(-1);
    if (alias && previous && serves?.version === newest.version) {
      alias.moves = [
        { ...serves, at: at - DAY_MS, version: previous },
        { ...serves, at },
      ];
    }
    return;
  }
  one.latest.push({ ...before, code, at });
  if (newest === undefined) return;
  const version = String(Number(newest.version) + 1);
  one.published.push({ ...before, code, version, at });
  alias?.moves.push({ at, version, split: {} });
}

function replay(all: readonly LambdaFunction[], { at, region, effect }: JournalEntry): void {
  switch (effect.kind) {
    case 'configure_function': {
      const one = named(all, effect.function, region);
      const before = one?.latest.at(-1);
      const { kind: _, function: __, ...settings } = effect;
      if (one && before) one.latest.push({ ...before, ...settings, at });
      return;
    }
    case 'publish_version': {
      const one = named(all, effect.function, region);
      const before = one?.latest.at(-1);
      if (one && before) one.published.push({ ...before, version: effect.version, at });
      return;
    }
    case 'move_alias': {
      const alias = named(all, effect.function, region)?.aliases.find(({ name }) => name === effect.alias);
      alias?.moves.push({ at, version: effect.version, split: effect.split });
      return;
    }
    case 'reserve_concurrency':
      named(all, effect.function, region)?.reserved.push({ at, value: effect.value });
      return;
    default:
      return;
  }
}

function named(all: readonly LambdaFunction[], name: string, region: string): LambdaFunction | undefined {
  return all.find((one) => one.name === name && one.region === region);
}

/** What a list has at a time: its first, before all of them. */
export function lastAt<Item extends { at: number }>(all: readonly Item[], at: number): Item | undefined {
  return all.findLast((one) => one.at <= at) ?? all[0];
}

/** What callers get, and from when: through the first alias, or where there is none the unpublished version. */
export function servedBy(one: LambdaFunction): Revision[] {
  const [alias] = one.aliases;
  // The environments of the version before go on until an update is made.
  if (alias === undefined)
    return one.latest.map((each, index) => (index === 0 ? each : { ...each, at: each.at + UPDATE_MS }));
  return alias.moves.flatMap(({ at, version }) => {
    const served = one.published.find((each) => each.version === version) ?? one.latest.at(-1);
    return served ? [{ ...served, at }] : [];
  });
}
