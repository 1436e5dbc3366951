import type { World } from '../world.ts';
import { ruleAndTarget } from './course.ts';

/**
 * What a person should know of faults in the file that nothing acts on: those of a kind, or on a resource of a
 * kind, that is not simulated yet. Empty when all act.
 */
export function idleFaultNotes(world: World): string[] {
  const idle = world.file.faults.filter((entry) => ruleAndTarget(world, entry) === undefined);
  if (idle.length === 0) return [];
  const list = [...new Set(idle.map(({ kind, on }) => `${kind} on ${on}`))].join(', ');
  return [`Not simulated yet, so they change nothing: these faults of the account file: ${list}.`];
}
