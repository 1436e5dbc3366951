import type { Call } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { isListed } from '../../world/instance-life.ts';
import type { Instance } from '../../world/world.ts';

const INSTANCE_ID = /^i-[0-9a-f]{8}(?:[0-9a-f]{1,9})?$/;

/**
 * The instances of a list of ids in the call's region. One wrong id fails the whole, as on AWS.
 *
 * @throws Refusal InvalidInstanceID.Malformed, InvalidInstanceID.NotFound
 */
export function knownInstances(ids: readonly string[], { world, region, now }: Call): Instance[] {
  const malformed = ids.filter((id) => !INSTANCE_ID.test(id) && !world.instances.has(id));
  if (malformed.length > 0) {
    const said =
      malformed.length === 1 ? `Invalid id: "${malformed[0]}"` : `Invalid ids: "${malformed.join(', ')}"`;
    throw new Refusal('InvalidInstanceID.Malformed', said);
  }
  const found: Instance[] = [];
  const missing: string[] = [];
  for (const id of new Set(ids)) {
    const instance = world.instances.get(id);
    if (instance === undefined || instance.region !== region || !isListed(instance.life, now))
      missing.push(id);
    else found.push(instance);
  }
  if (missing.length > 0) {
    const said =
      missing.length === 1
        ? `The instance ID '${missing[0]}' does not exist`
        : `The instance IDs '${missing.join(', ')}' do not exist`;
    throw new Refusal('InvalidInstanceID.NotFound', said);
  }
  return found;
}
