import type {
  GetCostAndUsageCommandOutput,
  GetCostForecastCommandOutput,
  Group,
  GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import { z } from 'zod';
import { digestOf } from '../contract/canonical.ts';
import type { Place } from './account.ts';
import { type CallFailure, untouched } from './call-failure.ts';
import type { Cloud } from './cloud.ts';
import { asFailure, isCancelled } from './explain-error.ts';

/** US dollars a request. Source: AWS Cost Management pricing, "AWS Cost Explorer API". */
export const REQUEST_USD = 0.01;

/** The most pages of one answer that are paid for. */
const MOST_PAGES = 20;

const HOUR_MS = 3_600_000;
/** AWS brings the figures up to date at least once a day; a bill that is final does not change. */
const LIFE_MS = { final: 7 * 24 * HOUR_MS, closed_days: 8 * HOUR_MS, today: HOUR_MS } as const;

export type CostQuery = {
  start: string;
  end: string;
  granularity: 'DAILY' | 'MONTHLY';
  /** As the tool takes it: `SERVICE`, `TAG:project`. */
  groupBy: string | null;
  region: string | null;
};

const costPeriod = z.strictObject({
  start: z.string(),
  end: z.string(),
  estimated: z.boolean(),
  total: z.number(),
  groups: z.array(z.strictObject({ key: z.string(), name: z.string().optional(), amount: z.number() })),
});
export type CostPeriod = z.infer<typeof costPeriod>;

const costs = z.strictObject({ currency: z.string(), periods: z.array(costPeriod), more: z.boolean() });
export type Costs = z.infer<typeof costs>;

const forecast = z.strictObject({
  currency: z.string(),
  periods: z.array(
    z.strictObject({
      start: z.string(),
      end: z.string(),
      mean: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
});
export type Forecast = z.infer<typeof forecast>;

/** An answer, what it was paid with now, and when AWS gave it. `problem`: why it could not be remembered. */
export type Paid<T> = { value: T; requests: number; at: Date; problem: string | null };

/** What was spent; `more`: there were pages that were not paid for. Throws `CallFailure`. */
export function readCosts(cloud: Cloud, place: Place, query: CostQuery): Promise<Paid<Costs>> {
  return remembered(cloud, place, { costs: query }, costs, async () => {
    const { value, requests } = await askCosts(cloud, place, query);
    const today = place.account.now().toISOString().slice(0, 10);
    const final = value.periods.every((period) => !period.estimated);
    const life = query.end > today ? LIFE_MS.today : final ? LIFE_MS.final : LIFE_MS.closed_days;
    return { value, requests, life };
  });
}

async function askCosts(cloud: Cloud, place: Place, query: CostQuery) {
  const { sdk, client } = await place.account.connect('ce', place.region, 'read');
  const periods = new Map<string, CostPeriod>();
  const names = new Map<string, string>();
  let currency = 'USD';
  let token: string | undefined;
  let requests = 0;
  do {
    const answer: GetCostAndUsageCommandOutput = await asked(place, 'ce:GetCostAndUsage', () =>
      client.send(
        new sdk.GetCostAndUsageCommand({
          TimePeriod: { Start: query.start, End: query.end },
          Granularity: query.granularity,
          Metrics: ['UnblendedCost'],
          ...(query.groupBy === null ? {} : { GroupBy: [groupDefinition(query.groupBy)] }),
          ...(query.region === null
            ? {}
            : { Filter: { Dimensions: { Key: 'REGION' as const, Values: [query.region] } } }),
          ...(token === undefined ? {} : { NextPageToken: token }),
        }),
        { abortSignal: cloud.signal },
      ),
    );
    requests += 1;
    for (const { Value, Attributes } of answer.DimensionValueAttributes ?? []) {
      if (Value && Attributes?.description) names.set(Value, Attributes.description);
    }
    for (const period of answer.ResultsByTime ?? []) {
      const start = period.TimePeriod?.Start ?? '';
      const known = periods.get(start) ?? { ...emptyPeriod(start), end: period.TimePeriod?.End ?? '' };
      periods.set(start, known);
      known.estimated ||= period.Estimated ?? false;
      const whole = period.Total?.UnblendedCost;
      currency = whole?.Unit ?? period.Groups?.[0]?.Metrics?.UnblendedCost?.Unit ?? currency;
      const groups = (period.Groups ?? []).map((group) => groupOf(group, query.groupBy, names));
      known.groups.push(...groups);
      known.total += Number(whole?.Amount ?? 0) + groups.reduce((sum, { amount }) => sum + amount, 0);
    }
    token = answer.NextPageToken;
  } while (token !== undefined && requests < MOST_PAGES);
  return { value: { currency, periods: [...periods.values()], more: token !== undefined }, requests };
}

function emptyPeriod(start: string): CostPeriod {
  return { start, end: '', estimated: false, total: 0, groups: [] };
}

function groupDefinition(groupBy: string): GroupDefinition {
  const tag = /^TAG:(.+)$/s.exec(groupBy)?.[1];
  return tag === undefined ? { Type: 'DIMENSION', Key: groupBy } : { Type: 'TAG', Key: tag };
}

/** A tag's group is called `key$value`, with nothing behind the dollar where the tag is missing. */
function groupOf(group: Group, groupBy: string | null, names: ReadonlyMap<string, string>) {
  const [said = ''] = group.Keys ?? [];
  const key = groupBy?.startsWith('TAG:') ? said.slice(said.indexOf('$') + 1) : said;
  const name = names.get(said);
  const amount = Number(group.Metrics?.UnblendedCost?.Amount ?? 0);
  return { key, amount, ...(name === undefined ? {} : { name }) };
}

/** The forecast from a day to another, by month. Throws `CallFailure`. */
export function readForecast(
  cloud: Cloud,
  place: Place,
  of: { start: string; end: string; level: number },
): Promise<Paid<Forecast>> {
  return remembered(cloud, place, { forecast: of }, forecast, async () => {
    const { sdk, client } = await place.account.connect('ce', place.region, 'read');
    const answer: GetCostForecastCommandOutput = await asked(place, 'ce:GetCostForecast', () =>
      client.send(
        new sdk.GetCostForecastCommand({
          TimePeriod: { Start: of.start, End: of.end },
          Metric: 'UNBLENDED_COST',
          Granularity: 'MONTHLY',
          PredictionIntervalLevel: of.level,
        }),
        { abortSignal: cloud.signal },
      ),
    );
    const periods = (answer.ForecastResultsByTime ?? []).map((one) => ({
      start: one.TimePeriod?.Start ?? of.start,
      end: one.TimePeriod?.End ?? of.end,
      mean: Number(one.MeanValue ?? 0),
      low: bound(one.PredictionIntervalLowerBound),
      high: bound(one.PredictionIntervalUpperBound),
    }));
    return {
      value: { currency: answer.Total?.Unit ?? 'USD', periods },
      requests: 1,
      life: LIFE_MS.closed_days,
    };
  });
}

function bound(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** Asks the cache of the account first. An account that does not say its number is asked each time. */
async function remembered<T>(
  cloud: Cloud,
  { account }: Place,
  question: object,
  shape: z.ZodType<T>,
  ask: () => Promise<{ value: T; requests: number; life: number }>,
): Promise<Paid<T>> {
  const number = await account.identity().then(
    (identity) => identity.account,
    () => null,
  );
  const { backend } = account;
  const key = number === null ? null : digestOf('aiops cost v1', { number, backend, question });
  const cache = cloud.costCache(account);
  const now = account.now().getTime();
  const held = key === null ? null : cache.get(key, now);
  const known = held === null ? null : shape.safeParse(held.value);
  if (held && known?.success) return { value: known.data, requests: 0, at: new Date(held.at), problem: null };
  const { value, requests, life } = await ask();
  const problem = key === null ? null : cache.put(key, value, { at: now, until: now + life });
  return { value, requests, at: new Date(now), problem };
}

async function asked<T>(place: Place, action: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isCancelled(error)) throw error;
    throw ownWords(error, action) ?? asFailure(error, { action, place });
  }
}

const NOT_ENABLED = 'Cost Explorer is not enabled for this account.';
const ENABLE =
  'Open Cost Explorer once in the Billing console (in an organisation, the management account allows it to its members); figures come within 24 hours. ';

/** What Cost Explorer refuses where only its words tell why. */
function ownWords(error: unknown, action: string): CallFailure | null {
  if (!(error instanceof Error)) return null;
  if (error.name === 'AccessDeniedException' && /not enabled for cost explorer/i.test(error.message)) {
    return untouched('not_configured', NOT_ENABLED, { hint: ENABLE.trim() });
  }
  if (error.name !== 'DataUnavailableException') return null;
  if (action === 'ce:GetCostForecast') {
    return untouched('rejected', 'AWS has too little history of this account for a forecast.', {
      hint: 'Cost Explorer wants about a month of cost before it forecasts; ask what was spent instead.',
    });
  }
  return untouched('not_configured', 'Cost Explorer has no figures of this account yet.', {
    hint: `${ENABLE}Ask again later.`,
  });
}
