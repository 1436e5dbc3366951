import type { Call } from '../../wire/operation.ts';
import type { ApiEntry } from '../../world/api-ids.ts';
import { hash32 } from '../../world/deterministic.ts';

export function apisIn({ world, region }: Call, types: readonly ApiEntry['type'][]): ApiEntry[] {
  const home = world.file.regions[0];
  return world.file.apis.filter((one) => (one.region ?? home) === region && types.includes(one.type));
}

const DAY_MS = 86_400_000;

/** When an API was made, and its stage last deployed: long ago, both. */
export function datesOf({ name }: ApiEntry, { world }: Call): { created: Date; deployed: Date } {
  const day = Math.floor(world.startMs / DAY_MS) * DAY_MS;
  const created = day - (120 + (hash32(name) % 240)) * DAY_MS;
  return { created: new Date(created), deployed: new Date(day - (10 + (hash32(`${name}#2`) % 30)) * DAY_MS) };
}

export function deploymentOf({ name }: ApiEntry): string {
  return hash32(`${name}/deployment`).toString(36).padStart(6, '0').slice(0, 6);
}
