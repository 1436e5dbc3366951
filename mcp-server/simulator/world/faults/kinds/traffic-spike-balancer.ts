import { stateAt } from '../../instance-life.ts';
import type { Reference } from '../../references.ts';
import { targetGroups } from '../../target-groups.ts';
import type { World } from '../../world.ts';
import type { FaultRule, MetricEffect } from '../fault.ts';
import { TRAFFIC_SPIKE } from './traffic-spike.ts';
import { TRAFFIC_SPIKE_SERVICE } from './traffic-spike-service.ts';

/** A flood at a load balancer is one on all that it sends requests to. */
function allTargets(world: World, named: Reference, at: number): readonly Reference[] {
  const groups = targetGroups(world).filter(({ balancer }) => balancer.name === named.name);
  return groups.flatMap(({ targets, service, region }): Reference[] => [
    ...targets
      .map(({ of }) => of)
      .filter(({ id }) => {
        const life = world.instances.get(id)?.life;
        return life !== undefined && stateAt(life, at) === 'running';
      }),
    ...(service ? [{ kind: 'service' as const, id: service.name, name: service.name, region }] : []),
  ]);
}

/** What the rule of a kind of target shows, for targets of that kind only. */
function only(kind: Reference['kind'], effects: readonly MetricEffect[] = []): MetricEffect[] {
  return effects.map(({ usual, ...effect }) => ({
    ...effect,
    ...(usual && { usual }),
    change: (value, moment) => (moment.fault.resource.kind === kind ? effect.change(value, moment) : value),
    dimensions: (world, resource) => (resource.kind === kind ? ownDimensions(world, resource) : undefined),
  }));
}

function ownDimensions(world: World, { kind, id, name }: Reference): Record<string, string> | undefined {
  if (kind === 'instance') return { InstanceId: id };
  const cluster = world.file.ecs.find(({ services }) => services.some((one) => one.name === name));
  return cluster && { ClusterName: cluster.cluster, ServiceName: name };
}

/** More of what stands behind it carries the requests: a group's instances, or a service's tasks. */
export const TRAFFIC_SPIKE_BALANCER: FaultRule = {
  kind: 'traffic_spike',
  strikes: ['load_balancer'],
  falls: allTargets,
  spans: (world, strike, others) =>
    (strike.resource.kind === 'service' ? TRAFFIC_SPIKE_SERVICE : TRAFFIC_SPIKE).spans(world, strike, others),
  distress: ({ severity }) => ({ errors: 0.25 * severity, latency: 0.8 * severity, traffic: 2.4 }),
  metrics: [...only('instance', TRAFFIC_SPIKE.metrics), ...only('service', TRAFFIC_SPIKE_SERVICE.metrics)],
  logs: [
    {
      says: 'again',
      perMinute: 15,
      afterMs: 30_000,
      lines: [
        (say) =>
          `${say.iso} WARN  request ${say.hex(12)} waited ${say.between(1_500, 7_000)} ms for a worker`,
        (say) => `${say.iso} WARN  queue is full: ${say.between(400, 900)} requests waiting`,
        (say) => `${say.iso} ERROR request ${say.hex(12)} timed out after 10000 ms`,
      ],
    },
  ],
};
