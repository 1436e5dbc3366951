import type { GroupEntry } from '../format/account.ts';
import { findInstance, type Instance, type World } from './world.ts';

/** How long a launched instance takes until it carries its share of the load. */
export const IN_SERVICE_MS = 60_000;

/** An Auto Scaling group as it stands after the changes of the run. */
export type Group = {
  name: string;
  region: string;
  entry: GroupEntry;
  desired: number;
  /** Every instance that was ever in it, in the order it joined, with when it joined. */
  members: { id: string; since: number }[];
};

export function groups(world: World): ReadonlyMap<string, Group> {
  return world.derive(buildGroups);
}

function buildGroups(world: World): Map<string, Group> {
  const built = new Map<string, Group>();
  for (const entry of world.file.asg) {
    const instances = entry.instances.flatMap((reference) => findInstance(world, reference) ?? []);
    built.set(entry.name, {
      name: entry.name,
      region: entry.region ?? instances[0]?.region ?? world.file.regions[0] ?? '',
      entry,
      desired: entry.desired,
      members: instances.map(({ id }) => ({ id, since: Number.NEGATIVE_INFINITY })),
    });
  }
  for (const { at, effect } of world.journal) {
    if (effect.kind !== 'set_desired') continue;
    const group = built.get(effect.group);
    if (group === undefined) continue;
    group.desired = effect.desired;
    group.members.push(...effect.launched.map(({ id }) => ({ id, since: at })));
  }
  return built;
}

/** The group an instance belongs to. */
export function groupOf(world: World, instanceId: string): Group | undefined {
  return world.derive(groupByMember).get(instanceId);
}

function groupByMember(world: World): Map<string, Group> {
  return new Map(
    [...groups(world).values()].flatMap((group) => group.members.map(({ id }) => [id, group] as const)),
  );
}

/** The members of a group, as instances. */
export function membersOf(world: World, group: Group): Instance[] {
  return group.members.flatMap(({ id }) => world.instances.get(id) ?? []);
}
