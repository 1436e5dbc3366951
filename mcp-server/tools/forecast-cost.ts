import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type Costs, type Paid, readCosts, readForecast } from '../cloud/costs.ts';
import { seen } from '../cloud/look.ts';
import { forecastCost } from '../contract/catalogue/costs.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { addDays, addMonths, type Days, dayOf, firstOfMonth } from './cost-dates.ts';
import { cents, priceOf } from './get-cost.ts';
import { globalPlaceOf } from './global-place.ts';
import { moneyText } from './money-text.ts';
import type { ReadTool } from './tool.ts';

type Output = ToolOutput<'forecast_cost'>;

/** Percent: how sure the interval is to hold the true cost. */
const LEVEL = 80;
/** How far Cost Explorer forecasts by month. Source: its user guide, "Forecasting with Cost Explorer". */
const MOST_MONTHS = 12;

const SPENT = 'ce:GetCostAndUsage';
const FORECAST = 'ce:GetCostForecast';

export const forecastCostTool: ReadTool<ToolInput<'forecast_cost'>, Output> = {
  kind: 'read',
  contract: forecastCost,
  async run(input, cloud) {
    const place = await globalPlaceOf(cloud, input.account, 'ce');
    const days = daysAhead(input.end, dayOf(place.account.now()));
    const forecast = await readForecast(cloud, place, { ...days, level: LEVEL });
    const { periods, currency } = forecast.value;
    // AWS may forecast the current month as a whole: then what was spent of it is in there already.
    const from = periods[0]?.start ?? days.start;
    const month = { start: firstOfMonth(days.start), end: from < days.start ? from : days.start };
    const { spent, gap } = await spentSoFar(cloud, place, month);
    const mean = cents(periods.reduce((sum, period) => sum + period.mean, 0));
    const [only, ...others] = periods;
    const requests = forecast.requests + (spent?.requests ?? 0);
    const amount = spent ? cents(spent.value.periods.reduce((sum, { total }) => sum + total, 0)) : 0;
    const findings = {
      account: place.account.name,
      currency,
      start: from,
      end: days.end,
      spent: spent ? { ...month, amount } : null,
      forecast: mean,
      total: cents(mean + amount),
      level: LEVEL,
      low: others.length === 0 ? (only?.low ?? null) : null,
      high: others.length === 0 ? (only?.high ?? null) : null,
      periods,
      requests,
      price_usd: priceOf(requests),
      as_of: forecast.at.toISOString(),
      coverage: {
        looked_at: [seen(FORECAST, place), ...(spent ? [seen(SPENT, place)] : [])],
        gaps: gap ? [gap] : [],
      },
    };
    const problems = [...new Set([forecast.problem, spent?.problem ?? null])].filter((one) => one !== null);
    return {
      findings,
      text: [textOf(findings), ...problems].join('\n'),
      cli: [
        awsLine(
          place,
          'ce',
          'get-cost-forecast',
          '--time-period',
          `Start=${days.start},End=${days.end}`,
          '--metric',
          'UNBLENDED_COST',
          '--granularity',
          'MONTHLY',
          '--prediction-interval-level',
          String(LEVEL),
        ),
      ],
      console: consolePage(place, 'costmanagement', '/cost-explorer'),
    };
  },
};

function daysAhead(end: string, today: string): Days {
  if (end <= today) {
    throw untouched('invalid_arguments', `${end} is not in the future: there is nothing to forecast.`, {
      hint: 'Ask what was spent instead: get_cost. `end` is the day after the last one.',
    });
  }
  const furthest = addMonths(today, MOST_MONTHS);
  if (end > furthest) {
    throw untouched('invalid_arguments', `AWS forecasts ${MOST_MONTHS} months at most: until ${furthest}.`);
  }
  return { start: today, end };
}

/** This month's cost before the forecast begins; what cannot be read of it is a gap. Null where there is none. */
async function spentSoFar(
  cloud: Cloud,
  place: Place,
  month: Days,
): Promise<{ spent: Paid<Costs> | null; gap: Gap | null }> {
  if (month.start >= month.end) return { spent: null, gap: null };
  try {
    const query = { ...month, granularity: 'DAILY' as const, groupBy: null, region: null };
    return { spent: await readCosts(cloud, place, query), gap: null };
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const { code, message } = error.failure;
    const why = code === 'denied' || code === 'throttled' ? code : 'no_data';
    const detail = `What this month has cost so far is not in the figure: ${message}`;
    return { spent: null, gap: { what: 'cost so far', why, detail, account: place.account.name } };
  }
}

function textOf(of: Omit<Output, 'call' | 'coverage'>): string {
  const money = (amount: number) => moneyText(amount, of.currency);
  const until = addDays(of.end, -1);
  const interval =
    of.low === null || of.high === null
      ? ''
      : ` (${of.level} % interval: ${money(of.low)} to ${money(of.high)})`;
  const ahead = `Forecast from ${of.start} to ${until}: ${money(of.forecast)}${interval}.`;
  const whole = of.spent
    ? `With ${money(of.spent.amount)} spent since ${of.spent.start}: ${money(of.total)}.`
    : '';
  const paid =
    of.requests === 0
      ? `Remembered from ${of.as_of}: no request was paid for.`
      : `Price of asking: ${of.price_usd.toFixed(2)} USD.`;
  return [ahead, whole, paid].filter(Boolean).join('\n');
}
