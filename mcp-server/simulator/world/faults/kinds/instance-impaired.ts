import { stateAt } from '../../instance-life.ts';
import type { FaultRule, MetricEffect } from '../fault.ts';
import { REBOOT_MS, stoppedAt, until } from '../mending.ts';

/** What a hung operating system still does, as a share of the usual. */
const HUNG: Readonly<Record<string, number>> = {
  CPUUtilization: 0.03,
  NetworkIn: 0.02,
  NetworkOut: 0.005,
  NetworkPacketsIn: 0.02,
  NetworkPacketsOut: 0.005,
  DiskReadOps: 0,
  DiskWriteOps: 0,
  EBSReadOps: 0,
  EBSWriteOps: 0,
};

/** Only the instance's own check fails; that of the host below passes. */
const CHECKS: Readonly<Record<string, number>> = {
  StatusCheckFailed: 1,
  StatusCheckFailed_Instance: 1,
  StatusCheckFailed_System: 0,
};

const check = ([metric, failed]: [string, number]): MetricEffect => ({
  namespace: 'AWS/EC2',
  metric,
  unit: 'Count',
  usual: { base: 0, noise: 0, daily: 0 },
  change: (value) => Math.max(value, failed),
});

const hung = ([metric, share]: [string, number]): MetricEffect => ({
  namespace: 'AWS/EC2',
  metric,
  change: (value) => value * share,
});

/** The operating system hangs. A reboot mends it; so does a stop, since the start after it finds a healthy host. */
export const INSTANCE_IMPAIRED: FaultRule = {
  kind: 'instance_impaired',
  strikes: ['instance'],
  strict: true,
  spans: (world, { resource, at }) => {
    const instance = world.instances.get(resource.id);
    if (instance === undefined || stateAt(instance.life, at) !== 'running') return [];
    const reboot = instance.life.reboots.find((one) => one >= at);
    return until(at, reboot === undefined ? undefined : reboot + REBOOT_MS, stoppedAt(instance, at));
  },
  distress: () => ({ errors: 1, latency: 1, down: 1 }),
  failsChecks: true,
  metrics: [...Object.entries(CHECKS).map(check), ...Object.entries(HUNG).map(hung)],
  console: [
    { afterMs: 0, text: 'watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [kworker/0:2:1843]' },
    { afterMs: 900, text: 'rcu: INFO: rcu_preempt self-detected stall on CPU' },
    { afterMs: 1_800, text: 'Kernel panic - not syncing: softlockup: hung tasks' },
    { afterMs: 2_700, text: '---[ end Kernel panic - not syncing: softlockup: hung tasks ]---' },
  ],
  // The last an agent can still send; after that the machine is silent.
  logs: [
    {
      says: 'once',
      everyMs: 400,
      lines: [
        (say) =>
          `${say.syslog('kernel')} watchdog: BUG: soft lockup - CPU#0 stuck for ${say.between(22, 27)}s!`,
        (say) => `${say.syslog('kernel')} INFO: task jbd2/nvme0n1p1 blocked for more than 120 seconds.`,
        (say) => `${say.syslog('systemd')} systemd-journald.service: Watchdog timeout (limit 3min)!`,
      ],
    },
  ],
};
