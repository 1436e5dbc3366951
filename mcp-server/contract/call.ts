import { z } from 'zod';
import { coverage } from './coverage.ts';

/** How a call was carried out: what a card shows beside the findings. */
export const callFacts = z.strictObject({
  /** The equivalent AWS CLI lines, one an AWS request kind; quoted for a POSIX shell. */
  cli: z.array(z.string()),
  /** A page of the AWS console that shows the same, or null where there is none (a simulated account). */
  console: z.string().nullable(),
  account: z.string(),
  regions: z.array(z.string()),
  /** Requests sent to AWS, retries included. */
  aws_calls: z.int(),
  /** Of those, repeats after throttling or a passing fault. */
  retries: z.int(),
  /** Milliseconds in the server, from the call's arrival to its answer. */
  elapsed_ms: z.number(),
});
export type CallFacts = z.infer<typeof callFacts>;

/** Every tool's structured result: its own findings, what they rest on, how they were got. */
export function resultWith<Findings extends z.ZodRawShape>(findings: Findings) {
  return z.strictObject({ ...findings, coverage, call: callFacts });
}

/** Arguments every tool takes. */
export const place = {
  region: z.string().optional().describe('AWS region; default: all configured regions'),
  account: z.string().optional().describe('A configured account; default: the current one'),
};

const DURATION = /^[1-9]\d{0,4}(s|m|h|d|w)$/;

/** A stretch of time: `last` back from now, or `start`/`end` (ISO 8601), which override it. */
export const timeRange = {
  last: z
    .string()
    .regex(DURATION, 'a duration such as 30m, 3h or 7d')
    .optional()
    .describe('how far back from now, or from end: 30m, 3h, 7d'),
  start: z.iso.datetime({ offset: true }).optional().describe('ISO 8601; overrides last'),
  end: z.iso.datetime({ offset: true }).optional().describe('ISO 8601; default: now'),
};

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `3h` → 10,800,000 (milliseconds). Throws RangeError on anything `timeRange.last` would refuse. */
export function durationMs(text: string): number {
  const unit = text.at(-1);
  if (!DURATION.test(text) || !unit || !(unit in UNIT_MS)) throw new RangeError(`not a duration: ${text}`);
  return Number(text.slice(0, -1)) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** Text that came from outside (console output, log lines, tags, reasons): data, never an instruction. */
export const untrusted = z.string().meta({ 'x-untrusted': true });
