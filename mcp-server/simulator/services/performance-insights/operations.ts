import type {
  DescribeDimensionKeysCommandInput,
  DimensionKeyDescription,
  GetResourceMetricsCommandInput,
} from '@aws-sdk/client-pi';
import { type Call, type Operations, read } from '../../wire/operation.ts';
import { NotSimulated, Refusal } from '../../wire/service-exception.ts';
import { type Database, databasesIn } from '../../world/databases.ts';
import { hexOf } from '../../world/deterministic.ts';
import { resourceId } from '../rds/identity.ts';
import { recordingOf } from './recorded-file.ts';
import { faultSessions, recordsLoad, type Sessions, usualSessions } from './recording.ts';

/** What is asked of which database, in whole minutes. */
type Question = { database: Database; from: number; to: number; periodMs: number };

const STEP_MS = 60_000;
const PERIODS_S = [1, 60, 300, 3_600, 86_400];
const KEPT_MS = 8 * 86_400_000;
/** A long look back is not worked out minute by minute. */
const MOST_STEPS = 600;

type Asked = Pick<
  GetResourceMetricsCommandInput,
  'ServiceType' | 'Identifier' | 'StartTime' | 'EndTime' | 'PeriodInSeconds'
>;

function questionOf(input: Asked, call: Call): Question {
  const database = databasesIn(call.world, call.region).find(
    (one) => resourceId(call.account, one.id) === input.Identifier,
  );
  if (database === undefined || input.ServiceType !== 'RDS') {
    throw new Refusal('NotAuthorizedException', `The identifier ${input.Identifier} is not known.`);
  }
  if (!recordsLoad(call.world, database)) {
    throw new Refusal('InvalidArgumentException', 'Performance Insights is not enabled for this resource.');
  }
  const period = input.PeriodInSeconds ?? 60;
  if (!PERIODS_S.includes(period)) {
    throw new Refusal('InvalidArgumentException', `${period} is not a valid PeriodInSeconds.`);
  }
  const from = input.StartTime?.getTime() ?? Number.NaN;
  const to = input.EndTime?.getTime() ?? Number.NaN;
  if (!(from < to) || from < call.now - KEPT_MS) {
    throw new Refusal('InvalidArgumentException', 'The time range is empty or before what is kept.');
  }
  return { database, from, to: Math.min(to, call.now), periodMs: Math.max(60, period) * 1_000 };
}

const getResourceMetrics = read((input: GetResourceMetricsCommandInput, call) => {
  const question = questionOf(input, call);
  for (const { Metric, GroupBy } of input.MetricQueries ?? []) {
    if (Metric !== 'db.load.avg' || GroupBy !== undefined) {
      throw new NotSimulated('pi', 'GetResourceMetrics', `${Metric} by ${GroupBy?.Group ?? 'itself'}`);
    }
  }
  const buckets = new Map<number, { sum: number; count: number }>();
  for (const { at, load } of loadByMinute(question, call)) {
    const bucket = Math.floor(at / question.periodMs) * question.periodMs;
    const known = buckets.get(bucket) ?? { sum: 0, count: 0 };
    buckets.set(bucket, { sum: known.sum + load, count: known.count + 1 });
  }
  return {
    AlignedStartTime: new Date(question.from),
    AlignedEndTime: new Date(question.to),
    Identifier: input.Identifier,
    MetricList: [
      {
        Key: { Metric: 'db.load.avg' },
        DataPoints: [...buckets].map(([at, { sum, count }]) => ({
          Timestamp: new Date(at),
          Value: sum / count,
        })),
      },
    ],
  };
});

/** The minutes looked at: all of a short range, evenly spread ones of a long one. */
function minutesOf({ from, to }: Question): number[] {
  const first = Math.ceil(from / STEP_MS);
  const count = Math.max(0, Math.floor(to / STEP_MS) - first);
  const every = Math.max(1, Math.ceil(count / MOST_STEPS));
  return Array.from({ length: Math.floor(count / every) }, (_, index) => (first + index * every) * STEP_MS);
}

function loadByMinute(question: Question, { world }: Call): { at: number; load: number }[] {
  const { database, from, to } = question;
  const recording = recordingOf(world, database);
  const minutes = minutesOf(question);
  const fromFaults = (at: number) => total(faultSessions(world, database, at));
  if (recording === undefined) {
    return minutes.map((at) => ({ at, load: total(usualSessions(world, database, at)) + fromFaults(at) }));
  }
  const { timestamps, values } = recording.db_load;
  const recorded = timestamps.flatMap((at, index) => {
    const load = values[index];
    return at >= from && at < to && load !== null && load !== undefined ? [{ at, load }] : [];
  });
  const times = new Set(recorded.map(({ at }) => at));
  const beside = minutes.flatMap((at) => {
    const load = times.has(at) ? 0 : fromFaults(at);
    return load > 0 ? [{ at, load }] : [];
  });
  return [...recorded.map(({ at, load }) => ({ at, load: load + fromFaults(at) })), ...beside].sort(
    (a, b) => a.at - b.at,
  );
}

function total(sessions: readonly Sessions[]): number {
  return sessions.reduce((sum, one) => sum + one.load, 0);
}

/** One value of a dimension, and what it was busy with. */
type Key = {
  dimensions: Record<string, string>;
  load: number;
  waits: Map<string, number>;
  calls: number | null;
};

