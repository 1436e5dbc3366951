import { connectionLimit } from '../../database-parameters.ts';
import { bootsOf, type Database, databases } from '../../databases.ts';
import type { World } from '../../world.ts';
import type { FaultRule, LogLine, Moment, Span, Strike } from '../fault.ts';
import { usualLogPlace } from '../log-places.ts';
import { leakingCaller, restartedAt } from './database-callers.ts';

/** How long a leak takes to eat up what connections there are. */
export const LEAK_MS = 120_000;
/** How long after a restart the leak is felt again. */
const BACK_MS = 90_000;

/**
 * A caller leaks connections until none is left. A restart of that caller mends it, and so does a higher
 * max_connections once it is in effect. A restart of the database cuts the leaked ones too, and they come back.
 */
export const DATABASE_CONNECTIONS_EXHAUSTED: FaultRule = {
  kind: 'database_connections_exhausted',
  strikes: ['database'],
  spans: (world, strike) => {
    const database = databases(world).get(strike.resource.id);
    return database === undefined ? [] : exhaustedSpans(world, strike, database);
  },
  distress: ({ severity }) => ({ errors: 0.8 * severity, latency: 0.7 * severity }),
  metrics: [
    {
      namespace: 'AWS/RDS',
      metric: 'DatabaseConnections',
      unit: 'Count',
      usual: { base: 40, noise: 0.1, daily: 0 },
      leadMs: 3_600_000,
      change: leakedConnections,
    },
    {
      namespace: 'AWS/RDS',
      metric: 'CPUUtilization',
      unit: 'Percent',
      usual: { base: 22, noise: 0.15, daily: 0 },
      leadMs: 3_600_000,
      change: (value, { ramp }) => value + 8 * ramp(LEAK_MS),
    },
  ],
  logs: [
    { says: 'again', afterMs: LEAK_MS, perMinute: 20, place: inEngine(/postgres/), lines: postgresLines() },
    { says: 'again', afterMs: LEAK_MS, perMinute: 20, place: inEngine(/mysql|maria/), lines: mysqlLines() },
    {
      says: 'again',
      perMinute: 6,
      place: (world, resource) => {
        const leaking = leakingCaller(world, resource.id);
        return leaking && usualLogPlace(world, leaking);
      },
      lines: [
        (say) =>
          `${say.iso} WARN connection pool of ${say.resource.name}: ${say.between(60, 190)} connections open, ${say.between(1, 4)} in use; not returned by ${say.pick(['InvoiceExport', 'ReportJob', 'OrderSync'])}`,
        (say) =>
          `${say.iso} ERROR could not get a connection to ${say.resource.name} within 5000 ms (request ${say.hex(12)})`,
      ],
    },
  ],
};

function exhaustedSpans(world: World, strike: Strike, database: Database): Span[] {
  const mended = Math.min(
    raisedAt(world, database, strike.at) ?? Number.POSITIVE_INFINITY,
    restartOfLeak(world, database.id, strike.at) ?? Number.POSITIVE_INFINITY,
  );
  const boots = bootsOf(database).filter(({ to }) => to > strike.at && to < mended);
  const starts = [strike.at, ...boots.map(({ to }) => to + BACK_MS)];
  const ends = [...boots.map(({ from }) => Math.max(from, strike.at)), mended];
  return starts.map((from, index) => ({ from, to: Math.min(ends[index] ?? mended, mended) }));
}

function restartOfLeak(world: World, database: string, from: number): number | undefined {
  const leaking = leakingCaller(world, database);
  return leaking && restartedAt(world, leaking, from);
}

/** When more connections were first allowed than at a time: by the parameter, or by a class with more memory. */
function raisedAt(world: World, database: Database, from: number): number | undefined {
  const before = connectionLimit(world, database, from);
  const times = [
    ...world.journal.flatMap(({ at, effect }) => (effect.kind === 'set_parameters' ? [at] : [])),
    ...bootsOf(database).map(({ to }) => to),
  ];
  return times.sort((a, b) => a - b).find((at) => at > from && connectionLimit(world, database, at) > before);
}

function leakedConnections(value: number, { world, fault, ramp }: Moment): number {
  const database = databases(world).get(fault.resource.id);
  if (database === undefined) return value;
  const limit = connectionLimit(world, database, fault.at);
  // Few are kept for the superuser.
  return Math.max(value, value + (Math.max(limit - 3, 1) - value) * ramp(LEAK_MS));
}

function inEngine(engine: RegExp): NonNullable<NonNullable<FaultRule['logs']>[number]['place']> {
  return (world, resource) => {
    const database = databases(world).get(resource.id);
    return database && engine.test(database.engine) ? usualLogPlace(world, resource) : undefined;
  };
}

function postgresLines(): readonly LogLine[] {
  return [
    (say) =>
      `${postgresTime(say.at)}:${say.address()}(${say.between(32_768, 60_999)}):app@app:[${say.between(900, 31_000)}]:FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute`,
    (say) =>
      `${postgresTime(say.at)}:${say.address()}(${say.between(32_768, 60_999)}):app@app:[${say.between(900, 31_000)}]:FATAL:  sorry, too many clients already`,
  ];
}

function mysqlLines(): readonly LogLine[] {
  return [
    (say) =>
      `${say.iso} ${say.between(100, 9_000)} [Warning] [MY-010055] [Server] Too many connections (client ${say.address()})`,
  ];
}

/** `2026-11-20 10:01:03 UTC`, as RDS for PostgreSQL begins a line. */
function postgresTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
