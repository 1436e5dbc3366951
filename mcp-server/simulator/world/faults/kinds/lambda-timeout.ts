import { causesOf, lastEnd } from '../causes.ts';
import type { FaultRule } from '../fault.ts';
import {
  courseOf,
  functionMetric,
  INVOCATIONS,
  moreErrors,
  servedAt,
  timeoutAt,
  untilServed,
} from './function-course.ts';

/** What the function waits for takes so many times as long as the function may. */
const SLOWER = 1.5;
/** AWS lets no function run for longer, seconds. */
const LONGEST = 900;

/**
 * Something the function waits for has become slow: it runs into its timeout. A longer timeout mends it, and so
 * does the end of what makes a dependency slow; new environments wait as long as the old ones.
 */
export const LAMBDA_TIMEOUT: FaultRule = {
  kind: 'lambda_timeout',
  strikes: ['function'],
  follows: true,
  spans: (world, strike, others) => {
    const served = courseOf(world, strike.resource)?.served ?? [];
    const before = servedAt(served, strike.at);
    if (before === undefined) return [];
    const needed = Math.min(LONGEST, before.timeout * SLOWER);
    const recovered = lastEnd(causesOf(world, strike, others)) ?? Number.POSITIVE_INFINITY;
    return untilServed(served, strike.at, (now) => now.timeout >= needed).map(({ from, to }) => ({
      from,
      to: Math.min(to, recovered),
    }));
  },
  distress: ({ severity }) => ({ errors: 0.7 * severity, latency: severity }),
  metrics: [
    INVOCATIONS,
    moreErrors(({ severity }) => 30 * severity),
    // What is cut off counts with its timeout; a few are still answered in time.
    functionMetric('Duration', 'Milliseconds', 180, (value, { world, fault, at }) =>
      Math.max(value, timeoutAt(world, fault.resource, at) * (0.7 + 0.28 * fault.severity) * 1_000),
    ),
  ],
  logs: [
    {
      says: 'again',
      perMinute: ({ severity }) => 12 * severity,
      lines: [
        (say) =>
          `${say.iso} ${say.uuid()} Task timed out after ${timeoutAt(say.world, say.resource, say.at)}.${say.pick(['00', '01', '02', '03'])} seconds`,
        (say) =>
          `${say.iso}\t${say.uuid()}\tWARN\tupstream has not answered after ${say.between(2, 9)} s, still waiting`,
      ],
    },
  ],
};
