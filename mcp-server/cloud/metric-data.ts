import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';
import { createLimit } from './limit.ts';

type MetricWish = {
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  statistic: string;
  periodS: number;
};

const SERIES_STATUSES = ['Complete', 'PartialData', 'Forbidden', 'InternalError'] as const;

export type MetricAnswer = {
  points: { at: number; value: number }[];
  status: (typeof SERIES_STATUSES)[number];
  /** AWS's own words about it, if any. */
  message: string | null;
};

/**
 * Limits of one GetMetricData request.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
const QUERIES_A_REQUEST = 500;
const DATAPOINTS_A_REQUEST = 100_800;
/** Requests under way at the same time in one place: the default quota is 50 a second. */
const AT_ONCE = 4;

/**
 * Reads many series of one place over one stretch of time, 500 a request; more points than one answer holds
 * come page by page. Answers are in the order of the wishes. Throws the SDK's errors.
 */
export async function readMetricData(
  cloud: Cloud,
  place: Place,
  wishes: readonly MetricWish[],
  range: { start: Date; end: Date },
): Promise<MetricAnswer[]> {
  const answers = wishes.map((): MetricAnswer => ({ points: [], status: 'Complete', message: null }));
  const limit = createLimit(AT_ONCE);
  const starts = Array.from(
    { length: Math.ceil(wishes.length / QUERIES_A_REQUEST) },
    (_, i) => i * QUERIES_A_REQUEST,
  );
  await Promise.all(
    starts.map((from) =>
      limit(
        () =>
          readBatch(cloud, place, wishes.slice(from, from + QUERIES_A_REQUEST), range, answers.slice(from)),
        cloud.signal,
      ),
    ),
  );
  return answers;
}

async function readBatch(
  cloud: Cloud,
  { account, region }: Place,
  wishes: readonly MetricWish[],
  range: { start: Date; end: Date },
  answers: MetricAnswer[],
): Promise<void> {
  const { sdk, client } = await account.connect('cloudwatch', region, 'read');
  const queries = wishes.map((wish, index) => ({
    Id: `q${index}`,
    MetricStat: {
      Metric: {
        Namespace: wish.namespace,
        MetricName: wish.metric,
        Dimensions: Object.entries(wish.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: wish.periodS,
      Stat: wish.statistic,
    },
  }));
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: range.start,
        EndTime: range.end,
        ScanBy: 'TimestampAscending',
        MaxDatapoints: DATAPOINTS_A_REQUEST,
        ...(token ? { NextToken: token } : {}),
      }),
      { abortSignal: cloud.signal },
    );
    for (const result of page.MetricDataResults ?? []) {
      const answer = answers[Number(result.Id?.slice(1))];
      if (answer) take(result, answer);
    }
    token = page.NextToken;
  } while (token);
}

/** A series that goes on at the next page is partial on this one: the last word counts. */
function take(result: MetricDataResult, answer: MetricAnswer): void {
  const values = result.Values ?? [];
  for (const [index, at] of (result.Timestamps ?? []).entries()) {
    const value = values[index];
    if (value !== undefined) answer.points.push({ at: at.getTime(), value });
  }
  answer.status = SERIES_STATUSES.find((status) => status === result.StatusCode) ?? 'Complete';
  answer.message = result.Messages?.[0]?.Value ?? answer.message;
}
