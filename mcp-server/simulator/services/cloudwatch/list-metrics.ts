import type { ListMetricsCommandInput } from '@aws-sdk/client-cloudwatch';
import { askedDimensions } from '../../metrics/dimensions.ts';
import { type Series, seriesByKey } from '../../metrics/series.ts';
import { read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';

const PAGE_SIZE = 500;

export const listMetrics = read((input: ListMetricsCommandInput, { world, region, now }) => {
  const wanted = (input.Dimensions ?? []).map(({ Name = '', Value }) => {
    const value = Value === undefined ? undefined : askedDimensions(world, { [Name]: Value })[Name];
    return { name: Name, value };
  });
  const found = [...seriesByKey(world).values()].filter(
    (one) =>
      one.region === region &&
      hasBegun(one, now) &&
      (input.Namespace === undefined || one.namespace === input.Namespace) &&
      (input.MetricName === undefined || one.name === input.MetricName) &&
      wanted.every(({ name, value }) => {
        const has = one.dimensions[name];
        return has !== undefined && (value === undefined || value === has);
      }),
  );
  const { items, next } = page(found, {
    size: PAGE_SIZE,
    token: input.NextToken,
    question: questionOf(input, 'NextToken'),
    badToken: 'InvalidParameterValue',
  });
  return {
    Metrics: items.map((one) => ({
      Namespace: one.namespace,
      MetricName: one.name,
      Dimensions: Object.entries(one.dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(next !== undefined && { NextToken: next }),
  };
});

/** A metric that only a fault makes appear is not there before it. */
function hasBegun({ source }: Series, now: number): boolean {
  return source.kind !== 'symptom' || source.since <= now;
}
