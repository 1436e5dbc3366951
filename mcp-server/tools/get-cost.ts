import { untouched } from '../cloud/call-failure.ts';
import { type CostPeriod, type CostQuery, type Costs, REQUEST_USD, readCosts } from '../cloud/costs.ts';
import { seen } from '../cloud/look.ts';
import { type CostGroup, getCost } from '../contract/catalogue/costs.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import {
  addDays,
  addMonths,
  type Days,
  dayOf,
  daysIn,
  firstOfMonth,
  isWholeMonths,
  periodBefore,
} from './cost-dates.ts';
import { globalPlaceOf } from './global-place.ts';
import { listText } from './list-text.ts';
import { moneyText } from './money-text.ts';
import type { ReadTool } from './tool.ts';

type Input = ToolInput<'get_cost'>;
type Output = ToolOutput<'get_cost'>;

const ACTION = 'ce:GetCostAndUsage';
/** Groups that are listed; the others are counted. */
const LISTED = 15;
/** Up to so many days are given one by one when a call does not say. */
const DAILY_DAYS = 93;
/** Cost Explorer keeps the current month and 13 before it unless more is ordered. */
const KEPT_MONTHS = 13;

export const getCostTool: ReadTool<Input, Output> = {
  kind: 'read',
  contract: getCost,
  async run(input, cloud) {
    const place = await globalPlaceOf(cloud, input.account, 'ce');
    const today = dayOf(place.account.now());
    const days = daysAsked(input, today);
    const plan = queryOf(input, days, today);
    const { value, requests, at, problem } = await readCosts(cloud, place, plan.query);
    const totals = summed(value, days, plan.compared, input.group_by ?? null);
    const gaps: Gap[] = value.more
      ? [
          {
            what: 'costs',
            why: 'truncated',
            detail: `There are more groups than ${requests} requests returned; ask for a shorter time, or by month.`,
            account: place.account.name,
          },
        ]
      : [];
    const findings = {
      account: place.account.name,
      region: input.region ?? null,
      currency: value.currency,
      ...days,
      granularity: plan.query.granularity,
      group_by: input.group_by ?? null,
      ...totals,
      requests,
      price_usd: priceOf(requests),
      as_of: at.toISOString(),
      coverage: { looked_at: [seen(ACTION, place)], gaps },
    };
    return {
      findings,
      text: [textOf(findings), ...(problem ? [problem] : [])].join('\n'),
      cli: [awsLine(place, 'ce', 'get-cost-and-usage', ...cliWords(plan.query))],
      console: consolePage(place, 'costmanagement', '/cost-explorer'),
    };
  },
};

export function priceOf(requests: number): number {
  return Math.round(requests * REQUEST_USD * 100) / 100;
}

/** A day that is not over yet is the last there can be figures of. */
function daysAsked({ start, end }: Input, today: string): Days {
  if (start >= end) {
    throw untouched('invalid_arguments', `The time asked for is empty: from ${start} until before ${end}.`, {
      hint: '`end` is the day after the last one.',
    });
  }
  if (start > today) {
    throw untouched('invalid_arguments', `Nothing can have been spent yet from ${start} on.`, {
      hint: 'Ask for a forecast instead: forecast_cost.',
    });
  }
  const tomorrow = addDays(today, 1);
  return { start, end: end < tomorrow ? end : tomorrow };
}

/** The period before, and the part of the time asked for that it is compared with. */
type Compared = { before: Days; whole: Days };

/**
 * What is asked of AWS. The period before comes along where it makes the answer no dearer: without groups it
 * is some days more on the one page, and with groups by whole months some rows more.
 */
function queryOf(input: Input, days: Days, today: string): { query: CostQuery; compared: Compared | null } {
  const groupBy = input.group_by ?? null;
  const daily = groupBy === null && daysIn(days) <= DAILY_DAYS;
  const granularity = input.granularity ?? (daily ? 'DAILY' : 'MONTHLY');
  const whole = wholeDays(days, today);
  const before = periodBefore(whole);
  const separable =
    granularity === 'DAILY'
      ? groupBy === null && daysIn(days) <= DAILY_DAYS
      : whole.end === days.end && isWholeMonths(days) && isWholeMonths(before);
  const kept = before.start >= addMonths(firstOfMonth(today), -KEPT_MONTHS);
  const compared = separable && kept && whole.start < whole.end ? { before, whole } : null;
  const start = compared?.before.start ?? days.start;
  return {
    query: { start, end: days.end, granularity, groupBy, region: input.region ?? null },
    compared,
  };
}

