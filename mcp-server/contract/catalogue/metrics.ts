import { z } from 'zod';
import { place, resultWith, timeRange } from '../call.ts';
import { toolContract } from './tool-contract.ts';

const query = {
  resource: z
    .string()
    .min(1)
    .optional()
    .describe('an id, ARN or name; namespace and dimensions follow from it'),
  metric: z.string().min(1).describe('a CloudWatch metric name such as CPUUtilization'),
  namespace: z.string().min(1).optional().describe('a CloudWatch namespace such as AWS/EC2'),
  dimensions: z.record(z.string(), z.string()).optional().describe('CloudWatch dimensions, name to value'),
  statistic: z
    .string()
    .regex(/^(Average|Sum|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d+)?)$/)
    .optional()
    .describe(
      'Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p99; default: what suits the metric',
    ),
  period: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe(
      'seconds, at least what CloudWatch still keeps; default: fits about 180 points into the time asked',
    ),
};

/** One series on a regular grid: `values[i]` is at `start` + i × `period_s` seconds; null where AWS has no data. */
export const series = z.strictObject({
  resource: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  namespace: z.string(),
  metric: z.string(),
  dimensions: z.record(z.string(), z.string()),
  statistic: z.string(),
  unit: z.string().nullable(),
  account: z.string(),
  region: z.string(),
  start: z.iso.datetime(),
  period_s: z.number(),
  values: z.array(z.number().nullable()),
  /** Over the points there are; null when there is none. */
  summary: z
    .strictObject({
      points: z.int(),
      min: z.number(),
      max: z.number(),
      max_at: z.iso.datetime(),
      average: z.number(),
      last: z.number(),
      last_at: z.iso.datetime(),
    })
    .nullable(),
  /** `PartialData` means that AWS could not return all of it. */
  status: z.enum(['Complete', 'PartialData', 'Forbidden', 'InternalError']),
});
export type Series = z.infer<typeof series>;

export const getMetric = toolContract({
  name: 'get_metric',
  title: 'A metric',
  description: 'One CloudWatch metric of a resource over time, with its extremes.',
  input: z.strictObject({ ...query, ...timeRange, ...place }),
  output: resultWith({ series: z.array(series) }),
});

export const getMetrics = toolContract({
  name: 'get_metrics',
  title: 'Many metrics',
  description: 'Many CloudWatch series in as few AWS requests as there can be (500 a request).',
  input: z.strictObject({
    queries: z
      .array(z.strictObject({ ...query, ...place }))
      .min(1)
      .max(20_000)
      .describe('each with the arguments of get_metric, without the time'),
    ...timeRange,
    ...place,
  }),
  output: resultWith({ series: z.array(series) }),
});
