import { z } from 'zod';

/** A point in time as a file gives it: fixed, or counted from the start of the run. */
export type Moment =
  | { kind: 'absolute' /** Epoch milliseconds. */; ms: number }
  | { kind: 'relative' /** Milliseconds after the run's start; negative is before. */; ms: number };

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const OFFSET = /^([+-])(.+)$/;
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|z|[+-]\d{2}:?\d{2})?$/;

/** Milliseconds of a text such as `90s`, `1.5h` or `7d`; undefined when it is not one. */
export function durationMs(text: string): number | undefined {
  const match = DURATION.exec(text);
  const unit = UNIT_MS[match?.[2] ?? ''];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** Epoch milliseconds of an ISO 8601 date or time; without a zone it is UTC. Undefined when it is not one. */
export function isoMs(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, date = '', time = '00:00', zone = 'Z'] = match;
  const ms = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}${zone.toUpperCase()}`);
  // Date.parse lets 30 February roll over into March.
  const dayStands = new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  return Number.isNaN(ms) || !dayStands ? undefined : ms;
}

function parseMoment(text: string): Moment | undefined {
  const offset = OFFSET.exec(text);
  if (offset !== null) {
    const ms = durationMs(offset[2] ?? '');
    return ms === undefined ? undefined : { kind: 'relative', ms: offset[1] === '-' ? -ms : ms };
  }
  const ms = isoMs(text);
  return ms === undefined ? undefined : { kind: 'absolute', ms };
}

/** Epoch milliseconds of a moment in a run that started at `startMs`. */
export function momentMs(moment: Moment, startMs: number): number {
  switch (moment.kind) {
    case 'absolute':
      return moment.ms;
    case 'relative':
      return startMs + moment.ms;
  }
}

/** `2026-11-20T08:31:00Z`, or `-35m` / `+90s` from the start of the run. */
export const moment = z.string().transform((text, context): Moment => {
  const parsed = safely(() => parseMoment(text));
  if (parsed !== undefined) return parsed;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a time. Write it as 2026-11-20T08:31:00Z, or from the start of the run as -35m or +90s.`,
  });
  return z.NEVER;
});

/** `2026-11-20T09:00:00Z`, as epoch milliseconds. */
export const instant = z.string().transform((text, context): number => {
  const parsed = safely(() => isoMs(text));
  if (parsed !== undefined) return parsed;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a date and time. Write it as 2026-11-20T09:00:00Z.`,
  });
  return z.NEVER;
});

/** `500ms`, `4s`, `3h`: milliseconds. */
export const duration = z.string().transform((text, context): number => {
  const parsed = durationMs(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a duration. Write a number and a unit, such as 500ms, 4s, 30m, 3h or 7d.`,
  });
  return z.NEVER;
});

/** An impossible date (month 13) makes Date throw where it is asked for its text. */
function safely<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
