import { type Group, groupOf } from '../groups.ts';
import { typeAt } from '../instance-life.ts';
import { isBigger } from '../instance-types.ts';
import type { JournalEntry } from '../journal.ts';
import type { Instance, World } from '../world.ts';
import type { Span } from './fault.ts';

/** How long after the reboot call the operating system is up again. */
export const REBOOT_MS = 30_000;

/** From a time to the first of those that are known; without any, for good. */
export function until(from: number, ...ends: readonly (number | undefined)[]): Span[] {
  return [{ from, to: Math.min(...ends.map((end) => end ?? Number.POSITIVE_INFINITY)) }];
}

type Effect = JournalEntry['effect'];

/** When a change of a kind was first made from a time on, by the journal. */
export function changedAt<Kind extends Effect['kind']>(
  world: World,
  kind: Kind,
  from: number,
  fits: (effect: Extract<Effect, { kind: Kind }>) => boolean,
): number | undefined {
  return world.journal.find(
    ({ at, effect }) => at >= from && effect.kind === kind && fits(effect as Extract<Effect, { kind: Kind }>),
  )?.at;
}

/** When an instance's group was first told to be bigger than it was at a time. */
function scaledUpAt(world: World, group: Group, from: number): number | undefined {
  let before = group.entry.desired;
  for (const { at, effect } of world.journal) {
    if (effect.kind !== 'set_desired' || effect.group !== group.name) continue;
    if (at < from) before = effect.desired;
    else if (effect.desired > before) return at;
  }
  return undefined;
}

/** The same for whatever group an instance is in, if any. */
export function groupScaledUpAt(world: World, instanceId: string, from: number): number | undefined {
  const group = groupOf(world, instanceId);
  return group && scaledUpAt(world, group, from);
}

/** When an instance runs with a bigger type than it had at a time. */
export function runsBiggerAt({ life }: Instance, from: number): number | undefined {
  const before = typeAt(life, from);
  const resize = life.types.find((one) => one.from >= from && isBigger(one.type, before));
  if (resize === undefined) return undefined;
  return life.phases.find((phase) => phase.from >= resize.from && phase.state === 'running')?.from;
}

export function terminatedAt({ life }: Instance): number | undefined {
  return life.phases.find((phase) => phase.state === 'shutting-down')?.from;
}

/** When an instance first stops running after a time. */
export function stoppedAt({ life }: Instance, from: number): number | undefined {
  return life.phases.find((phase) => phase.from > from && phase.state !== 'running')?.from;
}

/** A time at which an instance's operating system came up anew. */
type Boot = { at: number /** Its type is another than at the boot before. */; resized: boolean };

/** The boots of an instance after a time, by reboots and by starts, oldest first. */
export function bootsAfter({ life }: Instance, from: number): Boot[] {
  const starts = life.phases
    .filter((phase) => phase.from > from && phase.state === 'running')
    .map((phase) => phase.from);
  const boots = [...life.reboots.filter((at) => at >= from).map((at) => at + REBOOT_MS), ...starts].sort(
    (a, b) => a - b,
  );
  return boots.map((at, index) => ({
    at,
    resized: typeAt(life, at) !== typeAt(life, boots[index - 1] ?? from),
  }));
}

/** When an instance is first up again after a time, as the machine it was. */
export function cleanBootAfter(instance: Instance, from: number): number | undefined {
  return bootsAfter(instance, from).find(({ at, resized }) => at > from && !resized)?.at;
}
