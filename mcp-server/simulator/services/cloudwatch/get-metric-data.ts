import type {
  GetMetricDataCommandInput,
  Metric,
  MetricDataQuery,
  MetricDataResult,
  MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { askedDimensions, seriesKey } from '../../metrics/dimensions.ts';
import { type Point, pointsOf } from '../../metrics/points.ts';
import { seriesByKey } from '../../metrics/series.ts';
import { byPeriod, isStatistic } from '../../metrics/statistics.ts';
import { type Call, read } from '../../wire/operation.ts';
import { NotSimulated, Refusal } from '../../wire/service-exception.ts';
import { hash32 } from '../../world/deterministic.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;

type Range = { from: number; to: number };

export const getMetricData = read((input: GetMetricDataCommandInput, call) => {
  const queries = input.MetricDataQueries ?? [];
  const range = checkedRange(input, queries);
  const newestFirst = input.ScanBy !== 'TimestampAscending';
  const limit = input.MaxDatapoints ?? MOST_DATAPOINTS;
  const mark = hash32(JSON.stringify([queries, range, newestFirst])).toString(36);
  const start = position(input.NextToken, mark);
  const results: MetricDataResult[] = [];
  let room = limit;
  // Series are handed out in turn; a token says at which point of which query to go on.
  for (let index = start.query; index < queries.length; index += 1) {
    const query = queries[index];
    if (query === undefined) continue;
    const skip = index === start.query ? start.point : 0;
    const answer = answerQuery(query, range, call);
    const points = newestFirst ? answer.points.toReversed() : answer.points;
    const taken = points.slice(skip, skip + room);
    const cut = skip + taken.length < points.length;
    room -= taken.length;
    if (query.ReturnData !== false) results.push(resultShape(query, answer, taken, cut));
    if (cut || (room === 0 && index + 1 < queries.length)) {
      const next = cut ? { query: index, point: skip + taken.length } : { query: index + 1, point: 0 };
      return { MetricDataResults: results, Messages: [], NextToken: tokenFor(mark, next) };
    }
  }
  return { MetricDataResults: results, Messages: [] };
});

function checkedRange(input: GetMetricDataCommandInput, queries: readonly MetricDataQuery[]): Range {
  const invalid = (message: string) => new Refusal('ValidationError', message);
  if (queries.length === 0) throw invalid('The parameter MetricDataQueries is required.');
  if (queries.length > MOST_QUERIES) {
    throw invalid(
      `The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}. Size: ${queries.length}`,
    );
  }
  const seen = new Set<string>();
  for (const { Id: id = '' } of queries) {
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(id)) {
      throw invalid(
        `The value ${id} for parameter MetricDataQueries.member.Id is not matching the expected pattern`,
      );
    }
    if (seen.has(id)) throw invalid(`The values for parameter id in MetricDataQueries are not unique: ${id}`);
    seen.add(id);
  }
  const max = input.MaxDatapoints;
  if (max !== undefined && (max < 1 || max > MOST_DATAPOINTS)) {
    throw invalid(`The parameter MaxDatapoints must be between 1 and ${MOST_DATAPOINTS}.`);
  }
  const from = input.StartTime?.getTime() ?? Number.NaN;
  const to = input.EndTime?.getTime() ?? Number.NaN;
  if (!(from < to)) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  return { from, to };
}

type QueryAnswer = { label: string; points: Point[]; status: string; partial: boolean };

function answerQuery(query: MetricDataQuery, range: Range, call: Call): QueryAnswer {
  const stat = query.MetricStat;
  if (query.Expression !== undefined) {
    throw new NotSimulated('cloudwatch', 'GetMetricData', `metric math ("${query.Expression}")`);
  }
  if (stat === undefined) {
    throw new Refusal(
      'ValidationError',
      `Either MetricStat or Expression is required for query ${query.Id}.`,
    );
  }
  return answerStat(stat, range, call);
}

function answerStat(stat: MetricStat, range: Range, call: Call): QueryAnswer {
  const { Metric: metric, Period: seconds = 0, Stat: statistic = '' } = stat;
  const allowed = [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);
  if (!allowed) throw new Refusal('ValidationError', 'Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
  if (!isStatistic(statistic)) {
    throw new Refusal('ValidationError', `The value ${statistic} for parameter Stat is not supported.`);
  }
  const series = seriesByKey(call.world).get(keyOf(metric, call));
  const label = metric?.MetricName ?? '';
  if (series === undefined) {
    return { label, points: [], status: 'Complete', partial: false };
  }
  const periodMs = seconds * 1000;
  // Whole periods only: CloudWatch moves the start back to where its period begins.
  const from = Math.floor(range.from / periodMs) * periodMs;
  const points = byPeriod(pointsOf(call.world, series, from, range.to, call.now), periodMs, statistic);
  if (!call.partial) return { label, points, status: series.status, partial: false };
  return { label, points: points.slice(0, points.length >> 1), status: 'PartialData', partial: true };
}

function keyOf(metric: Metric | undefined, { world, region }: Call): string {
  const given = Object.fromEntries(
    (metric?.Dimensions ?? []).map((one) => [one.Name ?? '', one.Value ?? '']),
  );
  return seriesKey(region, metric?.Namespace ?? '', metric?.MetricName ?? '', askedDimensions(world, given));
}

function resultShape(
  query: MetricDataQuery,
  answer: QueryAnswer,
  taken: Point[],
  cut: boolean,
): MetricDataResult {
  return {
    Id: query.Id,
    Label: query.Label ?? answer.label,
    Timestamps: taken.map(({ at }) => new Date(at)),
    Values: taken.map(({ value }) => value),
    StatusCode: (cut ? 'PartialData' : answer.status) as MetricDataResult['StatusCode'],
    ...(answer.partial && {
      Messages: [{ Code: 'PartialData', Value: 'Some of the data could not be read in time.' }],
    }),
  };
}

type Position = { query: number; point: number };

function tokenFor(mark: string, { query, point }: Position): string {
  return Buffer.from(`${mark}:${query}:${point}`).toString('base64url');
}

function position(token: string | undefined, mark: string): Position {
  if (token === undefined) return { query: 0, point: 0 };
  const [owner, query, point] = Buffer.from(token, 'base64url').toString().split(':');
  const at = { query: Number(query), point: Number(point) };
  if (owner !== mark || !Number.isInteger(at.query) || !Number.isInteger(at.point)) {
    throw new Refusal('InvalidNextToken', 'The NextToken parameter is not valid for this request.');
  }
  return at;
}