/** A day that is not over says nothing against one that is. */
function wholeDays({ start, end }: Days, today: string): Days {
  return { start, end: end < today ? end : today };
}

type Totals = Pick<Output, 'total' | 'estimated' | 'before' | 'groups' | 'rest' | 'periods'>;

/** Pure: what the periods come to, in the days asked for and in those before. */
function summed(costs: Costs, days: Days, compared: Compared | null, groupBy: string | null): Totals {
  const within = (of: Days) => costs.periods.filter(({ start }) => start >= of.start && start < of.end);
  const now = within(days);
  const earlier = compared ? within(compared.before) : [];
  const total = sumOf(now);
  const groups = groupBy === null ? [] : groupsOf(now, compared ? earlier : null, total);
  const others = groups.slice(LISTED);
  return {
    total,
    estimated: now.some((period) => period.estimated),
    before:
      compared && earlier.length > 0
        ? { ...compared.before, amount: sumOf(earlier), compared: sumOf(within(compared.whole)) }
        : null,
    groups: groups.slice(0, LISTED),
    rest:
      others.length > 0
        ? { count: others.length, amount: cents(others.reduce((sum, { amount }) => sum + amount, 0)) }
        : null,
    periods: now.map(({ start, end, estimated, total: amount }) => ({
      start,
      end,
      amount: cents(amount),
      estimated,
    })),
  };
}

function groupsOf(now: CostPeriod[], earlier: CostPeriod[] | null, total: number): CostGroup[] {
  const names = new Map<string, string>();
  for (const { groups } of now) for (const { key, name } of groups) if (name) names.set(key, name);
  const was = amountsOf(earlier ?? []);
  return [...amountsOf(now)]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([key, amount]) => {
      const name = names.get(key);
      return {
        key,
        ...(name === undefined ? {} : { name }),
        amount: cents(amount),
        share: total > 0 ? Math.round((amount / total) * 10_000) / 10_000 : null,
        ...(earlier === null ? {} : { before: cents(was.get(key) ?? 0) }),
      };
    });
}

function amountsOf(periods: CostPeriod[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const { groups } of periods) {
    for (const { key, amount } of groups) amounts.set(key, (amounts.get(key) ?? 0) + amount);
  }
  return amounts;
}

function sumOf(periods: readonly CostPeriod[]): number {
  return cents(periods.reduce((sum, { total }) => sum + total, 0));
}

/** To a hundredth of a cent: below that there is only the noise of adding. */
export function cents(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

function textOf(of: Omit<Output, 'call' | 'coverage'>): string {
  const money = (amount: number) => moneyText(amount, of.currency);
  const change = of.before
    ? `; ${money(of.before.amount)} from ${of.before.start} to ${addDays(of.before.end, -1)}, against ${money(of.before.compared)}`
    : '';
  const where = of.region === null ? '' : ` in ${of.region}`;
  const heading = `${money(of.total)}${where} from ${of.start} to ${addDays(of.end, -1)}${of.estimated ? ' (estimated: not final yet)' : ''}${change}.`;
  const lines = of.groups.map(({ key, name, amount, share }) => {
    const part = share === null ? '' : `  ${(share * 100).toFixed(1)} %`;
    const known = name === undefined || name === key ? key : `${name} (${key})`;
    return `${known || `(no ${of.group_by})`}  ${money(amount)}${part}`;
  });
  const rest = of.rest ? [`${of.rest.count} others  ${money(of.rest.amount)}`] : [];
  const paid =
    of.requests === 0
      ? `Remembered from ${of.as_of}: no request was paid for.`
      : `Price of asking: ${of.price_usd.toFixed(2)} USD.`;
  return `${listText(heading, [...lines, ...rest])}\n${paid}`;
}

function cliWords({ start, end, granularity, groupBy, region }: CostQuery): string[] {
  const tag = groupBy?.startsWith('TAG:') ? groupBy.slice('TAG:'.length) : null;
  const group = tag === null ? `Type=DIMENSION,Key=${groupBy}` : `Type=TAG,Key=${tag}`;
  return [
    '--time-period',
    `Start=${start},End=${end}`,
    '--granularity',
    granularity,
    '--metrics',
    'UnblendedCost',
    ...(groupBy === null ? [] : ['--group-by', group]),
    ...(region === null
      ? []
      : ['--filter', JSON.stringify({ Dimensions: { Key: 'REGION', Values: [region] } })]),
  ];
}
