import type { Coverage } from '../contract/coverage.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';
import { lookBeside } from './look.ts';

type ListedMetric = { namespace: string; metric: string; dimensions: Record<string, string> };

/** A dimension without a value takes any. */
type MetricsWanted = {
  namespace?: string;
  metric?: string;
  dimensions: Record<string, string | undefined>;
};

/** More than this is not one resource's. */
const MOST_PAGES = 10;

/**
 * The metrics there are, of the last two weeks, that carry the given dimensions. What could not be listed is a
 * gap: an empty list with gaps does not mean that there are none.
 *
 * @param what what a gap is about: `mem_used_percent of web-1`
 */
export async function lookForMetrics(
  cloud: Cloud,
  place: Place,
  what: string,
  wanted: MetricsWanted,
): Promise<{ metrics: ListedMetric[]; coverage: Coverage }> {
  const { value, coverage } = await lookBeside(cloud, place, { what, action: 'cloudwatch:ListMetrics' }, () =>
    listMetrics(cloud, place, wanted),
  );
  const { metrics, more } = value ?? { metrics: [], more: false };
  if (more) {
    coverage.gaps.push({
      what,
      why: 'truncated',
      detail: `${place.region} has more than ${metrics.length} metrics that could be meant; only those were looked through. Give a namespace and dimensions.`,
      account: place.account.name,
      region: place.region,
    });
  }
  return { metrics, coverage };
}

async function listMetrics(
  cloud: Cloud,
  { account, region }: Place,
  wanted: MetricsWanted,
): Promise<{ metrics: ListedMetric[]; more: boolean }> {
  const { sdk, client } = await account.connect('cloudwatch', region, 'read');
  const metrics: ListedMetric[] = [];
  let token: string | undefined;
  for (let page = 0; page === 0 || (token && page < MOST_PAGES); page++) {
    const answer = await client.send(
      new sdk.ListMetricsCommand({
        ...(wanted.namespace ? { Namespace: wanted.namespace } : {}),
        ...(wanted.metric ? { MetricName: wanted.metric } : {}),
        Dimensions: Object.entries(wanted.dimensions).map(([Name, Value]) =>
          Value === undefined ? { Name } : { Name, Value },
        ),
        ...(token ? { NextToken: token } : {}),
      }),
      { abortSignal: cloud.signal },
    );
    for (const { Namespace = '', MetricName = '', Dimensions = [] } of answer.Metrics ?? []) {
      const dimensions = Object.fromEntries(Dimensions.map((one) => [one.Name ?? '', one.Value ?? '']));
      metrics.push({ namespace: Namespace, metric: MetricName, dimensions });
    }
    token = answer.NextToken;
  }
  return { metrics, more: token !== undefined };
}
