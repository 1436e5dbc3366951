import type { FaultEntry } from '../format/account.ts';
import { momentMs } from '../format/times.ts';
import { type Group, groupOf, groups, membersOf } from './groups.ts';
import { phaseAt, stateAt, typeAt } from './instance-life.ts';
import { isBigger } from './instance-types.ts';
import { findInstance, type Instance, type World } from './world.ts';

/** A time during which something is wrong with an instance; `to` is infinite while nothing has mended it. */
export type FaultWindow =
  | { kind: 'impaired'; from: number; to: number }
  | { kind: 'saturated'; from: number; to: number /** 0 to 1. */; severity: number };

/** How long after the reboot call the operating system is up again. */
const REBOOT_MS = 30_000;

/** How long a launched instance takes until it carries its share of the load. */
export const IN_SERVICE_MS = 60_000;

/** What is wrong with an instance, and when. */
export function faultWindows(world: World, instanceId: string): readonly FaultWindow[] {
  return world.derive(buildWindows).get(instanceId) ?? [];
}

/** The instances that anything is ever wrong with. */
export function faultyInstances(world: World): Iterable<string> {
  return world.derive(buildWindows).keys();
}

function buildWindows(world: World): Map<string, FaultWindow[]> {
  const windows = new Map<string, FaultWindow[]>();
  for (const fault of world.file.faults) {
    for (const instance of struck(world, fault)) {
      const window = windowOf(world, fault, instance);
      if (window === undefined) continue;
      windows.set(instance.id, [...(windows.get(instance.id) ?? []), window]);
    }
  }
  return windows;
}

/** The instances a fault falls on: one, or all that its group has at the time. */
function struck(world: World, fault: FaultEntry): Instance[] {
  const group = fault.kind === 'cpu_saturation' ? groups(world).get(fault.on) : undefined;
  if (group === undefined) return [findInstance(world, fault.on) ?? []].flat();
  const at = momentMs(fault.at, world.startMs);
  return membersOf(world, group).filter((one) => stateAt(one.life, at) === 'running');
}

function windowOf(world: World, fault: FaultEntry, instance: Instance): FaultWindow | undefined {
  const from = momentMs(fault.at, world.startMs);
  if (stateAt(instance.life, from) !== 'running') return undefined;
  switch (fault.kind) {
    case 'instance_impaired':
      return { kind: 'impaired', from, to: impairedUntil(instance, from) };
    case 'cpu_saturation':
      return { kind: 'saturated', from, to: saturatedUntil(world, instance, from), severity: fault.severity };
    default:
      return undefined;
  }
}

/** A reboot mends it; so does a stop, since the start after it finds a healthy host. */
function impairedUntil({ life }: Instance, from: number): number {
  const reboot = life.reboots.find((at) => at >= from);
  const stop = life.phases.find((phase) => phase.from > from && phase.state !== 'running')?.from;
  return Math.min(
    reboot === undefined ? Number.POSITIVE_INFINITY : reboot + REBOOT_MS,
    stop ?? Number.POSITIVE_INFINITY,
  );
}

/** More instances to share the traffic, or a bigger one, mend it; a reboot meets the same traffic again. */
function saturatedUntil(world: World, instance: Instance, from: number): number {
  const group = groupOf(world, instance.id);
  const scaled = group === undefined ? undefined : scaledUpAt(world, group, from);
  return Math.min(
    scaled === undefined ? Number.POSITIVE_INFINITY : scaled + IN_SERVICE_MS,
    resizedAt(instance, from) ?? Number.POSITIVE_INFINITY,
    terminatedAt(instance) ?? Number.POSITIVE_INFINITY,
  );
}

function scaledUpAt(world: World, group: Group, from: number): number | undefined {
  let desired = group.entry.desired;
  for (const { at, effect } of world.journal) {
    if (effect.kind !== 'set_desired' || effect.group !== group.name) continue;
    if (at >= from && effect.desired > desired) return at;
    desired = effect.desired;
  }
  return undefined;
}

function resizedAt({ life }: Instance, from: number): number | undefined {
  const before = typeAt(life, from);
  const resize = life.types.find((one) => one.from >= from && isBigger(one.type, before));
  if (resize === undefined) return undefined;
  return life.phases.find((phase) => phase.from >= resize.from && phase.state === 'running')?.from;
}

function terminatedAt({ life }: Instance): number | undefined {
  return life.phases.find((phase) => phase.state === 'shutting-down')?.from;
}

export type CheckStatus = 'ok' | 'impaired' | 'initializing' | 'not-applicable';

/** How long the checks of AWS take to pass after a start, and after a reboot. */
const CHECKS_AFTER_START_MS = 120_000;
const CHECKS_AFTER_REBOOT_MS = 90_000;

/** The two status checks of an instance, and since when the instance's own has failed. */
export function statusChecks(
  world: World,
  instance: Instance,
  at: number,
): { system: CheckStatus; instance: CheckStatus; impairedSince?: number } {
  const phase = phaseAt(instance.life, at);
  if (phase?.state !== 'running') return { system: 'not-applicable', instance: 'not-applicable' };
  const broken = faultWindows(world, instance.id).find(
    (one) => one.kind === 'impaired' && one.from <= at && at < one.to,
  );
  if (broken !== undefined) return { system: 'ok', instance: 'impaired', impairedSince: broken.from };
  if (at < phase.from + CHECKS_AFTER_START_MS) return { system: 'initializing', instance: 'initializing' };
  const rebooted = instance.life.reboots.findLast((one) => one <= at);
  if (rebooted !== undefined && at < rebooted + CHECKS_AFTER_REBOOT_MS) {
    return { system: 'ok', instance: 'initializing' };
  }
  return { system: 'ok', instance: 'ok' };
}
