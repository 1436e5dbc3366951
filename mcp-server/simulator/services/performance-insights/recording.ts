import type { Database } from '../../world/databases.ts';
import { classAt, classSize, isDown } from '../../world/databases.ts';
import { hash32, hexOf, unit } from '../../world/deterministic.ts';
import { faultsOn, spanAt } from '../../world/faults/course.ts';
import type { Fault } from '../../world/faults/fault.ts';
import { callersOf, leakingCaller } from '../../world/faults/kinds/database-callers.ts';
import { LEAK_MS } from '../../world/faults/kinds/database-connections-exhausted.ts';
import {
  badQuery,
  digestFor,
  SLOWING_MS,
  slowCause,
  tableOf,
} from '../../world/faults/kinds/database-slow.ts';
import type { World } from '../../world/world.ts';

/** Sessions that do the same thing: of whom, from where, for which statement, busy with what. */
export type Sessions = {
  statement: string;
  user: string;
  host: string;
  /** In the engine's words; a CPU is `CPU`. */
  wait: string;
  /** Average active sessions. */
  load: number;
  /** Calls of the statement in a second. */
  calls: number;
};

/** What MySQL calls what PostgreSQL waits for. */
const MYSQL_WAITS: Readonly<Record<string, string>> = {
  'Client:ClientRead': 'wait/synch/cond/innodb/row_lock_wait_cond',
  'IO:DataFileRead': 'wait/io/file/innodb/innodb_data_file',
  'IO:DataFileExtend': 'wait/io/file/innodb/innodb_data_file',
  'IO:WALWrite': 'wait/io/file/innodb/innodb_log_file',
};

/** Sessions in the words of the engine. */
function inEngine({ engine }: Database, sessions: readonly Sessions[]): Sessions[] {
  return sessions.map((one) => ({
    ...one,
    statement: digestFor({ engine }, one.statement),
    wait: /postgres/.test(engine) ? one.wait : (MYSQL_WAITS[one.wait] ?? one.wait),
  }));
}

/** Whether Performance Insights is on: the file says, or something happens that is to be seen. */
export function recordsLoad(world: World, { entry, id }: Database): boolean {
  const { performance_insights: said } = entry;
  if (typeof said === 'boolean') return said;
  return said !== undefined || faultsOn(world, { kind: 'database', id }).length > 0;
}

const STEP_MS = 60_000;

/** What faults add to a minute, beside the usual. */
export function faultSessions(world: World, database: Database, at: number): Sessions[] {
  if (isDown(database, at)) return [];
  return faultsOn(world, { kind: 'database', id: database.id }).flatMap((fault) => {
    const span = spanAt(fault, at);
    if (span === undefined) return [];
    const ramp = (ms: number) => Math.min(1, (at + STEP_MS - span.from) / ms);
    return inEngine(database, sessionsOf(world, database, fault, at, ramp));
  });
}

type Ramp = (ms: number) => number;

function sessionsOf(world: World, database: Database, fault: Fault, at: number, ramp: Ramp): Sessions[] {
  const vcpus = classSize(classAt(database, at)).vcpus;
  const table = tableOf(database.id);
  switch (fault.rule.kind) {
    case 'database_connections_exhausted': {
      const leaking = leakingCaller(world, database.id)?.name;
      const load = vcpus * 1.4 * fault.severity * ramp(LEAK_MS);
      const statement = `BEGIN; SELECT * FROM ${table} WHERE account_id = $1 FOR UPDATE`;
      const common = { statement, user: userOf(leaking), host: hostOf(leaking ?? database.id), calls: 0.3 };
      return [
        { ...common, wait: 'Client:ClientRead', load: load * 0.9 },
        { ...common, wait: 'CPU', load: load * 0.1 },
      ];
    }
    case 'database_slow':
      return slowSessions(world, database, vcpus * fault.severity * ramp(SLOWING_MS));
    default:
      return [];
  }
}

function slowSessions(world: World, database: Database, load: number): Sessions[] {
  const caller = callersOf(world, database.id)[0]?.name;
  if (slowCause(world, database.id) === 'storage_full') {
    const table = tableOf(database.id);
    const statement = `INSERT INTO ${table} (account_id, amount, created_at) VALUES ($1, $2, $3)`;
    const common = { statement, user: userOf(caller), host: hostOf(caller ?? database.id), calls: 0 };
    return [
      { ...common, wait: 'IO:WALWrite', load: load * 1.3 },
      { ...common, wait: 'IO:DataFileExtend', load: load * 0.7 },
    ];
  }
  const common = {
    statement: badQuery(database.id),
    user: 'report',
    host: hostOf(`${database.id}/report`),
    calls: 0.4,
  };
  return [
    { ...common, wait: 'CPU', load: load * 1.7 },
    { ...common, wait: 'IO:DataFileRead', load: load * 0.6 },
  ];
}

/** An ordinary minute, where the file has recorded none. */
export function usualSessions(world: World, database: Database, at: number): Sessions[] {
  if (isDown(database, at)) return [];
  const table = tableOf(database.id);
  const caller = callersOf(world, database.id)[0]?.name;
  const vcpus = classSize(classAt(database, at)).vcpus;
  const seed = hash32(`${database.id}/load`);
  const busy = vcpus * 0.12 * (0.8 + 0.4 * unit(seed, Math.floor(at / STEP_MS)));
  const common = { user: userOf(caller), host: hostOf(caller ?? database.id) };
  const select = `SELECT id, status, total FROM ${table} WHERE account_id = $1 ORDER BY created_at DESC LIMIT $2`;
  const update = `UPDATE ${table} SET status = $1, updated_at = now() WHERE id = $2`;
  return inEngine(database, [
    { ...common, statement: select, wait: 'CPU', load: busy * 0.5, calls: 42 },
    { ...common, statement: select, wait: 'IO:DataFileRead', load: busy * 0.2, calls: 42 },
    { ...common, statement: update, wait: 'IO:WALWrite', load: busy * 0.3, calls: 9 },
  ]);
}

/** Who a caller signs in as: its own name, as most do. */
function userOf(caller: string | undefined): string {
  return (caller ?? 'app')
    .replace(/-\d+$/, '')
    .replace(/[^a-z0-9]+/gi, '_')
    .toLowerCase();
}

/** The private address of a caller; the same for the same one. */
function hostOf(caller: string): string {
  const hash = Number.parseInt(hexOf(`${caller}/host`, 6), 16);
  return `10.0.${hash & 63}.${4 + ((hash >> 8) % 246)}`;
}
