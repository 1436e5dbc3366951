import type { Cloud } from '../cloud/cloud.ts';
import { lookBeside } from '../cloud/look.ts';
import { listMetrics } from '../cloud/metric-list.ts';
import type { Gap } from '../contract/coverage.ts';
import type { MetricTarget } from './metric-target.ts';

/** Resources that are looked up; a call about more is a program's, and a program reads no hints. */
const MOST = 3;
const NAMED = 20;

/** Adds to each "no data" which metrics the resource does have. */
export async function withHints(cloud: Cloud, gaps: Gap[], targets: readonly MetricTarget[]): Promise<Gap[]> {
  const missing = gaps.filter((gap) => gap.why === 'no_data');
  if (missing.length === 0 || missing.length > MOST || targets.length > MOST) return gaps;
  return Promise.all(
    gaps.map(async (gap) => {
      const target = targets.find((one) => isAbout(gap, one));
      if (gap.why !== 'no_data' || !target) return gap;
      const names = await metricsOf(cloud, target);
      return names.length === 0 ? gap : { ...gap, detail: `${gap.detail} It has: ${names.join(', ')}.` };
    }),
  );
}

function isAbout(gap: Gap, { resource, metric, place }: MetricTarget): boolean {
  return resource !== null && gap.what === `${metric} of ${resource.name}` && gap.region === place.region;
}

async function metricsOf(cloud: Cloud, { place, dimensions, metric }: MetricTarget): Promise<string[]> {
  const { value } = await lookBeside(
    cloud,
    place,
    { what: 'metrics', action: 'cloudwatch:ListMetrics' },
    () => listMetrics(cloud, place, { dimensions }),
  );
  const names = new Set((value ?? []).map((one) => one.metric));
  names.delete(metric);
  return [...names].sort().slice(0, NAMED);
}
