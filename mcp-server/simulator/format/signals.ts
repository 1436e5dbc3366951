import { z } from 'zod';
import { file, name, region } from './fields.ts';
import { duration, moment } from './times.ts';

/** Names to values; a value may be a resource's name instead of its id. */
const dimensions = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

export const ALARM_STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export const COMPARISONS = ['>', '>=', '<', '<='] as const;
export const STATISTICS = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'] as const;

/** CloudWatch's periods: 10, 20 or 30 seconds, or any number of whole minutes. */
const period = z
  .int()
  .positive()
  .refine((seconds) => [10, 20, 30].includes(seconds) || seconds % 60 === 0, {
    message: 'A period is 10, 20, 30 or a multiple of 60 seconds.',
  });

const statistic = z.union([
  z.enum(STATISTICS),
  z.string().regex(/^p(100|\d{1,2}(\.\d+)?)$/, 'It is not a statistic such as Average or p99.'),
]);

export const alarm = z.strictObject({
  name,
  description: z.string().optional(),
  severity: z.union([z.string(), z.number()]).transform(String).optional(),
  /** Where it starts; from then on its metric decides, when it has one. */
  state: z.enum(ALARM_STATES).default('OK'),
  since: moment.optional(),
  namespace: name.optional(),
  metric: name.optional(),
  dimensions: dimensions.default({}),
  statistic: statistic.optional(),
  comparison: z.enum(COMPARISONS).default('>'),
  threshold: z.number().optional(),
  /** Seconds. */
  period: period.default(300),
  periods: z.int().positive().default(1),
  region: region.optional(),
});

const shape = z.strictObject({
  base: z.number(),
  /** Random part, as a share of the base. */
  noise: z.number().min(0).max(10).default(0),
  /** Swing over the day, as a share of the base. */
  daily: z.number().min(0).max(1).default(0),
});

const METRIC_STATUSES = ['Complete', 'PartialData', 'InternalError', 'Forbidden'] as const;

export const metric = z
  .strictObject({
    namespace: name,
    name,
    dimensions: dimensions.default({}),
    unit: name.optional(),
    /** What the points of the file are. */
    statistic: statistic.optional(),
    status: z.enum(METRIC_STATUSES).default('Complete'),
    file: file.optional(),
    /** Shift the file's points so that the last one falls on the start of the run. */
    replay: z.boolean().default(false),
    shape: shape.optional(),
    region: region.optional(),
  })
  .refine((one) => (one.file === undefined) !== (one.shape === undefined), {
    message: 'A metric has either a "file" or a "shape": give exactly one.',
  })
  .refine((one) => !one.replay || one.file !== undefined, {
    message: '"replay" goes with a "file": a shape already follows the clock.',
    path: ['replay'],
  });

export const log = z.strictObject({
  group: name,
  stream: name.optional(),
  file,
  /** Spread the lines evenly over this long before the start of the run, whatever dates they carry. */
  span: duration.optional(),
  region: region.optional(),
});

export const change = z.strictObject({
  at: moment,
  who: name,
  /** The API call, as CloudTrail names it. */
  event: name,
  resource: name.optional(),
  /** The event source, as `lambda.amazonaws.com`; guessed from the event when it is missing. */
  source: name.optional(),
  region: region.optional(),
});

export const dependency = z.strictObject({ from: name, to: name });
