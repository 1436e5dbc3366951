import { type LambdaFunction, lastAt } from '../../functions.ts';
import type { FaultRule } from '../fault.ts';
import { until } from '../mending.ts';
import { courseOf, functionMetric } from './function-course.ts';

/** What the requests need beside what is reserved: half as much again, or a few where nothing is. */
const MORE = 1.5;
const A_FEW = 10;

/**
 * More requests at a time than the function may serve: those above its reserved concurrency, or above what other
 * functions leave of the account's, are turned away. More of its own mends it, and so does doing without a
 * reservation that is too small; a restart meets the same limit.
 */
export const LAMBDA_THROTTLED: FaultRule = {
  kind: 'lambda_throttled',
  strikes: ['function'],
  spans: (world, { resource, at }) => {
    const one = courseOf(world, resource)?.one;
    return one === undefined ? [] : until(at, enoughAt(one, at));
  },
  distress: ({ severity }) => ({ errors: 0.8 * severity, latency: 0.2 * severity }),
  onlyCallers: true,
  metrics: [
    functionMetric('Throttles', 'Count', 0, (value, { fault }) => value + 90 * fault.severity),
    // Requests turned away are no invocations, and those served are as many as fit.
    functionMetric('Invocations', 'Count', 60, (value) => value * 0.8),
    functionMetric('ConcurrentExecutions', 'Count', 4, (value, { world, fault, at }) =>
      Math.max(value, lastAt(courseOf(world, fault.resource)?.one.reserved ?? [], at)?.value ?? A_FEW),
    ),
  ],
};

function enoughAt({ reserved }: LambdaFunction, from: number): number | undefined {
  const before = lastAt(reserved, from)?.value ?? null;
  const needed = before === null ? A_FEW : Math.max(before + 1, Math.ceil(before * MORE));
  return reserved.find(({ at, value }) => {
    if (at < from || value === before) return false;
    return value === null || value >= needed;
  })?.at;
}
