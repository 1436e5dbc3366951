import type { Place } from '../cloud/account.ts';
import { CallFailure } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { createLimit } from '../cloud/limit.ts';
import { joined } from '../cloud/look.ts';
import { createResolver } from '../cloud/resolve.ts';
import { getMetric, getMetrics, type Series } from '../contract/catalogue/metrics.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Coverage, Gap } from '../contract/coverage.ts';
import type { Failure } from '../contract/failure.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import { withHints } from './metric-hints.ts';
import { nameOf, readSeries, type SeriesWish } from './metric-series.ts';
import { metricTargets } from './metric-target.ts';
import { type TimeRangeInput, timeRangeOf } from './time-range.ts';
import type { ReadTool, ToolResult } from './tool.ts';

type Query = ToolInput<'get_metrics'>['queries'][number];

const USUAL = '3h';
/** Queries of one call up to which an unknown name is searched for: it takes a dozen requests and a look at every name. */
const SEARCHED = 20;
export const getMetricTool: ReadTool<ToolInput<'get_metric'>, ToolOutput<'get_metric'>> = {
  kind: 'read',
  contract: getMetric,
  run: (input, cloud) => answer(cloud, [input], input),
};

export const getMetricsTool: ReadTool<ToolInput<'get_metrics'>, ToolOutput<'get_metrics'>> = {
  kind: 'read',
  contract: getMetrics,
  run: ({ queries, account, region, ...range }, cloud) =>
    answer(
      cloud,
      queries.map((query) => ({
        ...query,
        account: query.account ?? account,
        region: query.region ?? region,
      })),
      range,
    ),
};

async function answer(
  cloud: Cloud,
  queries: Query[],
  range: TimeRangeInput,
): Promise<ToolResult<ToolOutput<'get_metric'>>> {
  const { wishes, coverage: found } = await wishesOf(cloud, queries);
  const rangeIn = ({ account }: Place) => timeRangeOf(range, USUAL, account.now());
  const read = await readSeries(cloud, wishes, rangeIn);
  const series = withoutEmptyPlaces(read.series);
  const unseen = read.coverage.gaps.filter((gap) => !isOfDropped(gap, series, read.series));
  const gaps = await withHints(cloud, unseen, wishes);
  const coverage = joined(found, { looked_at: read.coverage.looked_at, gaps });
  return {
    findings: { series, coverage },
    text: textOf(series),
    cli: cliLines(wishes.map((wish) => () => cliLine(wish, rangeIn(wish.place), series))),
    console: consolePage(wishes[0]?.place, 'cloudwatch', 'metricsV2'),
  };
}

/** Which series the queries mean. One that means nothing is a gap, unless none means anything. */
async function wishesOf(
  cloud: Cloud,
  queries: Query[],
): Promise<{ wishes: SeriesWish[]; coverage: Coverage }> {
  const limit = createLimit(16);
  const searching = queries.length <= SEARCHED;
  const how = { resolve: createResolver(cloud, searching), searching };
  const coverage: Coverage[] = [];
  let failed: CallFailure | null = null;
  const found = await Promise.all(
    queries.map((query) =>
      limit(async (): Promise<SeriesWish[]> => {
        try {
          const { targets, coverage: looked } = await metricTargets(cloud, query, how);
          coverage.push(looked);
          return targets.map((target) => ({ ...target, statistic: query.statistic, period: query.period }));
        } catch (error) {
          if (!(error instanceof CallFailure)) throw error;
          failed ??= error;
          coverage.push({ looked_at: [], gaps: [gapOf(query, error.failure)] });
          return [];
        }
      }, cloud.signal),
    ),
  );
  const wishes = found.flat();
  if (failed && wishes.length === 0) throw failed;
  return { wishes, coverage: joined(...coverage) };
}

function gapOf({ metric, resource }: Query, { message, hint }: Failure): Gap {
  const detail = hint === undefined ? message : `${message} ${hint}`;
  return { what: `${metric} of ${resource ?? '?'}`, why: 'no_data', detail };
}

const keyOf = ({ namespace, metric, dimensions, statistic }: Series) =>
  JSON.stringify([namespace, metric, dimensions, statistic]);

/** A series asked for without a place is looked for in every region: where it has no data it does not exist. */
function withoutEmptyPlaces(all: Series[]): Series[] {
  const known = new Set(all.filter((one) => one.resource === null && one.summary).map(keyOf));
  return all.filter((one) => one.resource !== null || one.summary || !known.has(keyOf(one)));
}

function isOfDropped(gap: Gap, kept: Series[], all: Series[]): boolean {
  if (gap.why !== 'no_data' || kept.length === all.length) return false;
  const dropped = all.filter((one) => !kept.includes(one));
  return dropped.some((one) => one.region === gap.region && gap.what === `${one.metric} of ${nameOf(one)}`);
}

function textOf(series: Series[]): string {
  const heading =
    series.length === 1 ? '' : `${plural(series.length, 'series').replace('seriess', 'series')}.`;
  const text = listText(heading, series.map(line)).trim();
  return text === '' ? 'No such metric.' : text;
}

function line(one: Series): string {
  const name = `${one.metric} of ${nameOf(one)} (${one.statistic}, ${one.period_s} s)`;
  const { summary } = one;
  if (!summary) return `${name}: no data.`;
  const unit = one.unit === 'Percent' ? '%' : '';
  const number = (value: number) => `${Number(value.toPrecision(4))}${unit}`;
  return (
    `${name}: now ${number(summary.last)} at ${summary.last_at}, average ${number(summary.average)}, ` +
    `lowest ${number(summary.min)}, highest ${number(summary.max)} at ${summary.max_at}, ${plural(summary.points, 'point')}.`
  );
}

/** Lines of the equivalent CLI: a line for each of thousands of series helps nobody. */
const CLI_LINES = 100;

function cliLines(lines: readonly (() => string)[]): string[] {
  const told = lines.slice(0, CLI_LINES).map((line) => line());
  return lines.length > CLI_LINES ? [...told, `# and ${lines.length - CLI_LINES} more like these`] : told;
}

function cliLine(wish: SeriesWish, { start, end }: { start: Date; end: Date }, series: Series[]): string {
  const read = series.find((one) => one.metric === wish.metric && one.namespace === wish.namespace);
  const dimensions = Object.entries(wish.dimensions).map(([name, value]) => `Name=${name},Value=${value}`);
  return awsLine(
    wish.place,
    'cloudwatch',
    'get-metric-statistics',
    '--namespace',
    wish.namespace,
    '--metric-name',
    wish.metric,
    ...(dimensions.length > 0 ? ['--dimensions', ...dimensions] : []),
    '--start-time',
    start.toISOString(),
    '--end-time',
    end.toISOString(),
    '--period',
    String(read?.period_s ?? 60),
    ...statisticWords(read?.statistic ?? 'Average'),
  );
}

function statisticWords(statistic: string): string[] {
  return statistic.startsWith('p') ? ['--extended-statistics', statistic] : ['--statistics', statistic];
}
