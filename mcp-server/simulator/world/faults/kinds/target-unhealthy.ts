import { START_MS } from '../../ecs/rollout.ts';
import { courseNamed } from '../../ecs/service-course.ts';
import { stateAt } from '../../instance-life.ts';
import type { Reference } from '../../references.ts';
import { targetGroups } from '../../target-groups.ts';
import type { World } from '../../world.ts';
import type { FaultRule, LogLine } from '../fault.ts';
import { REBOOT_MS, stoppedAt, until } from '../mending.ts';

const FAILING: readonly LogLine[] = [
  (say) => `${say.iso} WARN  GET /health 503 in ${say.between(1, 9)} ms: worker pool is not ready`,
  (say) => `${say.iso} ERROR worker ${say.between(1, 4)} exited with status 137, not restarted`,
];

const failingInstance: FaultRule['logs'] = [
  {
    says: 'again',
    perMinute: 8,
    lines: [
      (say) =>
        `${say.syslog('app')} WARN GET /health 503 in ${say.between(1, 9)} ms: worker pool is not ready`,
      (say) => `${say.syslog('app')} ERROR worker ${say.between(1, 4)} exited with status 137, not restarted`,
    ],
  },
];

/** A balancer's fault falls on the first of its targets that would serve. */
function targetOf(world: World, named: Reference, at: number): readonly Reference[] {
  if (named.kind !== 'load_balancer') return [named];
  const behind = targetGroups(world).filter(({ balancer }) => balancer.name === named.name);
  const serving = behind
    .flatMap(({ targets }) => targets)
    .find(({ id }) => {
      const life = world.instances.get(id)?.life;
      return life !== undefined && stateAt(life, at) === 'running';
    });
  if (serving !== undefined) return [serving.of];
  const service = behind.find((group) => group.service !== undefined)?.service;
  if (service === undefined) return [];
  return [{ kind: 'service', id: service.name, name: service.name, region: service.region }];
}

/**
 * The application on an instance no longer answers its health checks, while the machine itself does well. Its
 * recovery mends it: a reboot, or a stop and start. Taking the target out of the group only leaves fewer.
 */
export const TARGET_UNHEALTHY: FaultRule = {
  kind: 'target_unhealthy',
  strikes: ['instance', 'load_balancer'],
  falls: targetOf,
  spans: (world, strike, others) => {
    const { resource, at } = strike;
    if (resource.kind === 'service') return TARGET_UNHEALTHY_SERVICE.spans(world, strike, others);
    const instance = world.instances.get(resource.id);
    if (instance === undefined || stateAt(instance.life, at) !== 'running') return [];
    const reboot = instance.life.reboots.find((one) => one >= at);
    return until(at, reboot === undefined ? undefined : reboot + REBOOT_MS, stoppedAt(instance, at));
  },
  distress: ({ severity }) => ({ errors: 0.5 * severity, latency: 0.2 * severity, down: 1 }),
  logs: failingInstance,
};

/** The same with a service's tasks: new ones mend it. */
export const TARGET_UNHEALTHY_SERVICE: FaultRule = {
  kind: 'target_unhealthy',
  strikes: ['service'],
  spans: (world, { resource, at }) => {
    const course = courseNamed(world, resource.name);
    if (course === undefined) return [];
    const next = course.rollouts.find((one) => one.at >= at);
    return until(at, next && next.at + START_MS);
  },
  distress: ({ severity }) => ({ errors: 0.7 * severity, latency: 0.3 * severity, down: severity }),
  logs: [{ says: 'again', perMinute: 8, lines: FAILING }],
};
