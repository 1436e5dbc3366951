import type { Series } from '../../../../mcp-server/contract/catalogue/metrics.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { unitOf } from '../../../assistant/answers/metrics.ts';
import { quantity } from '../../../assistant/answers/quantity.ts';
import { wrap, wrapLine } from '../../text/cells.ts';
import { areaChart, CHART_COLUMNS, type ChartData } from '../../text/chart.ts';
import { period } from '../../text/durations.ts';
import { type Line, type Span, span } from '../../text/lines.ts';
import { honestScale, type Scale, sparkline } from '../../text/sparkline.ts';
import { type Column, tableLines } from '../../text/table.ts';
import { limitOf } from '../limits.ts';
import type { ViewContext } from '../view-context.ts';
import { roomFor } from './room.ts';

/** More series than this are shown as a table, a row each. */
const DRAWN = 4;

export function metricLines({ series }: ToolOutput<'get_metric'>, context: ViewContext): Line[] {
  if (series.length === 0) return wrap(context.words.results.none, context.columns, 'dim');
  if (series.length > DRAWN || (series.length > 1 && context.screenReader))
    return [...rangeLines(series[0], context), ...seriesTable(series, context)];
  const alone = series.length === 1 && context.columns >= CHART_COLUMNS;
  return series.flatMap((each, index) => {
    const same = index > 0 && sameRange(series[index - 1], each);
    return [...drawn(each, alone, context), ...(same ? [] : rangeLines(each, context))];
  });
}

/** `alone`: the only series there is, with room for a chart. */
function drawn(series: Series, alone: boolean, context: ViewContext): Line[] {
  const { words, columns } = context;
  const { summary, values } = series;
  const unit = unitOf(series);
  const head = wrapLine(
    [
      span(`${seriesName(series)} `, 'strong'),
      span(`${series.metric} · ${series.statistic}`),
      ...(series.status === 'Complete' ? [] : [span(` · ${statusWord(series, context)}`, 'warn')]),
    ],
    columns,
  );
  if (!summary) return [...head, ...wrap(words.results.noPoints, columns, 'warn')];
  const stats: [string, number, string][] = [
    [words.results.minimum, summary.min, ''],
    [words.results.average, summary.average, ''],
    [words.results.maximum, summary.max, ` (${context.clock.at(summary.max_at)})`],
    [words.results.last, summary.last, ''],
  ];
  const parts: Span[] = stats.flatMap(([title, value, note], index) => [
    span(`${index === 0 ? '' : '  '}${title} `, 'dim'),
    span(quantity(value, unit)),
    span(note, 'dim'),
  ]);
  const scale = honestScale(summary.min, summary.max, unit);
  const line: Line[] = [[span(sparkline(values, Math.min(columns, 72), scale), 'accent')]];
  const picture = alone ? chart(series, scale, context) : line;
  return [...head, ...(context.screenReader ? [] : picture), ...wrapLine(parts, columns)];
}

/** Rows of a chart, without its time axis. */
const CHART_ROWS = 8;

/** The series over its time, with what an alarm of the same metric waits for. */
function chart(series: Series, scale: Scale, context: ViewContext): Line[] {
  const { values, start, period_s } = series;
  const limit = limitOf(series, context.limits);
  const unit = unitOf(series);
  const moment = (share: number) =>
    context.clock.at(new Date(Date.parse(start) + share * values.length * period_s * 1_000).toISOString());
  const near = limit && limit.value > scale.to && limit.value <= scale.to * 2;
  const data: ChartData = {
    values,
    scale: near ? { ...scale, to: limit.value } : scale,
    valueAt: (value) => quantity(value, unit),
    timeAt: moment,
    ...(limit ? { limit } : {}),
  };
  return areaChart(data, context.columns, CHART_ROWS);
}

function rangeLines(series: Series | undefined, { clock, words, columns }: ViewContext): Line[] {
  if (!series) return [];
  const start = Date.parse(series.start);
  const end = new Date(start + series.values.length * series.period_s * 1_000).toISOString();
  const range = `${clock.at(series.start)} – ${clock.at(end)} ${clock.zone}`;
  return wrap(`${range} · ${words.results.every} ${period(series.period_s)}`, columns, 'dim');
}

function sameRange(a: Series | undefined, b: Series): boolean {
  return a?.start === b.start && a.period_s === b.period_s && a.values.length === b.values.length;
}

function seriesTable(series: readonly Series[], context: ViewContext): Line[] {
  const { results } = context.words;
  const value = (pick: (summary: NonNullable<Series['summary']>) => number) => (row: Series) =>
    row.summary ? quantity(pick(row.summary), unitOf(row)) : '';
  const columns: Column<Series>[] = [
    { title: results.name, cell: seriesName, keep: 1, least: 10 },
    { title: results.metric, cell: (row) => row.metric, keep: 5 },
    {
      title: results.trend,
      cell: (row) =>
        row.summary && context.screenReader
          ? ''
          : row.summary
            ? {
                text: sparkline(row.values, 24, honestScale(row.summary.min, row.summary.max, unitOf(row))),
                tone: 'accent',
              }
            : { text: statusWord(row, context), tone: 'warn' },
      keep: 4,
    },
    { title: results.average, cell: value((summary) => summary.average), keep: 6, align: 'right' },
    { title: results.maximum, cell: value((summary) => summary.max), keep: 2, align: 'right' },
    { title: results.last, cell: value((summary) => summary.last), keep: 3, align: 'right' },
  ];
  return tableLines(columns, series, roomFor(context));
}

function seriesName({ resource, dimensions, namespace }: Series): string {
  if (resource) return resource.name || resource.id;
  return Object.values(dimensions).join('/') || namespace;
}

function statusWord({ status }: Series, { words }: ViewContext): string {
  switch (status) {
    case 'Complete':
      return words.results.noPoints;
    case 'PartialData':
      return words.results.partialData;
    case 'Forbidden':
      return words.card.why.denied;
    case 'InternalError':
      return words.card.why.unreachable;
  }
}
