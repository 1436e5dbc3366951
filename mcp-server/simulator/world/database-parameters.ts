import { bootsOf, classAt, classSize, type Database, databases, isAurora } from './databases.ts';
import { type ParameterKind, parameter, parametersOfFamily } from './engine-parameters.ts';
import type { World } from './world.ts';

/** How long a dynamic value takes to be applied. */
const APPLYING_MS = 20_000;

export type GroupScope = 'database' | 'cluster';

/** A parameter group, and whose it is. */
export type Group = { name: string; scope: GroupScope; family: string; members: readonly Database[] };

/** The groups that databases use; AWS's default ones among them. */
export function parameterGroups(world: World, region: string): readonly Group[] {
  return world.derive(groupsByRegion).get(region) ?? [];
}

function groupsByRegion(world: World): Map<string, Group[]> {
  const byRegion = Map.groupBy(databases(world).values(), (one) => one.region);
  return new Map([...byRegion].map(([region, here]) => [region, groupsAmong(here)]));
}

function groupsAmong(here: Database[]): Group[] {
  const groupsOf = (scope: GroupScope, members: Database[], nameOf: (one: Database) => string): Group[] =>
    [...Map.groupBy(members, nameOf)].map(([name, of]) => ({
      name,
      scope,
      family: of[0] === undefined ? '' : family(of[0]),
      members: of,
    }));
  return [
    ...groupsOf('database', here, groupName),
    ...groupsOf(
      'cluster',
      here.filter((one) => one.entry.cluster !== undefined),
      clusterGroupName,
    ),
  ];
}

/** In a Multi-AZ DB cluster, values are set for the whole cluster. */
function isSetForCluster({ entry, engine }: Database): boolean {
  return entry.cluster !== undefined && !isAurora(engine);
}

export function groupName(database: Database): string {
  const { entry, id } = database;
  const own = entry.parameters !== undefined && !isSetForCluster(database);
  return entry.parameter_group ?? (own ? `${id}-params` : `default.${family(database)}`);
}

export function clusterGroupName(database: Database): string {
  const { entry } = database;
  const own = entry.parameters !== undefined && isSetForCluster(database);
  return own ? `${entry.cluster}-params` : `default.${family(database)}`;
}

/** `postgres16`, `mysql8.0`, `aurora-postgresql16`. */
function family({ engine, entry }: Database): string {
  const version = entry.engine_version ?? defaultVersion(engine);
  const parts = version.split('.');
  return `${engine}${/postgres/.test(engine) ? parts[0] : parts.slice(0, 2).join('.')}`;
}

export function defaultVersion(engine: string): string {
  if (/postgres/.test(engine)) return '16.4';
  return /maria/.test(engine) ? '10.11.9' : '8.0.39';
}

/** The parameters of a group, with what they are set to at a time; `source` as RDS has it. */
export function parametersOf(
  world: World,
  group: Group,
  at: number,
): (ParameterKind & { source: 'user' | 'system' | 'engine-default' })[] {
  const set = valuesAt(world, group, at);
  const known = parametersOfFamily(group.family);
  const others = Object.keys(set)
    .filter((name) => !known.some((one) => one.name === name))
    .map((name) => parameter(name, 'dynamic', 'string'));
  return [...known, ...others]
    .map((kind) => {
      const value = set[kind.name];
      if (value !== undefined) return { ...kind, value, source: 'user' as const };
      return {
        ...kind,
        source: kind.value === undefined ? ('engine-default' as const) : ('system' as const),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function valuesAt(world: World, group: Group, at: number): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { entry } of group.members) Object.assign(values, entry.parameters ?? {});
  for (const { at: when, effect } of world.journal) {
    if (when <= at && effect.kind === 'set_parameters' && effect.group === group.name) {
      Object.assign(values, effect.values);
    }
  }
  return values;
}

/** What a database uses of a parameter at a time: a static value counts from the boot after it was set. */
function effectiveValue(world: World, database: Database, name: string, at: number): string | undefined {
  const groups = parameterGroups(world, database.region);
  const wanted = isSetForCluster(database) ? 'cluster' : 'database';
  const group = groups.find((one) => one.scope === wanted && one.members.includes(database));
  if (group === undefined) return undefined;
  const kind = parametersOfFamily(group.family).find((one) => one.name === name);
  const booted = bootsOf(database).findLast((one) => one.to <= at)?.to ?? world.startMs;
  const when = kind?.apply === 'static' ? Math.min(at, booted) : at;
  return parametersOf(world, group, when).find((one) => one.name === name)?.value;
}

const FALLBACK_CONNECTIONS = 200;

/** The most connections a database takes at a time. */
export function connectionLimit(world: World, database: Database, at: number): number {
  const value = effectiveValue(world, database, 'max_connections', at) ?? '';
  const limit = /^\d+$/.test(value) ? Number(value) : formulaLimit(value, database, at);
  return limit > 0 ? limit : FALLBACK_CONNECTIONS;
}

/** `LEAST({DBInstanceClassMemory/9531392},5000)`, in bytes. */
function formulaLimit(formula: string, database: Database, at: number): number {
  const divisor = Number(/\{DBInstanceClassMemory\/(\d+)\}/.exec(formula)?.[1] ?? Number.NaN);
  const most = Number(/,\s*(\d+)\)/.exec(formula)?.[1] ?? Number.POSITIVE_INFINITY);
  const bytes = classSize(classAt(database, at)).memoryMib * 1024 * 1024;
  return Math.floor(Math.min(bytes / divisor, most)) || 0;
}

/** Whether a group's values are in effect in a database: `in-sync`, `applying` or `pending-reboot`. */
export function applyStatus(world: World, database: Database, group: Group, at: number): string {
  const kinds = parametersOfFamily(group.family);
  const booted = bootsOf(database).findLast((one) => one.to <= at)?.to ?? Number.NEGATIVE_INFINITY;
  const since = world.journal.filter(
    ({ at: when, effect }) =>
      when <= at && when > booted && effect.kind === 'set_parameters' && effect.group === group.name,
  );
  const names = since.flatMap(({ effect }) =>
    effect.kind === 'set_parameters' ? Object.keys(effect.values) : [],
  );
  const waits = names.some((name) => kinds.find((one) => one.name === name)?.apply === 'static');
  if (waits) return 'pending-reboot';
  const last = since.at(-1)?.at;
  return last !== undefined && at < last + APPLYING_MS ? 'applying' : 'in-sync';
}
