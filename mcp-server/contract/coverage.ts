import { z } from 'zod';

/** Why something could not be looked at. */
export const GAP_REASONS = [
  'denied',
  'expired',
  'throttled',
  'partial',
  'no_data',
  'wrong_region',
  'unreachable',
  'not_simulated',
  'not_configured',
  'truncated',
] as const;

export const gap = z.strictObject({
  /** What could not be seen, in a few words: `instances`, `CPUUtilization of web-1`. */
  what: z.string(),
  why: z.enum(GAP_REASONS),
  /** One sentence for a person: what happened, and what to do where something can be done. */
  detail: z.string(),
  account: z.string().optional(),
  region: z.string().optional(),
});
export type Gap = z.infer<typeof gap>;

/** What a result rests on. A conclusion is only as good as this; it is shown wherever one is drawn. */
export const coverage = z.strictObject({
  /** What was looked at: `EC2 DescribeInstances ap-northeast-2`. */
  looked_at: z.array(z.string()),
  gaps: z.array(gap),
});
export type Coverage = z.infer<typeof coverage>;
