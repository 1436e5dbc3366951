import { type Database, OPTIMISING_MS, STORAGE_REST_MS } from '../../world/databases.ts';
import { faultAt } from '../../world/faults/course.ts';
import { slowCause } from '../../world/faults/kinds/database-slow.ts';
import type { World } from '../../world/world.ts';

/** The status RDS gives a database at a time. */
export function statusAt(world: World, database: Database, at: number): string {
  const { reboots, classes, storages, entry, id } = database;
  const during = ({ from, to }: { from: number; to: number }) => from <= at && at < to;
  if (reboots.some(during)) return 'rebooting';
  if (classes.some(during) || storages.some(during)) return 'modifying';
  const grown = storages.findLast((one) => one.to <= at);
  if (grown !== undefined && at < grown.to + OPTIMISING_MS) return 'storage-optimization';
  if (hasNoSpace(world, id, at)) return 'storage-full';
  return entry.status === 'storage-full' && grown !== undefined ? 'available' : entry.status;
}

/** A disk fills while the first writes still go through. */
const FULL_AFTER_MS = 60_000;

function hasNoSpace(world: World, id: string, at: number): boolean {
  if (slowCause(world, id) !== 'storage_full') return false;
  return (
    faultAt(world, { kind: 'database', id }, ['database_slow'], at - FULL_AFTER_MS) !== undefined &&
    faultAt(world, { kind: 'database', id }, ['database_slow'], at) !== undefined
  );
}

/** When the storage can be changed again; undefined when it can be now. */
export function storageRestsUntil({ storages }: Database, at: number): number | undefined {
  const last = storages.findLast((one) => one.from <= at);
  return last !== undefined && at < last.from + STORAGE_REST_MS ? last.from + STORAGE_REST_MS : undefined;
}
