import { hexOf } from '../../world/deterministic.ts';
import { type Group, membersOf } from '../../world/groups.ts';
import { stateAt, typeAt } from '../../world/instance-life.ts';
import type { Launched } from '../../world/journal.ts';
import type { Instance, World } from '../../world/world.ts';

/** The members of a group that count: not those on their way out. */
export function liveMembers(world: World, group: Group, now: number): Instance[] {
  return membersOf(world, group).filter((one) => {
    const state = stateAt(one.life, now);
    return state !== undefined && state !== 'terminated' && state !== 'shutting-down';
  });
}

/** The instances a group launches to have `count` more: like those it has, spread over its zones. */
export function launchMore(world: World, group: Group, count: number, now: number): Launched[] {
  const members = membersOf(world, group);
  const model = members[0];
  const zones = [...new Set(members.map((one) => one.az))].sort();
  const perZone = new Map(zones.map((zone) => [zone, 0]));
  for (const one of liveMembers(world, group, now)) perZone.set(one.az, (perZone.get(one.az) ?? 0) + 1);
  return Array.from({ length: count }, (_, index): Launched => {
    const az = emptiest(perZone) ?? `${group.region}a`;
    perZone.set(az, (perZone.get(az) ?? 0) + 1);
    return {
      id: `i-${hexOf(`${group.name}/${world.journal.length}/${now}/${index}`, 17)}`,
      name: nextName(world, group, members, index),
      type: model === undefined ? 't3.medium' : typeAt(model.life, now),
      az,
      tags: { ...model?.tags },
    };
  });
}

function emptiest(perZone: ReadonlyMap<string, number>): string | undefined {
  return [...perZone].sort(([, a], [, b]) => a - b)[0]?.[0];
}

/** `web-1`, `web-2` are followed by `web-3`; names without numbers get one. */
function nextName(world: World, group: Group, members: readonly Instance[], index: number): string {
  const stem = (members[0]?.name ?? group.name).replace(/-?\d+$/, '');
  const taken = [...world.instances.values()].flatMap((one) => {
    const match = /^(.*?)-?(\d+)$/.exec(one.name ?? '');
    return match?.[1] === stem ? [Number(match[2])] : [];
  });
  return `${stem}-${Math.max(0, ...taken) + 1 + index}`;
}

/**
 * The members a group terminates to have `count` fewer: from the zone with the most, the oldest first, as the
 * default termination policy does among like instances.
 */
export function chooseToTerminate(world: World, group: Group, count: number, now: number): string[] {
  const left = liveMembers(world, group, now);
  const chosen: string[] = [];
  for (let turn = 0; turn < count && left.length > 0; turn += 1) {
    const perZone = Map.groupBy(left, (one) => one.az);
    const fullest = [...perZone.values()].sort((a, b) => b.length - a.length)[0]?.[0];
    if (fullest === undefined) break;
    chosen.push(fullest.id);
    left.splice(left.indexOf(fullest), 1);
  }
  return chosen;
}
