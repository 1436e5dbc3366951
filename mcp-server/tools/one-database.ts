import type { DBInstance } from '@aws-sdk/client-rds';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { readDatabase } from '../cloud/databases.ts';
import { lookOnce } from '../cloud/look.ts';
import { placeOf, resolveInDirectory } from '../cloud/resolve.ts';

type FoundDatabase = { database: DBInstance; id: string; place: Place; matched: 'exact' | 'close' };

/** The database a read means, as it is now. Throws `CallFailure`. */
export async function findDatabase(
  cloud: Cloud,
  input: Whereabouts & { database: string },
): Promise<FoundDatabase> {
  const { found, matched } = await resolveInDirectory(cloud, input.database, input, ['database']);
  const place = await placeOf(cloud, found);
  const database = await lookOnce(place, 'rds:DescribeDBInstances', () =>
    readDatabase(cloud, place, found.id),
  );
  if (!database) {
    throw untouched('not_found', `${found.id} is gone.`, { mention: input.database, candidates: [] });
  }
  return { database, id: found.id, place, matched };
}
