import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { type OwnedInstance, readInstances } from '../cloud/instances.ts';
import { lookOnce } from '../cloud/look.ts';
import { placeOf, resolveInDirectory } from '../cloud/resolve.ts';

type FoundInstance = {
  instance: OwnedInstance;
  name: string;
  id: string;
  place: Place;
  matched: 'exact' | 'close';
};

/** The instance a read means, as it is now. Throws `CallFailure`. */
export async function findInstance(
  cloud: Cloud,
  input: Whereabouts & { instance: string },
): Promise<FoundInstance> {
  const { found, matched } = await resolveInDirectory(cloud, input.instance, input, ['instance']);
  const place = await placeOf(cloud, found);
  const [instance] = await lookOnce(place, 'ec2:DescribeInstances', () =>
    readInstances(cloud, place, [{ Name: 'instance-id', Values: [found.id] }]),
  );
  if (!instance) {
    throw untouched('not_found', `${found.name} (${found.id}) is gone.`, {
      mention: input.instance,
      candidates: [],
    });
  }
  return { instance, name: found.name, id: found.id, place, matched };
}

/** What a reader must know when the name was not quite the one said. */
export function closeNote(matched: 'exact' | 'close', said: string, name: string): string {
  return matched === 'close' ? `There is no ${JSON.stringify(said)}; this is ${name}.\n` : '';
}
