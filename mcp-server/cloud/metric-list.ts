import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

export type ListedMetric = { namespace: string; metric: string; dimensions: Record<string, string> };

/** More than this is not one resource's. */
const MOST_PAGES = 10;

/** The metrics there are, of the last two weeks, that carry the given dimensions; a dimension without a value takes any. */
export async function listMetrics(
  cloud: Cloud,
  { account, region }: Place,
  wanted: { namespace?: string; metric?: string; dimensions: Record<string, string | undefined> },
): Promise<ListedMetric[]> {
  const { sdk, client } = await account.connect('cloudwatch', region, 'read');
  const found: ListedMetric[] = [];
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
      found.push({ namespace: Namespace, metric: MetricName, dimensions });
    }
    token = answer.NextToken;
  }
  return found;
}
