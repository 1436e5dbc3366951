import { faultsOn, spanAt } from './faults/course.ts';
import { phaseAt } from './instance-life.ts';
import type { Instance, World } from './world.ts';

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
  const broken = faultsOn(world, { kind: 'instance', id: instance.id })
    .filter((fault) => fault.rule.failsChecks)
    .flatMap((fault) => spanAt(fault, at) ?? [])[0];
  if (broken !== undefined) return { system: 'ok', instance: 'impaired', impairedSince: broken.from };
  if (at < phase.from + CHECKS_AFTER_START_MS) return { system: 'initializing', instance: 'initializing' };
  const rebooted = instance.life.reboots.findLast((one) => one <= at);
  if (rebooted !== undefined && at < rebooted + CHECKS_AFTER_REBOOT_MS) {
    return { system: 'ok', instance: 'initializing' };
  }
  return { system: 'ok', instance: 'ok' };
}
