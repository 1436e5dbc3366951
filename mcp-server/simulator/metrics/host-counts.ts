import { targetGroups } from '../world/target-groups.ts';
import { type TargetHealth, targetHealth } from '../world/target-health.ts';
import type { World } from '../world/world.ts';

/** Targets that count for each metric; one that is new or being drained counts for none. */
const COUNTED: Readonly<Record<string, readonly string[]>> = {
  HealthyHostCount: ['healthy'],
  UnHealthyHostCount: ['unhealthy', 'unhealthy.draining', 'unused', 'unavailable'],
};

/**
 * What becomes of a load balancer's host count: as many more or fewer as its targets' health changed since the
 * run began. Undefined for another metric, and where nothing can have changed.
 */
export function hostCount(
  world: World,
  balancer: string,
  metric: string,
): ((at: number, value: number) => number) | undefined {
  const states = COUNTED[metric];
  if (states === undefined || (world.journal.length === 0 && world.file.faults.length === 0))
    return undefined;
  const groups = targetGroups(world).filter((one) => one.balancer.name === balancer);
  const counted = ({ state }: TargetHealth) => states.includes(state);
  const countAt = (at: number) =>
    groups.reduce((sum, group) => sum + targetHealth(world, group, at).filter(counted).length, 0);
  const first = countAt(world.startMs - 1);
  return (at, value) => (at < world.startMs ? value : Math.max(0, value + countAt(at) - first));
}
