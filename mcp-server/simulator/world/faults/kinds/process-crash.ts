import { stateAt } from '../../instance-life.ts';
import type { FaultRule, MetricEffect } from '../fault.ts';
import { cleanBootAfter, terminatedAt, until } from '../mending.ts';

/** What a machine without its application still does, as a share of the usual. */
const IDLE: Readonly<Record<string, number>> = {
  CPUUtilization: 0.15,
  NetworkIn: 0.25,
  NetworkOut: 0.05,
  NetworkPacketsIn: 0.3,
  NetworkPacketsOut: 0.1,
};

const idle = ([metric, share]: [string, number]): MetricEffect => ({
  namespace: 'AWS/EC2',
  metric,
  change: (value) => value * share,
});

/**
 * The application dies and does not come back, on a machine that is well: its status checks pass. A boot starts
 * it again. One with another type does not: the machine changed, and the program that fails did not.
 */
export const PROCESS_CRASH: FaultRule = {
  kind: 'process_crash',
  strikes: ['instance'],
  spans: (world, { resource, at }) => {
    const instance = world.instances.get(resource.id);
    if (instance === undefined || stateAt(instance.life, at) !== 'running') return [];
    return until(at, cleanBootAfter(instance, at), terminatedAt(instance));
  },
  distress: () => ({ errors: 1, latency: 0.2, down: 1 }),
  metrics: [
    ...Object.entries(IDLE).map(idle),
    // What the agent's procstat plugin counts, for those who have it.
    { namespace: 'CWAgent', metric: 'procstat_lookup_pid_count', change: () => 0 },
  ],
  logs: [
    {
      says: 'once',
      everyMs: 900,
      lines: [
        (say) =>
          `${say.syslog('app')} FATAL uncaught exception in worker ${say.between(1, 8)}: TypeError: cannot read properties of undefined`,
        (say) => `${say.syslog('systemd')} app.service: Main process exited, code=dumped, status=11/SEGV`,
        (say) => `${say.syslog('systemd')} app.service: Failed with result 'core-dump'.`,
        (say) => `${say.syslog('systemd')} app.service: Scheduled restart job, restart counter is at 5.`,
        (say) => `${say.syslog('systemd')} app.service: Start request repeated too quickly.`,
        (say) => `${say.syslog('systemd')} Failed to start app.service - Application.`,
      ],
    },
    {
      says: 'again',
      perMinute: 12,
      afterMs: 6_000,
      lines: [
        (say) =>
          `${say.syslog('nginx')} *${say.between(10_000, 99_999)} connect() failed (111: Connection refused) while connecting to upstream, client: ${say.address()}, request: "${say.pick(['GET', 'POST'])} / HTTP/1.1", upstream: "http://127.0.0.1:8080"`,
        (say) =>
          `${say.syslog('nginx')} *${say.between(10_000, 99_999)} no live upstreams while connecting to upstream, client: ${say.address()}`,
      ],
    },
    {
      says: 'once',
      at: 'end',
      lines: [
        (say) => `${say.syslog('systemd')} Started app.service - Application.`,
        (say) => `${say.syslog('app')} INFO listening on 0.0.0.0:8080`,
      ],
    },
  ],
};
