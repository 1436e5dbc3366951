import { stateAt } from '../../instance-life.ts';
import type { World } from '../../world.ts';
import { causesOf, lastEnd } from '../causes.ts';
import type { FaultRule, Strike } from '../fault.ts';
import { changedAt, until } from '../mending.ts';

/**
 * Something costs many times the usual; the bill shows it (costs.ts). It ends with the fault that causes it, or
 * when what costs so much is taken away: the instance stopped, the group made smaller.
 */
export const COST_SPIKE: FaultRule = {
  kind: 'cost_spike',
  strikes: [
    'instance',
    'auto_scaling_group',
    'function',
    'service',
    'database',
    'load_balancer',
    'api',
    'cluster',
    'external',
  ],
  follows: true,
  spans: (world, strike, others) =>
    until(strike.at, lastEnd(causesOf(world, strike, others)), takenAway(world, strike)),
};

function takenAway(world: World, { resource, at }: Strike): number | undefined {
  if (resource.kind === 'instance') {
    const life = world.instances.get(resource.id)?.life;
    if (life === undefined || stateAt(life, at) !== 'running') return undefined;
    return life.phases.find((phase) => phase.from > at && phase.state !== 'running')?.from;
  }
  if (resource.kind !== 'auto_scaling_group') return undefined;
  return changedAt(
    world,
    'set_desired',
    at,
    (effect) => effect.group === resource.id && effect.terminated.length > 0,
  );
}
