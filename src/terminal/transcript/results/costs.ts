import type { CostGroup } from '../../../../mcp-server/contract/catalogue/costs.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { groupName, lastDay, money, share } from '../../../assistant/answers/money.ts';
import { areaChart, barOf, CHART_COLUMNS } from '../../text/chart.ts';
import { type Line, span } from '../../text/lines.ts';
import { honestScale, sparkline } from '../../text/sparkline.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { type Field, fieldLines } from './fields.ts';
import { roomFor } from './room.ts';

type Cost = ToolOutput<'get_cost'>;

export function costLines(found: Cost, context: ViewContext): Line[] {
  const { costs } = context.words.results;
  const { currency, before } = found;
  const fields: Field[] = [
    [
      costs.total,
      span(money(found.total, currency), 'strong'),
      found.region,
      days(found),
      found.estimated ? span(costs.estimated, 'warn') : null,
    ],
    [costs.before, ...(before ? [money(before.amount, currency), days(before)] : [])],
    [costs.price, priceText(found, context)],
  ];
  return [...fieldLines(fields, context), ...trendLines(found, context), ...groupTable(found, context)];
}

const CHART_ROWS = 6;

/** The days or months, as bars from zero. */
function trendLines({ periods, currency }: Cost, { columns, screenReader }: ViewContext): Line[] {
  if (periods.length < 3 || screenReader) return [];
  const amounts = periods.map(({ amount }) => amount);
  const scale = honestScale(Math.min(...amounts), Math.max(...amounts), null);
  const dayAt = (share: number) =>
    periods[Math.min(periods.length - 1, Math.floor(share * periods.length))]?.start ?? '';
  if (columns >= CHART_COLUMNS) {
    const valueAt = (value: number) => money(value, currency);
    return areaChart({ values: amounts, scale, valueAt, timeAt: dayAt }, columns, CHART_ROWS);
  }
  return [[span(sparkline(amounts, Math.min(columns, 72), scale), 'accent')]];
}

function groupTable(found: Cost, context: ViewContext): Line[] {
  const { costs } = context.words.results;
  const { groups, rest, currency } = found;
  const rows: CostGroup[] = [
    ...groups,
    ...(rest ? [{ key: costs.others(rest.count), amount: rest.amount, share: null }] : []),
  ];
  const columns: Column<CostGroup>[] = [
    { title: costs.group, cell: (row) => groupName(row) || costs.withoutTag, keep: 1, least: 12 },
    { title: costs.cost, cell: (row) => money(row.amount, currency), keep: 2, align: 'right' },
    ...(context.screenReader ? [] : [barColumn(rows)]),
    {
      title: costs.share,
      cell: (row) => (row.share === null ? '' : share(row.share)),
      keep: 3,
      align: 'right',
    },
    {
      title: costs.before,
      cell: (row) => (row.before === undefined ? '' : money(row.before, currency)),
      keep: 4,
      align: 'right',
    },
  ];
  return tableLines(columns, rows, roomFor(context));
}

const BAR = 16;

/** Each group against the dearest. */
function barColumn(rows: readonly CostGroup[]): Column<CostGroup> {
  const most = Math.max(0, ...rows.map(({ amount }) => amount));
  return {
    title: '',
    cell: ({ amount }) => ({ text: most > 0 ? barOf(amount / most, BAR) : '', tone: 'accent' }),
    keep: 5,
  };
}

export function costForecastLines(found: ToolOutput<'forecast_cost'>, context: ViewContext): Line[] {
  const { costs } = context.words.results;
  const { currency, spent, low, high } = found;
  const fields: Field[] = [
    [costs.total, span(money(found.total, currency), 'strong')],
    [costs.spent, ...(spent ? [money(spent.amount, currency), days(spent)] : [])],
    [costs.forecast, money(found.forecast, currency), days(found)],
    [
      costs.interval,
      ...(low === null || high === null
        ? []
        : [`${money(low, currency)} – ${money(high, currency)}`, `${found.level} %`]),
    ],
    [costs.price, priceText(found, context)],
  ];
  return [...fieldLines(fields, context), ...(found.periods.length > 1 ? monthTable(found, context) : [])];
}

function monthTable({ periods, currency }: ToolOutput<'forecast_cost'>, context: ViewContext): Line[] {
  const { costs, at } = context.words.results;
  const columns: Column<(typeof periods)[number]>[] = [
    { title: at, cell: days, keep: 1 },
    { title: costs.forecast, cell: (row) => money(row.mean, currency), keep: 2, align: 'right' },
    {
      title: costs.interval,
      cell: ({ low, high }) =>
        low === null || high === null ? '' : `${money(low, currency)} – ${money(high, currency)}`,
      keep: 3,
    },
  ];
  return tableLines(columns, periods, roomFor(context));
}

function days({ start, end }: { start: string; end: string }): string {
  return `${start} – ${lastDay(end)}`;
}

function priceText(
  { requests, price_usd, as_of }: Pick<Cost, 'requests' | 'price_usd' | 'as_of'>,
  { words, clock }: ViewContext,
): string {
  const amount = money(price_usd, 'USD');
  return requests > 0 ? amount : `${amount} (${words.results.costs.remembered}, ${clock.at(as_of)})`;
}
