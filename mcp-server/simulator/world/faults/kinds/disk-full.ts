import { stateAt } from '../../instance-life.ts';
import { growthsOf, usableAt, type Volume, volumesOf } from '../../volumes.ts';
import type { Instance, World } from '../../world.ts';
import type { FaultRule, Moment } from '../fault.ts';
import { terminatedAt, until } from '../mending.ts';

/** Percent of a disk that the file does not say anything of. */
const USUALLY_USED = 58;
const RAMP_MS = 120_000;

/** The disk that fills up: the fullest. */
function filling(instance: Instance): Volume | undefined {
  const used = (volume: Volume) =>
    instance.entry?.volumes?.find((one) => one.id === volume.id)?.used_percent ?? 0;
  return volumesOf(instance).sort((a, b) => used(b) - used(a))[0];
}

function grownAt(world: World, instance: Instance, at: number): number | undefined {
  const volume = filling(instance);
  const growth = volume && growthsOf(world, volume).find((one) => one.at >= at);
  return growth && usableAt(growth);
}

/** Files fill a disk. Growing it mends that; a reboot finds it as full as before. */
export const DISK_FULL: FaultRule = {
  kind: 'disk_full',
  strikes: ['instance'],
  spans: (world, { resource, at }) => {
    const instance = world.instances.get(resource.id);
    if (instance === undefined || stateAt(instance.life, at) !== 'running') return [];
    return until(at, grownAt(world, instance, at), terminatedAt(instance));
  },
  distress: ({ severity }) => ({ errors: 0.6 * severity, latency: 0.4 * severity }),
  metrics: [
    {
      namespace: 'CWAgent',
      metric: 'disk_used_percent',
      unit: 'Percent',
      usual: { base: USUALLY_USED, noise: 0.005, daily: 0 },
      dimensions: (_world, { id }) => ({
        InstanceId: id,
        device: 'nvme0n1p1',
        fstype: 'xfs',
        path: '/',
      }),
      leadMs: 12 * 3_600_000,
      beyond: true,
      change: diskUsed,
    },
  ],
  logs: [
    {
      says: 'again',
      perMinute: 8,
      afterMs: 60_000,
      lines: [
        (say) =>
          `${say.syslog('app')} ERROR write failed: ENOSPC: no space left on device, write '/var/lib/app/data/segment-${say.between(100, 999)}.log'`,
        (say) =>
          `${say.syslog('rsyslogd')} file '/var/log/app.log': write error: No space left on device [v8.2204.0]`,
        (say) =>
          `${say.syslog('app')} ERROR request id=${say.hex(12)} failed: could not create temporary file: No space left on device`,
        (say) => `${say.syslog('systemd-journald')} Failed to open runtime journal: No space left on device`,
      ],
    },
  ],
};

/** Percent: filling up from the fault on; as much in a bigger disk is a smaller share of it. */
function diskUsed(value: number, { world, fault, at, span, ramp }: Moment): number {
  if (span !== undefined) return value + (100 - value) * ramp(RAMP_MS);
  const instance = at < fault.at ? undefined : world.instances.get(fault.resource.id);
  const volume = instance && filling(instance);
  const growth = volume && growthsOf(world, volume).findLast((one) => usableAt(one) <= at);
  return growth === undefined || volume === undefined
    ? value
    : 100 * (growthBefore(world, volume, fault.at) / growth.to);
}

/** GiB the disk had when it filled up. */
function growthBefore(world: World, volume: Volume, at: number): number {
  return growthsOf(world, volume).findLast((one) => one.at < at)?.to ?? volume.sizeGb;
}
