import type { DescribeEventsCommandInput, Event, SourceType } from '@aws-sdk/client-rds';
import { momentMs } from '../../format/times.ts';
import { type Call, read } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { connectionLimit } from '../../world/database-parameters.ts';
import { type Database, databases, storageAt } from '../../world/databases.ts';
import { faultsOn } from '../../world/faults/course.ts';
import { LEAK_MS } from '../../world/faults/kinds/database-connections-exhausted.ts';
import { SLOWING_MS, slowCause } from '../../world/faults/kinds/database-slow.ts';
import type { World } from '../../world/world.ts';
import { databaseArn } from './identity.ts';
import { paged } from './paging.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeEvents.html */
const KEPT_MS = 14 * 86_400_000;
const HOUR_MS = 3_600_000;

type Told = {
  at: number;
  source: string;
  type: SourceType;
  region: string;
  message: string;
  categories: string[];
};

export const describeEvents = read((input: DescribeEventsCommandInput, call) => {
  if (input.SourceIdentifier !== undefined && input.SourceType === undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      'SourceType must be specified if SourceIdentifier is specified.',
    );
  }
  const to = input.EndTime?.getTime() ?? call.now;
  const from = input.StartTime?.getTime() ?? to - (input.Duration ?? 60) * 60_000;
  if (from < call.now - KEPT_MS - HOUR_MS) {
    throw new Refusal('InvalidParameterValue', 'The start time is more than 14 days in the past.');
  }
  const found = told(call.world)
    .filter((one) => one.region === call.region && one.at >= from && one.at <= Math.min(to, call.now))
    .filter((one) => input.SourceType === undefined || one.type === input.SourceType)
    .filter((one) => input.SourceIdentifier === undefined || one.source === input.SourceIdentifier)
    .sort((a, b) => a.at - b.at);
  const { items, next } = paged(found, input);
  return {
    Events: items.map((one) => eventShape(one, call)),
    ...(next !== undefined && { Marker: next }),
  };
});

function eventShape({ at, source, type, message, categories }: Told, call: Call): Event {
  return {
    SourceIdentifier: source,
    SourceType: type,
    Message: message,
    EventCategories: categories,
    Date: new Date(at),
    ...(type === 'db-instance' && { SourceArn: databaseArn(call, source) }),
  };
}

function told(world: World): Told[] {
  return world.derive(buildTold);
}

function buildTold(world: World): Told[] {
  const all = [...databases(world).values()];
  return [
    ...all.flatMap((one) => declared(world, one, all)),
    ...all.flatMap(ofWork),
    ...all.flatMap((one) => ofFaults(world, one)),
    ...ofParameters(world),
  ];
}

type Saying = (at: number, message: string, categories: string[]) => Told;

const saying =
  ({ id, region }: Database): Saying =>
  (at, message, categories) => ({ at, source: id, type: 'db-instance', region, message, categories });

/** A source that is neither a database nor a replica that is known says it of the database it stands under. */
function declared(world: World, database: Database, all: readonly Database[]): Told[] {
  const known = new Set(all.flatMap(({ id, entry }) => [id, ...(entry.replicas ?? [])]));
  return (database.entry.events ?? []).map(({ at, source, message, categories }) => ({
    ...saying(database)(momentMs(at, world.startMs), message, categories),
    source: source !== undefined && known.has(source) ? source : database.id,
  }));
}

/** In RDS's own words. Source: RDS user guide, "Amazon RDS event categories and event messages". */
function ofWork(database: Database): Told[] {
  const say = saying(database);
  return [
    ...database.reboots.flatMap(({ from, to }) => [
      say(from + 8_000, 'DB instance shutdown', ['availability']),
      say(to, 'DB instance restarted', ['availability']),
    ]),
    ...database.classes.flatMap(({ from, to }) => [
      say(from, 'Applying modification to database instance class', ['configuration change']),
      say(to, 'Finished applying modification to DB instance class', ['configuration change']),
    ]),
    ...database.storages.flatMap(({ from, to }) => [
      say(from, 'Applying modification to allocated storage', ['configuration change']),
      say(to, 'Finished applying modification to allocated storage', ['configuration change']),
    ]),
  ];
}

/** What RDS notices of a fault; PostgreSQL and MySQL write the rest into their logs. */
function ofFaults(world: World, database: Database): Told[] {
  const say = saying(database);
  return faultsOn(world, { kind: 'database', id: database.id }).flatMap(({ rule, spans }) =>
    spans.flatMap(({ from, to }) => {
      if (rule.kind === 'database_connections_exhausted') {
        const limit = connectionLimit(world, database, from);
        const near = `DB instance ${database.id} is approaching its max_connections limit. Current connections: ${Math.round(limit * 0.92)} of ${limit}.`;
        return [
          { after: LEAK_MS * 0.9, words: near, of: ['notification'] },
          {
            after: LEAK_MS,
            words: `DB instance ${database.id} has no connection slots left: ${limit} of ${limit} in use. New connections are refused.`,
            of: ['failure', 'notification'],
          },
        ].flatMap(({ after, words, of }) => (from + after < to ? [say(from + after, words, of)] : []));
      }
      if (rule.kind !== 'database_slow') return [];
      if (slowCause(world, database.id) === 'bad_query') {
        const busy = `CPU utilization of DB instance ${database.id} has exceeded 90% for a minute.`;
        return from + SLOWING_MS < to ? [say(from + SLOWING_MS, busy, ['notification'])] : [];
      }
      const size = storageAt(database, from);
      const low = `The free storage capacity for DB instance ${database.id} is low at 2% of the provisioned storage [Provisioned Storage: ${size} GB, Free Storage: ${(size * 0.02).toFixed(2)} GB]. You may want to increase the provisioned storage to address this issue.`;
      return [
        say(from, low, ['low storage']),
        ...(from + SLOWING_MS < to
          ? [say(from + SLOWING_MS, 'Allocated storage has been exhausted', ['failure', 'low storage'])]
          : []),
      ];
    }),
  );
}

function ofParameters(world: World): Told[] {
  return world.journal.flatMap(({ at, effect, region }): Told[] => {
    if (effect.kind !== 'set_parameters') return [];
    return Object.entries(effect.values).map(([name, value]) => ({
      at,
      source: effect.group,
      type: 'db-parameter-group',
      region,
      message: `Updated parameter ${name} to ${value}`,
      categories: ['configuration change'],
    }));
  });
}
