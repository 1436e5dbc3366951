import type { AccountDocument } from '../format/account.ts';
import { type InstanceSize, instanceSize } from './instance-types.ts';
import type { World } from './world.ts';

type DatabaseEntry = AccountDocument['rds'][number];

/** A time during which something is done to a database, epoch milliseconds. */
export type Work = { from: number; to: number };

/** A database and what was done to it in the run. */
export type Database = {
  id: string;
  region: string;
  az: string;
  entry: DatabaseEntry;
  engine: string;
  /** Restarts, oldest first: it does not answer while one lasts. */
  reboots: readonly Work[];
  /** Changes of its class and of its storage, oldest first; in effect when the work is over. */
  classes: readonly (Work & { class: string })[];
  storages: readonly (Work & { sizeGb: number })[];
};

/** How long each takes; on AWS a class takes five to fifteen minutes, and optimising hours. */
const REBOOT_MS = 45_000;
const CLASS_MS = 240_000;
/** The last of it, in which the database is down. */
const CLASS_OUTAGE_MS = 60_000;
const STORAGE_MS = 30_000;
export const OPTIMISING_MS = 600_000;
/** RDS changes a storage once in this time. */
export const STORAGE_REST_MS = 6 * 3_600_000;

const DEFAULT_CLASS = 'db.m6g.large';
const DEFAULT_GB = 100;

export function databases(world: World): ReadonlyMap<string, Database> {
  return world.derive(buildDatabases);
}

export function databasesIn(world: World, region: string): Database[] {
  return [...databases(world).values()].filter((one) => one.region === region);
}

function buildDatabases(world: World): Map<string, Database> {
  const home = world.file.regions[0] ?? '';
  return new Map(
    world.file.rds.map((entry) => {
      const region = entry.region ?? home;
      return [
        entry.id,
        { id: entry.id, region, az: `${region}a`, entry, engine: entry.engine, ...doneTo(world, entry.id) },
      ];
    }),
  );
}

function doneTo(world: World, id: string): Pick<Database, 'reboots' | 'classes' | 'storages'> {
  const reboots: Work[] = [];
  const classes: (Work & { class: string })[] = [];
  const storages: (Work & { sizeGb: number })[] = [];
  for (const { at, effect } of world.journal) {
    if (effect.kind === 'reboot_databases' && effect.databases.includes(id)) {
      reboots.push({ from: at, to: at + REBOOT_MS });
    }
    if (effect.kind !== 'modify_database' || effect.database !== id) continue;
    if (effect.class !== undefined) classes.push({ from: at, to: at + CLASS_MS, class: effect.class });
    if (effect.storageGb !== undefined) {
      storages.push({ from: at, to: at + STORAGE_MS, sizeGb: effect.storageGb });
    }
  }
  return { reboots, classes, storages };
}

export function classAt({ entry, classes }: Database, at: number): string {
  return classes.findLast((one) => one.to <= at)?.class ?? entry.class ?? DEFAULT_CLASS;
}

/** GiB. */
export function storageAt({ entry, storages }: Database, at: number): number {
  return storages.findLast((one) => one.to <= at)?.sizeGb ?? entry.storage_gb ?? DEFAULT_GB;
}

/** vCPUs and memory of a database class: those of the instance type it is named for. */
export function classSize(name: string): InstanceSize {
  return instanceSize(name.replace(/^db\./, ''));
}

/** When the database came up anew: by a reboot, or by a class it was moved to. Oldest first. */
export function bootsOf({ reboots, classes }: Database): Work[] {
  const moves = classes.map(({ to }) => ({ from: to - CLASS_OUTAGE_MS, to }));
  return [...reboots, ...moves].sort((a, b) => a.to - b.to);
}

export function isDown(database: Database, at: number): boolean {
  return bootsOf(database).some(({ from, to }) => from <= at && at < to);
}

export function isAurora(engine: string): boolean {
  return engine.startsWith('aurora');
}

/** A cluster of the file: the first of its members writes. */
export type DatabaseCluster = { id: string; region: string; engine: string; members: readonly Database[] };

export function clustersIn(world: World, region: string): DatabaseCluster[] {
  const clustered = databasesIn(world, region).filter((one) => one.entry.cluster !== undefined);
  return [...Map.groupBy(clustered, (one) => one.entry.cluster ?? '')].map(([id, members]) => ({
    id,
    region,
    engine: members[0]?.engine ?? '',
    members,
  }));
}

/** The database that another is a replica of, in the file. */
export function sourceOf(world: World, id: string): Database | undefined {
  return world.derive(sources).get(id);
}

function sources(world: World): Map<string, Database> {
  return new Map(
    [...databases(world).values()].flatMap((one) =>
      (one.entry.replicas ?? []).map((replica) => [replica, one] as const),
    ),
  );
}
