import type { DBInstance, ValidStorageOptions } from '@aws-sdk/client-rds';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { readDatabaseEvents } from '../cloud/database-events.ts';
import { lookBeside } from '../cloud/look.ts';
import type { Gap } from '../contract/coverage.ts';

/** RDS changes the storage of a database once in this time. Source: RDS user guide, "Scaling up DB instance storage". */
export const STORAGE_REST_MS = 6 * 3_600_000;

/** What could be found out before RDS is asked. Gaps: what could not. */
export type Checked = {
  /** When the storage was last changed, within the time RDS makes it rest; null when it was not. */
  storageChangedAt: string | null;
  gaps: Gap[];
};

/** Asked before anything changes: a class that is not offered, a size that cannot be, a change too soon. Throws `CallFailure`. */
export async function checkModification(
  cloud: Cloud,
  place: Place,
  database: DBInstance,
  wanted: { class?: string | undefined; storage_gb?: number | undefined },
): Promise<Checked> {
  const { class: name, storage_gb: size } = wanted;
  const gaps: Gap[] = [];
  if (name !== undefined) gaps.push(...(await checkClass(cloud, place, database, name)));
  if (size === undefined) return { storageChangedAt: null, gaps };
  gaps.push(...(await checkSize(cloud, place, database, size)));
  const changed = await storageChange(cloud, place, database);
  return { storageChangedAt: changed.at, gaps: [...gaps, ...changed.gaps] };
}

async function checkClass(cloud: Cloud, place: Place, database: DBInstance, name: string): Promise<Gap[]> {
  const look = await lookBeside(
    cloud,
    place,
    { what: `whether ${name} is offered`, action: 'rds:DescribeOrderableDBInstanceOptions' },
    () => isOffered(cloud, place, database, name),
  );
  if (look.value !== false) return look.coverage.gaps;
  const engine = `${database.Engine} ${database.EngineVersion ?? ''}`.trim();
  throw untouched(
    'invalid_arguments',
    `${place.region} does not offer ${name} for ${engine}. Nothing was asked.`,
    {
      hint: 'Check the spelling; `aws rds describe-orderable-db-instance-options` lists the classes.',
    },
  );
}

async function isOffered(
  cloud: Cloud,
  { account, region }: Place,
  database: DBInstance,
  name: string,
): Promise<boolean> {
  const { sdk, client } = await account.connect('rds', region, 'read');
  const pages = sdk.paginateDescribeOrderableDBInstanceOptions(
    { client },
    {
      Engine: database.Engine,
      ...(database.EngineVersion ? { EngineVersion: database.EngineVersion } : {}),
      DBInstanceClass: name,
    },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) {
    if ((page.OrderableDBInstanceOptions ?? []).length > 0) return true;
  }
  return false;
}

async function checkSize(cloud: Cloud, place: Place, database: DBInstance, size: number): Promise<Gap[]> {
  const id = database.DBInstanceIdentifier;
  const look = await lookBeside(
    cloud,
    place,
    { what: `what sizes ${id} can have`, action: 'rds:DescribeValidDBInstanceModifications' },
    () => validStorage(cloud, place, database),
  );
  const ranges = (look.value ?? [])
    .filter((option) => option.StorageType === database.StorageType)
    .flatMap((option) => option.StorageSize ?? []);
  const fits = ranges.some(({ From = 0, To = Number.POSITIVE_INFINITY }) => From <= size && size <= To);
  // Less than it has is refused with the state, in words of its own.
  if (ranges.length === 0 || fits || size <= (database.AllocatedStorage ?? 0)) return look.coverage.gaps;
  const said = ranges.map(({ From, To }) => `${From} to ${To} GiB`).join(', ');
  throw untouched('invalid_arguments', `${id} cannot have ${size} GiB of ${database.StorageType}: ${said}.`);
}

async function validStorage(
  cloud: Cloud,
  { account, region }: Place,
  database: DBInstance,
): Promise<ValidStorageOptions[]> {
  const { sdk, client } = await account.connect('rds', region, 'read');
  const command = new sdk.DescribeValidDBInstanceModificationsCommand({
    DBInstanceIdentifier: database.DBInstanceIdentifier,
  });
  const answer = await client.send(command, { abortSignal: cloud.signal });
  return answer.ValidDBInstanceModificationsMessage?.Storage ?? [];
}

/** RDS's own words for it (RDS-EVENT-0017, 0018). */
const STORAGE_EVENT = /applying (autoscaling-initiated )?modification to allocated storage/i;

async function storageChange(
  cloud: Cloud,
  place: Place,
  database: DBInstance,
): Promise<{ at: string | null; gaps: Gap[] }> {
  const id = database.DBInstanceIdentifier ?? '';
  const end = place.account.now();
  const start = new Date(end.getTime() - STORAGE_REST_MS);
  const look = await lookBeside(
    cloud,
    place,
    { what: `when the storage of ${id} was last changed`, action: 'rds:DescribeEvents' },
    () => readDatabaseEvents(cloud, place, { id, type: 'db-instance' }, { start, end }),
  );
  const times = (look.value ?? []).filter(({ message }) => STORAGE_EVENT.test(message)).map(({ at }) => at);
  return { at: times.sort().at(-1) ?? null, gaps: look.coverage.gaps };
}
