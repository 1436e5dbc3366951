import { unit } from '../../deterministic.ts';
import { IN_SERVICE_MS } from '../../groups.ts';
import { stateAt } from '../../instance-life.ts';
import type { FaultRule, MetricEffect, Moment } from '../fault.ts';
import { groupScaledUpAt, runsBiggerAt, terminatedAt, until } from '../mending.ts';
import { runningMembers } from './running-members.ts';

/** How long traffic takes to fill a machine. */
const RAMP_MS = 60_000;

/** What a flood of requests makes of the traffic. */
const FLOODED: Readonly<Record<string, number>> = {
  NetworkIn: 1.9,
  NetworkOut: 1.6,
  NetworkPacketsIn: 1.9,
  NetworkPacketsOut: 1.6,
};

const flooded = ([metric, times]: [string, number]): MetricEffect => ({
  namespace: 'AWS/EC2',
  metric,
  change: (value, { ramp }) => value * (1 + (times - 1) * ramp(RAMP_MS)),
});

/** Percent: near the severity, wavering by two points. */
export function saturatedCpu(value: number, { fault, at, ramp }: Moment): number {
  const wavering = (unit(0x5a7, Math.floor(at / 60_000)) - 0.5) * 4;
  return Math.max(value, Math.min(100, fault.severity * 100 + wavering) * ramp(RAMP_MS));
}

/** More instances to share the traffic, or a bigger one, mend it; a reboot meets the same traffic again. */
export const CPU_SATURATION: FaultRule = {
  kind: 'cpu_saturation',
  strikes: ['instance', 'auto_scaling_group'],
  falls: runningMembers,
  spans: (world, { resource, at }) => {
    const instance = world.instances.get(resource.id);
    if (instance === undefined || stateAt(instance.life, at) !== 'running') return [];
    const scaled = groupScaledUpAt(world, resource.id, at);
    return until(
      at,
      scaled === undefined ? undefined : scaled + IN_SERVICE_MS,
      runsBiggerAt(instance, at),
      terminatedAt(instance),
    );
  },
  distress: ({ severity }) => ({ errors: 0.15 * severity, latency: severity }),
  metrics: [
    {
      namespace: 'AWS/EC2',
      metric: 'CPUUtilization',
      unit: 'Percent',
      usual: { base: 18, noise: 0.2, daily: 0 },
      change: saturatedCpu,
    },
    ...Object.entries(FLOODED).map(flooded),
  ],
  logs: [
    {
      says: 'again',
      perMinute: 6,
      afterMs: 20_000,
      lines: [
        (say) =>
          `${say.syslog('app')} WARN slow request id=${say.hex(12)} ${say.pick(['GET', 'POST'])} took ${say.between(2_100, 9_800)} ms`,
        (say) =>
          `${say.syslog('app')} WARN event loop blocked for ${say.between(300, 1_900)} ms, ${say.between(80, 420)} requests waiting`,
        (say) =>
          `${say.syslog('app')} ERROR request id=${say.hex(12)} timed out after 10000 ms (client ${say.address()})`,
      ],
    },
  ],
};
