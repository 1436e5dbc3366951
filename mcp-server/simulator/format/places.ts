import type { InstanceEntry } from './account.ts';

/** The region an availability zone belongs to. */
export function zoneRegion(zone: string): string {
  return zone.replace(/[a-z]$/, '');
}

/** The region an instance runs in. */
export function instanceRegion(instance: InstanceEntry, regions: readonly string[]): string {
  return instance.az === undefined ? (regions[0] ?? '') : zoneRegion(instance.az);
}
