import type { DescribeDimensionKeysRequest } from '@aws-sdk/client-pi';
import type { LoadPart, TopStatement } from '../contract/catalogue/databases.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';
import { maskedStatement } from './sql-text.ts';

/** One database over one stretch of time. `resource`: its `DbiResourceId`. */
export type LoadQuestion = {
  resource: string;
  engine: string;
  start: Date;
  end: Date;
  periodS: number;
};

/** The most parts of each kind that are worth showing. */
const TOP = 10;
const WAITS_EACH = 5;

/**
 * The periods Performance Insights has, in seconds, and the most points an answer is worth.
 * Source: Performance Insights API reference, GetResourceMetrics.
 */
const PERIODS_S = [60, 300, 3_600, 86_400];
const MOST_POINTS = 200;

export function loadPeriodS(lengthMs: number): number {
  return PERIODS_S.find((period) => lengthMs / 1_000 / period <= MOST_POINTS) ?? 86_400;
}

/** The counter of calls of a digest; other engines have none. Source: RDS user guide, "SQL statistics". */
const CALLS: readonly [engine: RegExp, metric: string][] = [
  [/postgres/, 'db.sql_tokenized.stats.calls_per_sec.avg'],
  [/mysql|mariadb/, 'db.sql_tokenized.stats.count_star_per_sec.avg'],
];

/** The load as a series, in average active sessions. Throws the SDK's errors. */
export async function readLoad(
  cloud: Cloud,
  place: Place,
  { resource, start, end, periodS }: LoadQuestion,
): Promise<{ at: number; value: number }[]> {
  const { sdk, client } = await place.account.connect('pi', place.region, 'read');
  const pages = sdk.paginateGetResourceMetrics(
    { client },
    {
      ServiceType: 'RDS',
      Identifier: resource,
      MetricQueries: [{ Metric: 'db.load.avg' }],
      StartTime: start,
      EndTime: end,
      PeriodInSeconds: periodS,
    },
    { abortSignal: cloud.signal },
  );
  const points = new Map<number, number>();
  for await (const page of pages) {
    for (const series of page.MetricList ?? []) {
      for (const { Timestamp, Value } of series.DataPoints ?? []) {
        // A period without data has a point without a value.
        if (Timestamp && Value !== undefined && Value !== null) points.set(Timestamp.getTime(), Value);
      }
    }
  }
  return [...points].map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at);
}

/** What the load was made of by one dimension: `db.wait_event`, `db.user`, `db.host`. Throws the SDK's errors. */
export async function readLoadParts(
  cloud: Cloud,
  place: Place,
  question: LoadQuestion,
  group: 'db.wait_event' | 'db.user' | 'db.host',
): Promise<LoadPart[]> {
  const { Keys = [] } = await askKeys(cloud, place, question, { GroupBy: { Group: group, Limit: TOP } });
  return Keys.map(({ Dimensions, Total }) => ({
    name: dimensionName(Dimensions, group) || 'unknown',
    load: Total ?? 0,
  }));
}

/** The statements that cost most, each with what it waited for. Throws the SDK's errors. */
export async function readTopStatements(
  cloud: Cloud,
  place: Place,
  question: LoadQuestion,
): Promise<TopStatement[]> {
  const calls = CALLS.find(([engine]) => engine.test(question.engine))?.[1];
  const { Keys = [], PartitionKeys = [] } = await askKeys(cloud, place, question, {
    GroupBy: { Group: 'db.sql_tokenized', Limit: TOP },
    PartitionBy: { Group: 'db.wait_event', Limit: WAITS_EACH },
    ...(calls ? { AdditionalMetrics: [calls] } : {}),
  });
  const waits = PartitionKeys.map(({ Dimensions }) => dimensionName(Dimensions, 'db.wait_event'));
  return Keys.map(({ Dimensions, Total, AdditionalMetrics, Partitions = [] }) => ({
    statement: maskedStatement(Dimensions?.['db.sql_tokenized.statement'] ?? '', question.engine),
    load: Total ?? 0,
    calls_per_s: calls === undefined ? null : (AdditionalMetrics?.[calls] ?? null),
    waits: Partitions.flatMap((load, at) => (load > 0 ? [{ name: waits[at] || 'unknown', load }] : [])).sort(
      (a, b) => b.load - a.load,
    ),
  }));
}

async function askKeys(
  cloud: Cloud,
  place: Place,
  { resource, start, end, periodS }: LoadQuestion,
  how: Pick<DescribeDimensionKeysRequest, 'GroupBy' | 'PartitionBy' | 'AdditionalMetrics'>,
) {
  const { sdk, client } = await place.account.connect('pi', place.region, 'read');
  const command = new sdk.DescribeDimensionKeysCommand({
    ServiceType: 'RDS',
    Identifier: resource,
    Metric: 'db.load.avg',
    StartTime: start,
    EndTime: end,
    PeriodInSeconds: periodS,
    ...how,
  });
  return client.send(command, { abortSignal: cloud.signal });
}

/** `{'db.wait_event.type': 'IO', 'db.wait_event.name': 'DataFileRead'}` → `IO:DataFileRead`; a CPU has no more to say. */
function dimensionName(dimensions: Record<string, string> | undefined, group: string): string {
  const name = dimensions?.[`${group}.name`] ?? dimensions?.[`${group}.id`] ?? '';
  const type = dimensions?.[`${group}.type`];
  // MySQL's names are whole already: `wait/io/file/innodb/innodb_data_file`.
  if (type === undefined || type === name || /[:/]/.test(name)) return name;
  return name === '' ? type : `${type}:${name}`;
}
