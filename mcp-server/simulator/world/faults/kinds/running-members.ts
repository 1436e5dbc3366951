import { groups, membersOf } from '../../groups.ts';
import { stateAt } from '../../instance-life.ts';
import type { Reference } from '../../references.ts';
import type { World } from '../../world.ts';

/** What a fault of instances falls on: the one it names, or all that run in the group it names at the time. */
export function runningMembers(world: World, named: Reference, at: number): readonly Reference[] {
  const group = named.kind === 'auto_scaling_group' ? groups(world).get(named.id) : undefined;
  if (group === undefined) return [named];
  return membersOf(world, group)
    .filter((one) => stateAt(one.life, at) === 'running')
    .map(({ id, name = id, region }) => ({ kind: 'instance', id, name, region }));
}
