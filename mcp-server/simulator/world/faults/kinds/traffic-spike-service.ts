import { START_MS } from '../../ecs/rollout.ts';
import { courseNamed } from '../../ecs/service-course.ts';
import type { FaultRule } from '../fault.ts';
import { until } from '../mending.ts';

const EXTRA_REQUESTS = 2.4;
const RAMP_MS = 120_000;

/** When a service was first told to run more tasks than it did at a time. */
function scaledUpFrom(wanted: readonly { at: number; desired: number }[], from: number): number | undefined {
  const before = wanted.findLast((one) => one.at < from)?.desired ?? 0;
  return wanted.find((one) => one.at >= from && one.desired > before)?.at;
}

/** Many more requests than usual for a service. More tasks carry them; new ones in place of the old meet them again. */
export const TRAFFIC_SPIKE_SERVICE: FaultRule = {
  kind: 'traffic_spike',
  strikes: ['service'],
  spans: (world, { resource, at }) => {
    const course = courseNamed(world, resource.name);
    if (course === undefined) return [];
    const scaled = scaledUpFrom(course.wanted, at);
    return until(at, scaled === undefined ? undefined : scaled + START_MS);
  },
  distress: ({ severity }) => ({ errors: 0.25 * severity, latency: 0.8 * severity, traffic: EXTRA_REQUESTS }),
  metrics: [
    {
      namespace: 'AWS/ECS',
      metric: 'CPUUtilization',
      unit: 'Percent',
      usual: { base: 31, noise: 0.15, daily: 0 },
      leadMs: 600_000,
      change: (value, { fault, ramp }) => value + (100 * fault.severity - value) * ramp(RAMP_MS),
    },
    {
      namespace: 'AWS/ECS',
      metric: 'MemoryUtilization',
      unit: 'Percent',
      usual: { base: 44, noise: 0.08, daily: 0 },
      leadMs: 600_000,
      change: (value, { ramp }) => value + (85 - value) * 0.6 * ramp(RAMP_MS),
    },
  ],
  logs: [
    {
      says: 'again',
      perMinute: 15,
      afterMs: 30_000,
      lines: [
        (say) =>
          `${say.iso} WARN  request ${say.hex(12)} waited ${say.between(1_500, 7_000)} ms for a worker`,
        (say) =>
          `${say.iso} WARN  queue is full: ${say.between(400, 900)} requests waiting, ${say.between(5, 80)} rejected in the last second`,
        (say) => `${say.iso} ERROR request ${say.hex(12)} timed out after 10000 ms`,
      ],
    },
  ],
};
