import { type Database, databases, storageAt } from '../../databases.ts';
import { unit } from '../../deterministic.ts';
import type { World } from '../../world.ts';
import type { FaultRule, LogLine, MetricEffect, Moment } from '../fault.ts';
import { usualLogPlace } from '../log-places.ts';

/** How long it takes to get bad. */
export const SLOWING_MS = 90_000;
const GIB = 1024 ** 3;

/** What makes a database slow. One entry of the file is enough to know it by. */
type SlowCause = 'bad_query' | 'storage_full';

/**
 * Why a database is slow: as the file's fault says, else a full storage when the file has one (by its status, or
 * next to no FreeStorageSpace), else a bad query.
 */
export function slowCause(world: World, id: string): SlowCause {
  const said = world.file.faults.find((one) => one.kind === 'database_slow' && one.on === id)?.cause;
  const entry = world.file.rds.find((one) => one.id === id);
  if (said !== undefined || entry === undefined) return said ?? 'bad_query';
  if (entry.status === 'storage-full') return 'storage_full';
  const free = world.file.metrics.find(
    (one) => one.name === 'FreeStorageSpace' && one.dimensions.DBInstanceIdentifier === id,
  )?.shape?.base;
  const full = free !== undefined && free < (entry.storage_gb ?? 100) * GIB * 0.02;
  return full ? 'storage_full' : 'bad_query';
}

/**
 * A bad query: nothing here mends it, whoever wrote it has to. A full storage: more storage mends it, and
 * nothing else; a bigger class has the same disk.
 */
export const DATABASE_SLOW: FaultRule = {
  kind: 'database_slow',
  strikes: ['database'],
  spans: (world, { resource, at }) => {
    const database = databases(world).get(resource.id);
    if (database === undefined) return [];
    const full = slowCause(world, resource.id) === 'storage_full';
    const grown = full ? database.storages.find((one) => one.from >= at)?.to : undefined;
    return [{ from: at, to: grown ?? Number.POSITIVE_INFINITY }];
  },
  distress: ({ severity }) => ({ errors: 0.25 * severity, latency: severity }),
  metrics: [
    effect('CPUUtilization', 'Percent', 22, { bad_query: busyCpu }),
    effect('ReadLatency', 'Seconds', 0.0008, { bad_query: times(14) }),
    effect('ReadIOPS', 'Count/Second', 180, { bad_query: times(9) }),
    effect('WriteLatency', 'Seconds', 0.0011, { storage_full: times(60) }),
    effect('WriteIOPS', 'Count/Second', 140, {
      storage_full: (value, { ramp }) => value * (1 - ramp(SLOWING_MS)),
    }),
    effect('DiskQueueDepth', 'Count', 0.4, { bad_query: times(12), storage_full: times(40) }),
    effect('DatabaseConnections', 'Count', 40, { bad_query: times(1.6), storage_full: times(1.8) }),
    freeStorage(),
  ],
  logs: [
    { says: 'again', perMinute: 4, place: placeFor('bad_query', /postgres/), lines: [postgresSlow] },
    { says: 'again', perMinute: 4, place: placeFor('bad_query', /mysql|maria/), lines: [mysqlSlow] },
    { says: 'again', perMinute: 12, place: placeFor('storage_full', /postgres/), lines: postgresFull() },
    { says: 'again', perMinute: 12, place: placeFor('storage_full', /mysql|maria/), lines: [mysqlFull] },
  ],
};

type Change = (value: number, moment: Moment) => number;

function effect(
  metric: string,
  unitName: string,
  usual: number,
  changes: Partial<Record<SlowCause, Change>>,
): MetricEffect {
  return {
    namespace: 'AWS/RDS',
    metric,
    unit: unitName,
    usual: { base: usual, noise: 0.15, daily: 0 },
    leadMs: 3_600_000,
    change: (value, moment) =>
      changes[slowCause(moment.world, moment.fault.resource.id)]?.(value, moment) ?? value,
  };
}

function times(most: number): Change {
  return (value, { fault, ramp }) => value * (1 + (most - 1) * fault.severity * ramp(SLOWING_MS));
}

