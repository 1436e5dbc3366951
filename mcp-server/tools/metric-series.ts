import type { Place } from '../cloud/account.ts';
import type { CallFailure } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { asFailure, asGap, isCancelled } from '../cloud/explain-error.ts';
import { seen } from '../cloud/look.ts';
import { type MetricAnswer, readMetricData } from '../cloud/metric-data.ts';
import type { Series } from '../contract/catalogue/metrics.ts';
import type { Coverage, Gap } from '../contract/coverage.ts';
import { type Grid, gridOf, summaryOf, valuesOn } from './metric-grid.ts';
import { unitOf, usualStatistic } from './metric-rules.ts';
import type { MetricTarget } from './metric-target.ts';

const ACTION = 'cloudwatch:GetMetricData';

export type SeriesWish = MetricTarget & { statistic: string | undefined; period: number | undefined };
type Planned = { wish: SeriesWish; grid: Grid; statistic: string };

/** Reads series, batched by account and region. A place that cannot be read is a gap; when none can be, it throws. */
export async function readSeries(
  cloud: Cloud,
  wishes: readonly SeriesWish[],
  rangeIn: (place: Place) => { start: Date; end: Date },
): Promise<{ series: Series[]; coverage: Coverage }> {
  const planned = wishes.map((wish): Planned => {
    const grid = gridOf(rangeIn(wish.place), wish.period, wish.place.account.now());
    return { wish, grid, statistic: wish.statistic ?? usualStatistic(wish.metric) };
  });
  const batches = [
    ...Map.groupBy(planned, ({ wish }) => `${wish.place.account.name} ${wish.place.region}`).values(),
  ];
  const coverage: Coverage = { looked_at: [], gaps: [] };
  const answers = new Map<Planned, MetricAnswer>();
  let failed: CallFailure | null = null;
  await Promise.all(
    batches.map(async (batch) => {
      const place = batch[0]?.wish.place;
      if (!place) return;
      try {
        const read = await readBatch(cloud, place, batch);
        for (const [index, answer] of read.entries()) {
          const one = batch[index];
          if (one) answers.set(one, answer);
        }
        coverage.looked_at.push(seen(ACTION, place));
      } catch (error) {
        if (isCancelled(error) || cloud.signal.aborted) throw error;
        coverage.gaps.push(asGap(error, 'metrics', { action: ACTION, place }));
        failed ??= asFailure(error, { action: ACTION, place });
      }
    }),
  );
  if (failed && answers.size === 0) throw failed;
  const series = planned.flatMap((one) => {
    const answer = answers.get(one);
    return answer ? [seriesOf(one, answer, coverage.gaps)] : [];
  });
  return { series, coverage };
}

function readBatch(cloud: Cloud, place: Place, batch: readonly Planned[]): Promise<MetricAnswer[]> {
  const starts = batch.map(({ grid }) => grid.start);
  const ends = batch.map(({ grid }) => grid.start + grid.length * grid.periodS * 1_000);
  const range = {
    start: new Date(starts.reduce((a, b) => Math.min(a, b))),
    end: new Date(ends.reduce((a, b) => Math.max(a, b))),
  };
  const queries = batch.map(({ wish, grid, statistic }) => ({
    namespace: wish.namespace,
    metric: wish.metric,
    dimensions: wish.dimensions,
    statistic,
    periodS: grid.periodS,
  }));
  return readMetricData(cloud, place, queries, range);
}

function seriesOf({ wish, grid, statistic }: Planned, answer: MetricAnswer, gaps: Gap[]): Series {
  const { place, resource, namespace, metric, dimensions } = wish;
  const values = valuesOn(grid, answer.points);
  const summary = summaryOf(grid, values);
  const where = { account: place.account.name, region: place.region };
  const what = `${metric} of ${nameOf(wish)}`;
  if (wish.closeTo !== null) {
    gaps.push({
      what,
      why: 'no_data',
      detail: `There is no ${JSON.stringify(wish.closeTo)}; this is ${nameOf(wish)}.`,
      ...where,
    });
  }
  if (answer.status !== 'Complete') {
    const detail = answer.message ?? `CloudWatch returned ${answer.status} for ${what}.`;
    gaps.push({ what, why: answer.status === 'Forbidden' ? 'denied' : 'partial', detail, ...where });
  } else if (summary === null) {
    const detail = `CloudWatch has no ${what} in ${namespace} for that time.`;
    // Where the dimensions are a guess, a gap says so already, and this would say more than is known.
    if (!wish.guessed) gaps.push({ what, why: 'no_data', detail, ...where });
  } else if (grid.raised) {
    const { asked, kept } = grid.raised;
    gaps.push({
      what: `${what} every ${asked} s`,
      why: 'no_data',
      detail: `CloudWatch keeps points of that age every ${kept} s, not every ${asked} s: these are every ${grid.periodS} s.`,
      ...where,
    });
  }
  return {
    resource,
    namespace,
    metric,
    dimensions,
    statistic,
    unit: unitOf(metric, namespace),
    ...where,
    start: new Date(grid.start).toISOString(),
    period_s: grid.periodS,
    values,
    summary,
    status: answer.status,
  };
}

export function nameOf({
  resource,
  namespace,
  dimensions,
}: Pick<MetricTarget, 'resource' | 'namespace' | 'dimensions'>): string {
  const values = Object.values(dimensions).join(', ');
  return resource?.name ?? (values === '' ? namespace : values);
}
