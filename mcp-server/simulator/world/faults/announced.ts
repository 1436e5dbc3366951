import { momentMs } from '../../format/times.ts';
import type { World } from '../world.ts';
import { allFaults } from './course.ts';
import type { CausedChange, CausedHealth, Fault } from './fault.ts';

/** What faults have CloudTrail and AWS Health say. */

/** The file may have the change itself, with another name: this near to the fault it is the same one. */
const SAME_CHANGE_MS = 15 * 60_000;

export function causedChanges(world: World): { fault: Fault; change: CausedChange }[] {
  const declared = world.file.changes.map(({ at, event, resource }) => ({
    at: momentMs(at, world.startMs),
    event,
    resource,
  }));
  const isDeclared = (fault: Fault, change: CausedChange) =>
    declared.some(
      (one) =>
        withoutVersion(one.event) === withoutVersion(change.event) &&
        [fault.resource.id, fault.resource.name].includes(one.resource ?? '') &&
        Math.abs(one.at - change.at) <= SAME_CHANGE_MS,
    );
  return allFaults(world).flatMap((fault) =>
    (fault.rule.changes?.(world, fault) ?? [])
      .filter((change) => !isDeclared(fault, change))
      .map((change) => ({ fault, change })),
  );
}

export function causedHealth(world: World): { fault: Fault; event: CausedHealth }[] {
  return allFaults(world).flatMap((fault) =>
    (fault.rule.health?.(world, fault) ?? []).map((event) => ({ fault, event })),
  );
}

/** Lambda's events carry the version of its API (`UpdateAlias20150331`), and people leave it out. */
function withoutVersion(event: string): string {
  return event.replace(/20\d{6}(v\d+)?$/, '');
}