function busyCpu(value: number, { fault, at, ramp }: Moment): number {
  const wavering = (unit(0x3d1, Math.floor(at / 60_000)) - 0.5) * 4;
  return Math.max(value, Math.min(100, fault.severity * 100 + wavering) * ramp(SLOWING_MS));
}

/** What grows the storage is seen here, also when the fault is over. */
function freeStorage(): MetricEffect {
  return {
    namespace: 'AWS/RDS',
    metric: 'FreeStorageSpace',
    unit: 'Bytes',
    usual: { base: 0.2 * GIB, noise: 0.02, daily: 0 },
    leadMs: 3_600_000,
    beyond: true,
    change: (value, { world, fault, at, span, ramp }) => {
      const database = databases(world).get(fault.resource.id);
      if (database === undefined || slowCause(world, fault.resource.id) !== 'storage_full') return value;
      const grown = (storageAt(database, at) - storageAt(database, fault.at)) * GIB;
      const left = span === undefined ? value : value * (1 - ramp(SLOWING_MS));
      return Math.max(0, left) + grown;
    },
  };
}

function placeFor(
  cause: SlowCause,
  engine: RegExp,
): NonNullable<NonNullable<FaultRule['logs']>[number]['place']> {
  return (world, resource) => {
    const database = databases(world).get(resource.id);
    if (database === undefined || !engine.test(database.engine)) return undefined;
    return slowCause(world, resource.id) === cause ? usualLogPlace(world, resource) : undefined;
  };
}

/** Tables by what a database is called: `orders-db` has orders. */
export function tableOf(id: string): string {
  return (id.split(/[-_.]/)[0] ?? 'items').replace(/[^a-z0-9]/gi, '').toLowerCase() || 'items';
}

/** The query that costs: the same digest in the logs and in Performance Insights. */
export function badQuery(id: string): string {
  const table = tableOf(id);
  return `SELECT * FROM ${table} t JOIN ${table}_history h ON h.ref = t.id WHERE lower(t.note) LIKE $1 ORDER BY h.changed_at DESC`;
}

/** MySQL's digests have `?` for a value. */
export function digestFor(database: Pick<Database, 'engine'>, statement: string): string {
  return /postgres/.test(database.engine) ? statement : statement.replace(/\$\d+/g, '?');
}

function postgresSlow(say: Parameters<LogLine>[0]): string {
  const time = `${new Date(say.at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const spent = say.between(18_000, 96_000);
  return `${time}:${say.address()}(${say.between(32_768, 60_999)}):report@app:[${say.between(900, 31_000)}]:LOG:  duration: ${spent}.${say.between(100, 999)} ms  execute <unnamed>: ${badQuery(say.resource.id)}`;
}

function mysqlSlow(say: Parameters<LogLine>[0]): string {
  const statement = digestFor({ engine: 'mysql' }, badQuery(say.resource.id));
  return `${say.iso} # User@Host: report[report] @ [${say.address()}]  # Query_time: ${say.between(18, 96)}.${say.between(100_000, 999_999)}  Rows_examined: ${say.between(4_000_000, 60_000_000)}  ${statement};`;
}

function postgresFull(): readonly LogLine[] {
  const line =
    (text: string): LogLine =>
    (say) =>
      `${new Date(say.at).toISOString().slice(0, 19).replace('T', ' ')} UTC:${say.address()}(${say.between(32_768, 60_999)}):app@app:[${say.between(900, 31_000)}]:${text}`;
  return [
    (say) =>
      line(
        `ERROR:  could not extend file "base/16401/${say.between(17_000, 19_000)}": No space left on device`,
      )(say),
    line('PANIC:  could not write to file "pg_wal/xlogtemp": No space left on device'),
  ];
}

function mysqlFull(say: Parameters<LogLine>[0]): string {
  return `${say.iso} ${say.between(100, 9_000)} [ERROR] [MY-012820] [InnoDB] Write to file ./app/${tableOf(say.resource.id)}.ibd failed: no space left on device`;
}
