import { hash32, hexOf } from './deterministic.ts';
import { type Instance, instancesIn, type World } from './world.ts';

/** A disk of an instance, as the file has it: growing is told by the journal. */
export type Volume = {
  id: string;
  device: string;
  type: string;
  /** GiB in the file. */
  sizeGb: number;
  instance: Instance;
};

/** One growing of a disk: it is `modifying` for a while, then usable and `optimizing`, then done. */
export type Growth = { at: number; from: number; to: number };

/** How long each stage takes; on AWS optimizing takes minutes to hours. */
const GROWTH_MS = { modifying: 20_000, optimizing: 300_000 } as const;

/** AWS lets a volume be modified once in this time. */
export const GROWTH_REST_MS = 6 * 3_600_000;

/** The disks of an instance; one that the file gives none has a root volume all the same. */
export function volumesOf(instance: Instance): Volume[] {
  const given = instance.entry?.volumes;
  if (given === undefined || given.length === 0) {
    const id = `vol-${hexOf(`${instance.id}/root`, 17)}`;
    const sizeGb = [8, 20, 30, 50][hash32(instance.id) % 4] ?? 8;
    return [{ id, device: '/dev/xvda', type: 'gp3', sizeGb, instance }];
  }
  return given.map((volume, index) => ({
    id: volume.id,
    device: volume.device ?? (index === 0 ? '/dev/xvda' : `/dev/sd${String.fromCharCode(101 + index)}`),
    type: volume.type ?? 'gp3',
    sizeGb: volume.size_gb,
    instance,
  }));
}

/** Every disk of a region. */
export function volumesIn(world: World, region: string): Volume[] {
  return instancesIn(world, region).flatMap(volumesOf);
}

/** How a disk was grown, oldest first. */
export function growthsOf(world: World, volume: Volume): Growth[] {
  const growths: Growth[] = [];
  for (const { at, effect } of world.journal) {
    if (effect.kind !== 'grow_volume' || effect.volume !== volume.id) continue;
    growths.push({ at, from: growths.at(-1)?.to ?? volume.sizeGb, to: effect.sizeGb });
  }
  return growths;
}

/** GiB at a time. */
export function sizeAt(world: World, volume: Volume, at: number): number {
  const grown = growthsOf(world, volume).findLast((one) => one.at + GROWTH_MS.modifying <= at);
  return grown?.to ?? volume.sizeGb;
}

type GrowthStage = {
  state: 'modifying' | 'optimizing' | 'completed' /** Percent. */;
  progress: number;
};

export function growthStage(growth: Growth, now: number): GrowthStage {
  const elapsed = now - growth.at;
  if (elapsed < GROWTH_MS.modifying) return { state: 'modifying', progress: 0 };
  const whole = GROWTH_MS.modifying + GROWTH_MS.optimizing;
  if (elapsed < whole) return { state: 'optimizing', progress: Math.floor((elapsed / whole) * 100) };
  return { state: 'completed', progress: 100 };
}

/** When a growing of a disk is there to be used. */
export function usableAt({ at }: Growth): number {
  return at + GROWTH_MS.modifying;
}
