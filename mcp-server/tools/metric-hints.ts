import type { Cloud } from '../cloud/cloud.ts';
import { lookForMetrics } from '../cloud/metric-list.ts';
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
      const hint = await hintFor(cloud, target);
      return hint === '' ? gap : { ...gap, detail: `${gap.detail} ${hint}` };
    }),
  );
}

function isAbout(gap: Gap, { resource, metric, place }: MetricTarget): boolean {
  return resource !== null && gap.what === `${metric} of ${resource.name}` && gap.region === place.region;
}

async function hintFor(cloud: Cloud, { place, dimensions, metric }: MetricTarget): Promise<string> {
  const { metrics, coverage } = await lookForMetrics(cloud, place, 'metrics', { dimensions });
  const names = new Set(metrics.map((one) => one.metric));
  names.delete(metric);
  const has = names.size > 0 ? [`It has: ${[...names].sort().slice(0, NAMED).join(', ')}.`] : [];
  const unlisted = coverage.gaps.map(({ detail }) => `What it has could not all be listed: ${detail}`);
  return [...has, ...unlisted].join(' ');
}
