import { groupOf, IN_SERVICE_MS } from '../../groups.ts';
import { stateAt } from '../../instance-life.ts';
import type { FaultRule, MetricEffect } from '../fault.ts';
import { groupScaledUpAt, runsBiggerAt, terminatedAt, until } from '../mending.ts';
import { saturatedCpu } from './cpu-saturation.ts';
import { runningMembers } from './running-members.ts';

/** Requests come at so many times the usual rate on top of it. */
const EXTRA_REQUESTS = 2.4;
const RAMP_MS = 120_000;

const flooded = (metric: string): MetricEffect => ({
  namespace: 'AWS/EC2',
  metric,
  change: (value, { ramp }) => value * (1 + EXTRA_REQUESTS * ramp(RAMP_MS)),
});

/**
 * Many more requests than usual, on instances or on the group or balancer of some. More instances carry them; a
 * reboot meets them again. Where there is no group to grow, a bigger instance does.
 */
export const TRAFFIC_SPIKE: FaultRule = {
  kind: 'traffic_spike',
  strikes: ['instance', 'auto_scaling_group'],
  falls: runningMembers,
  spans: (world, { resource, at }) => {
    const instance = world.instances.get(resource.id);
    if (instance === undefined || stateAt(instance.life, at) !== 'running') return [];
    const alone = groupOf(world, resource.id) === undefined;
    const scaled = groupScaledUpAt(world, resource.id, at);
    return until(
      at,
      scaled === undefined ? undefined : scaled + IN_SERVICE_MS,
      alone ? runsBiggerAt(instance, at) : undefined,
      terminatedAt(instance),
    );
  },
  distress: ({ severity }) => ({ errors: 0.2 * severity, latency: 0.7 * severity, traffic: EXTRA_REQUESTS }),
  metrics: [
    {
      namespace: 'AWS/EC2',
      metric: 'CPUUtilization',
      unit: 'Percent',
      usual: { base: 18, noise: 0.2, daily: 0 },
      change: saturatedCpu,
    },
    ...['NetworkIn', 'NetworkOut', 'NetworkPacketsIn', 'NetworkPacketsOut'].map(flooded),
  ],
  logs: [
    {
      says: 'again',
      perMinute: 15,
      afterMs: 30_000,
      lines: [
        (say) =>
          `${say.syslog('nginx')} *${say.between(10_000, 99_999)} limiting requests, excess: ${say.between(5, 60)}.${say.between(100, 999)} by zone "perip", client: ${say.address()}`,
        (say) => `${say.syslog('nginx')} 1024 worker_connections are not enough while connecting to upstream`,
        (say) =>
          `${say.syslog('app')} WARN queue is full: ${say.between(400, 900)} requests waiting, ${say.between(5, 80)} rejected in the last second`,
        (say) => `${say.syslog('app')} WARN request id=${say.hex(12)} waited ${say.between(1_500, 7_000)} ms`,
      ],
    },
  ],
};
