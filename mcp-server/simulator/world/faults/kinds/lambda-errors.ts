import type { FaultRule } from '../fault.ts';
import { courseOf, INVOCATIONS, moreErrors, untilServed } from './function-course.ts';

/**
 * The warm environments hold something that is no longer good: a connection, a token. New environments mend it.
 * Those that a change of memory or timeout brings are taken to be no cure: more of something is the tempting
 * answer here, and a drill that rewarded it would teach it.
 */
export const LAMBDA_ERRORS: FaultRule = {
  kind: 'lambda_errors',
  strikes: ['function'],
  spans: (world, { resource, at }) => {
    const course = courseOf(world, resource);
    if (course === undefined) return [];
    return untilServed(
      course.served,
      at,
      (now, before) => now.memory === before.memory && now.timeout === before.timeout,
    );
  },
  distress: ({ severity }) => ({ errors: 0.7 * severity }),
  metrics: [INVOCATIONS, moreErrors(({ severity }) => 24 * severity)],
  logs: [
    {
      says: 'again',
      perMinute: ({ severity }) => 16 * severity,
      lines: [
        (say) =>
          `${say.iso}\t${say.uuid()}\tERROR\tInvoke Error\t{"errorType":"Error","errorMessage":"read ECONNRESET","code":"ECONNRESET","syscall":"read","stack":["Error: read ECONNRESET","    at TLSWrap.onStreamRead (node:internal/stream_base_commons:216:20)"]}`,
        (say) =>
          `${say.iso}\t${say.uuid()}\tERROR\tpooled connection ${say.between(1, 5)} to ${say.address()} is stale: opened ${say.between(190, 620)} min ago`,
      ],
    },
  ],
};
