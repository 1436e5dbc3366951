import { z } from 'zod';
import { place, resultWith, timeRange, untrusted } from '../call.ts';
import { toolContract } from './tool-contract.ts';

export const healthEventRow = z.strictObject({
  arn: z.string(),
  service: z.string(),
  /** As `AWS_EC2_OPERATIONAL_ISSUE`. */
  code: z.string(),
  category: z.enum(['issue', 'accountNotification', 'scheduledChange', 'investigation', 'other']),
  status: z.enum(['open', 'upcoming', 'closed', 'unknown']),
  /** A region, or `global`. */
  region: z.string(),
  az: z.string().optional(),
  started: z.iso.datetime().optional(),
  ended: z.iso.datetime().optional(),
  updated: z.iso.datetime().optional(),
  /** What AWS says of it last; missing where it could not be read. */
  description: untrusted.optional(),
  /** Resources of the account that it touches; `coverage` says where they could not be read. */
  affected: z.array(z.strictObject({ id: untrusted, status: z.string().optional() })),
  account: z.string(),
});
export type HealthEventRow = z.infer<typeof healthEventRow>;

export const listHealthEvents = toolContract({
  name: 'list_health_events',
  title: 'AWS Health events',
  description:
    "AWS's own troubles and plans that touch the account (AWS Health): open and upcoming ones, and those closed lately (default: the last day). Needs a Business or Enterprise support plan.",
  input: z.strictObject({ ...timeRange, ...place }),
  output: resultWith({
    events: z.array(healthEventRow),
    counts: z.record(z.string(), z.int()),
    /** Closed events are from here on; open and upcoming ones are listed whenever they began. */
    since: z.iso.datetime(),
    until: z.iso.datetime(),
  }),
});
