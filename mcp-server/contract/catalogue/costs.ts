import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { toolContract } from './tool-contract.ts';

export const COST_GRANULARITIES = ['DAILY', 'MONTHLY'] as const;

const day = z.iso.date();

const groupBy = z
  .string()
  .regex(/^(SERVICE|REGION|LINKED_ACCOUNT|USAGE_TYPE|TAG:.{1,128})$/, 'SERVICE, REGION, ... or TAG:<key>');

/** As a bill names them, which also has local zones and what is in no region. A wrong one would be paid for. */
const region = z
  .string()
  .regex(
    /^([a-z]{2,3}(-[a-z]+)+-\d+(-[a-z0-9]+)*|global|NoRegion)$/,
    'a region such as ap-northeast-2, or global',
  );

/** What AWS asked for the answer itself: Cost Explorer bills each request. */
const price = {
  /** Requests that were answered for this result; 0 when it was remembered. */
  requests: z.int(),
  /** US dollars: requests × 0.01. */
  price_usd: z.number(),
  /** When AWS gave the figures, which are remembered for a while. */
  as_of: z.iso.datetime(),
};

/** Days are UTC; `end` is exclusive. Amounts are unblended cost in `currency`. */
const spent = z.strictObject({ start: day, end: day, amount: z.number() });

export const costGroup = z.strictObject({
  /** A service, a region, an account number, ...; empty for what has no such tag. */
  key: untrusted,
  /** An account's name, where AWS says it. */
  name: untrusted.optional(),
  amount: z.number(),
  /** Of the total, 0 to 1; null when the total is not above zero. */
  share: z.number().nullable(),
  /** In the period before, where that was looked at. */
  before: z.number().optional(),
});
export type CostGroup = z.infer<typeof costGroup>;

export const getCost = toolContract({
  name: 'get_cost',
  title: 'Cost',
  description:
    'What was spent, from Cost Explorer (unblended; each request costs 0.01 USD, answers are remembered): in total, by day or month, by service, region, account, usage type or tag.',
  input: z.strictObject({
    start: day.describe('the first day, YYYY-MM-DD (UTC)'),
    end: day.describe('the day after the last one, YYYY-MM-DD'),
    granularity: z.enum(COST_GRANULARITIES).optional(),
    group_by: groupBy.optional().describe('SERVICE, REGION, LINKED_ACCOUNT, USAGE_TYPE or TAG:<key>'),
    region: region.optional().describe('only what was spent in this region; default: everywhere'),
    account: place.account,
  }),
  output: resultWith({
    account: z.string(),
    region: z.string().nullable(),
    currency: z.string(),
    start: day,
    /** Exclusive; not later than tomorrow. */
    end: day,
    granularity: z.enum(COST_GRANULARITIES),
    group_by: z.string().nullable(),
    total: z.number(),
    /** AWS may still correct some of it: the bill is not final. */
    estimated: z.boolean(),
    /**
     * The like period before, when its figures came with the same requests; else null. `compared`: what the same
     * part of the time asked for cost, without today, which is not over.
     */
    before: z.strictObject({ ...spent.shape, compared: z.number() }).nullable(),
    /** The dearest first. */
    groups: z.array(costGroup),
    /** Groups that are not listed. */
    rest: z.strictObject({ count: z.int(), amount: z.number() }).nullable(),
    periods: z.array(z.strictObject({ ...spent.shape, estimated: z.boolean() })),
    ...price,
  }),
});

export const forecastCost = toolContract({
  name: 'forecast_cost',
  title: 'Cost forecast',
  description:
    "What will have been spent until a day: this month's cost so far and Cost Explorer's forecast with its 80 % interval (each request costs 0.01 USD, answers are remembered).",
  input: z.strictObject({
    end: day.describe('the day after the last one, YYYY-MM-DD: the first of next month for this month'),
    account: place.account,
  }),
  output: resultWith({
    account: z.string(),
    currency: z.string(),
    /** The first day that is forecast. */
    start: day,
    end: day,
    /** This month until `start`; null when it could not be read (`coverage` says why) or nothing came before. */
    spent: spent.nullable(),
    /** The mean of what is forecast from `start` to `end`. */
    forecast: z.number(),
    /** `spent` and `forecast` together. */
    total: z.number(),
    /** Percent: how often the true cost lies between `low` and `high`. */
    level: z.number(),
    /** Bounds of `forecast`; null over several months, whose bounds cannot be added up. */
    low: z.number().nullable(),
    high: z.number().nullable(),
    periods: z.array(
      z.strictObject({
        start: day,
        end: day,
        mean: z.number(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      }),
    ),
    ...price,
  }),
});
