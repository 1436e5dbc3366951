import { stateAt } from '../../instance-life.ts';
import type { FaultRule } from '../fault.ts';
import { until } from '../mending.ts';

/**
 * The instance shuts itself down: its life has that (world.ts), and what depends on it feels that it is not
 * there, as it does when somebody stops it. A start mends it.
 */
export const INSTANCE_STOPPED: FaultRule = {
  kind: 'instance_stopped',
  strikes: ['instance'],
  strict: true,
  spans: (world, { resource, at }) => {
    const life = world.instances.get(resource.id)?.life;
    if (life === undefined || stateAt(life, at - 1) !== 'running') return [];
    return until(at, life.phases.find((phase) => phase.from > at && phase.state === 'running')?.from);
  },
  logs: [
    {
      says: 'once',
      everyMs: 1_200,
      lines: [
        (say) => `${say.syslog('systemd-logind')} System is powering down (hypervisor initiated shutdown).`,
        (say) => `${say.syslog('systemd')} Stopping ${say.resource.name} application service...`,
        (say) => `${say.syslog('systemd')} Reached target shutdown.target - System Shutdown.`,
        (say) => `${say.syslog('systemd')} Reached target poweroff.target - System Power Off.`,
      ],
    },
  ],
};