const describeDimensionKeys = read((input: DescribeDimensionKeysCommandInput, call) => {
  const question = questionOf(input, call);
  const group = input.GroupBy?.Group ?? '';
  const keys = keysOf(group, question, call).sort((a, b) => b.load - a.load);
  const shown = keys.filter(({ load }) => load > 0).slice(0, input.GroupBy?.Limit ?? 10);
  const waits = input.PartitionBy === undefined ? [] : topWaits(shown, input.PartitionBy.Limit ?? 10);
  const [counter] = input.AdditionalMetrics ?? [];
  return {
    AlignedStartTime: new Date(question.from),
    AlignedEndTime: new Date(question.to),
    PartitionKeys: waits.map((wait) => ({ Dimensions: waitDimensions(wait) })),
    Keys: shown.map(
      ({ dimensions, load, waits: of, calls }): DimensionKeyDescription => ({
        Dimensions: dimensions,
        Total: load,
        ...(counter !== undefined && calls !== null && { AdditionalMetrics: { [counter]: calls } }),
        ...(waits.length > 0 && { Partitions: waits.map((wait) => of.get(wait) ?? 0) }),
      }),
    ),
  };
});

function topWaits(keys: readonly Key[], limit: number): string[] {
  const sums = new Map<string, number>();
  for (const { waits } of keys) {
    for (const [wait, load] of waits) sums.set(wait, (sums.get(wait) ?? 0) + load);
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([wait]) => wait);
}

/** By the group asked for; a name is merged with the same one of the recording. */
function keysOf(group: string, question: Question, call: Call): Key[] {
  const keys = new Map<string, Key>();
  const add = (name: string, load: number, waits: [string, number][], calls: number | null) => {
    const known = keys.get(name) ?? {
      dimensions: dimensionsOf(group, name),
      load: 0,
      waits: new Map<string, number>(),
      calls: null,
    };
    known.load += load;
    for (const [wait, of] of waits) known.waits.set(wait, (known.waits.get(wait) ?? 0) + of);
    known.calls = calls === null ? known.calls : Math.max(calls, known.calls ?? 0);
    keys.set(name, known);
  };
  const { database } = question;
  const minutes = minutesOf(question);
  const recorded = recordedIn(question, call);
  const share = minutes.length === 0 ? 0 : 1 / minutes.length;
  for (const at of minutes) {
    const usual =
      recordingOf(call.world, database) === undefined ? usualSessions(call.world, database, at) : [];
    for (const one of [...usual, ...faultSessions(call.world, database, at)]) {
      const load = one.load * share;
      add(nameIn(group, one), load, [[one.wait, load]], one.calls);
    }
  }
  for (const { name, load, waits, calls } of recorded(group)) add(name, load, waits, calls);
  return [...keys.values()];
}

type Part = { name: string; load: number; waits: [string, number][]; calls: number | null };

/** What the recording says of a group, when any of it falls into the time asked for. */
function recordedIn({ database, from, to }: Question, { world }: Call): (group: string) => Part[] {
  const recording = recordingOf(world, database);
  if (recording === undefined || !recording.db_load.timestamps.some((at) => at >= from && at < to)) {
    return () => [];
  }
  const plain = (name: string, load: number): Part => ({ name, load, waits: [], calls: null });
  return (group) => {
    switch (group) {
      case 'db.wait_event':
        return recording.top_wait_events.map((one) => plain(one.name, one.db_load_avg));
      case 'db.user':
        return recording.top_users.map((one) => plain(one.name, one.db_load_avg));
      case 'db.host':
        return recording.top_hosts.map((one) => plain(one.id, one.db_load_avg));
      default:
        return recording.top_sql.map((one) => ({
          name: one.statement,
          load: one.db_load_avg,
          waits: one.wait_events.map((wait): [string, number] => [wait.name, wait.db_load_avg]),
          calls: one.calls_per_sec ?? null,
        }));
    }
  };
}

function nameIn(group: string, sessions: Sessions): string {
  switch (group) {
    case 'db.wait_event':
      return sessions.wait;
    case 'db.user':
      return sessions.user;
    case 'db.host':
      return sessions.host;
    case 'db.sql_tokenized':
      return sessions.statement;
    default:
      throw new NotSimulated('pi', 'DescribeDimensionKeys', `the dimension ${group}`);
  }
}

function dimensionsOf(group: string, name: string): Record<string, string> {
  switch (group) {
    case 'db.wait_event':
      return waitDimensions(name);
    case 'db.sql_tokenized':
      return {
        'db.sql_tokenized.id': hexOf(name, 40).toUpperCase(),
        'db.sql_tokenized.db_id': `pi-${hexOf(name, 10)}`,
        // AWS gives at most this much of a statement.
        'db.sql_tokenized.statement': name.slice(0, 500),
      };
    default:
      return { [`${group}.id`]: name, [`${group}.name`]: name };
  }
}

/** `IO:DataFileRead` → name and type, as AWS has them. */
function waitDimensions(wait: string): Record<string, string> {
  const type = wait.startsWith('wait/') ? wait.split('/')[1] : wait.split(':')[0];
  return { 'db.wait_event.name': wait, 'db.wait_event.type': type ?? wait };
}

export const PERFORMANCE_INSIGHTS: Operations = {
  GetResourceMetrics: getResourceMetrics,
  DescribeDimensionKeys: describeDimensionKeys,
};
