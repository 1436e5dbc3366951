import { causesOf, lastEnd } from '../causes.ts';
import { logged } from '../complaints.ts';
import type { FaultRule } from '../fault.ts';
import { until } from '../mending.ts';

/** How long it goes on when nothing in the file causes it. */
const PASSES_MS = 30 * 60_000;
/** Lines a minute of the worst. */
const MOST_A_MINUTE = 180;

/**
 * Errors pour into a log. They are a symptom: of a fault of the resource or of what it calls, and they end when
 * that does; of something that passes by itself, where the file has no such fault.
 */
export const LOG_ERROR_BURST: FaultRule = {
  kind: 'log_error_burst',
  strikes: ['function', 'service', 'instance', 'database', 'api', 'external'],
  follows: true,
  spans: (world, strike, others) =>
    until(strike.at, lastEnd(causesOf(world, strike, others)) ?? strike.at + PASSES_MS),
  distress: ({ severity }) => ({ errors: 0.5 * severity, latency: 0.2 * severity }),
  logs: [
    {
      says: 'again',
      perMinute: ({ severity }) => Math.max(1, MOST_A_MINUTE * severity),
      lines: [
        (say) =>
          logged(
            say,
            'ERROR',
            `unhandled exception in ${say.pick(['OrderHandler', 'CartHandler', 'SessionStore', 'PriceFeed'])}: java.lang.NullPointerException`,
          ),
        (say) =>
          logged(
            say,
            'ERROR',
            `java.net.SocketTimeoutException: Read timed out after ${say.between(3, 30)}000 ms`,
          ),
        (say) =>
          logged(
            say,
            'ERROR',
            `request failed with status ${say.pick([500, 502, 503])}, trace=${say.hex(16)}`,
          ),
        (say) => logged(say, 'ERROR', `retry ${say.between(1, 5)} of 5 failed: connection reset by peer`),
        (say) => logged(say, 'FATAL', `worker ${say.between(1, 16)} exits: too many consecutive errors`),
      ],
    },
  ],
};
