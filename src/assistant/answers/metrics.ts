import type { Series } from '../../../mcp-server/contract/catalogue/metrics.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { quantity } from './quantity.ts';

/** What people call the commonest metrics. */
const SHORT: Readonly<Record<string, string>> = { CPUUtilization: 'CPU' };
const ONE_BY_ONE = 4;
/** A last value older than this many periods is not "now". */
const STALE_PERIODS = 3;
/** The units AWS counts in but does not send with every response. */
const KNOWN_UNITS: Readonly<Record<string, string>> = {
  CPUUtilization: 'Percent',
  NetworkIn: 'Bytes',
  NetworkOut: 'Bytes',
};

export function metrics(series: readonly Series[], context: AnswerContext): string[] {
  if (series.length <= ONE_BY_ONE) return series.map((one) => single(one, context));
  return [...Map.groupBy(series, (one) => one.metric)].map(([metric, of]) => summary(metric, of, context));
}

function single(of: Series, { words, times }: AnswerContext): string {
  const resource = resourceOf(of);
  const metric = labelOf(of.metric);
  const { summary } = of;
  if (!summary) return words.noPoints(resource, metric);
  const unit = unitOf(of);
  const maxAt = times.at(summary.max_at);
  const max = quantity(summary.max, unit);
  if (of.statistic === 'Sum' || of.statistic === 'SampleCount') {
    const total = of.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    return words.metricTotal({ resource, metric, total: quantity(total, unit), max, maxAt });
  }
  const age = times.now.getTime() - Date.parse(summary.last_at);
  return words.metric({
    resource,
    metric,
    statistic: of.statistic,
    average: quantity(summary.average, unit),
    max,
    maxAt,
    last: quantity(summary.last, unit),
    lastAt: age > STALE_PERIODS * Math.max(60, of.period_s) * 1_000 ? times.at(summary.last_at) : null,
  });
}

function summary(metric: string, of: readonly Series[], { words }: AnswerContext): string {
  const measured = of.flatMap((one) => (one.summary ? [{ one, average: one.summary.average }] : []));
  const highest = measured.reduce(
    (a, b) => (b.average > a.average ? b : a),
    measured[0] ?? { one: of[0], average: 0 },
  );
  const lowest = measured.reduce((a, b) => (b.average < a.average ? b : a), highest);
  if (measured.length === 0 || !highest.one || !lowest.one) return words.noPoints(null, labelOf(metric));
  const told = (of: { one?: Series; average: number }) =>
    of.one ? `${resourceOf(of.one) ?? ''} ${quantity(of.average, unitOf(of.one))}`.trim() : '';
  return words.manySeries(of.length, labelOf(metric), told(highest), told(lowest));
}

function labelOf(metric: string): string {
  return SHORT[metric] ?? plainLine(metric);
}

function resourceOf(of: Series): string | null {
  if (of.resource) return plainLine(of.resource.name || of.resource.id);
  const dimensions = Object.values(of.dimensions);
  return dimensions.length > 0 ? plainLine(dimensions.join(' ')) : null;
}

export function unitOf(of: Series): string | null {
  return of.unit && of.unit !== 'None' ? of.unit : (KNOWN_UNITS[of.metric] ?? of.unit);
}
