import type { DBCluster, DBInstance, PendingModifiedValues } from '@aws-sdk/client-rds';
import type { DatabaseRow } from '../contract/catalogue/databases.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import { type Place, partitionOf } from './account.ts';
import type { Cloud } from './cloud.ts';

/** The most AWS gives at a time. */
const PAGE = 100;

/** All DB instances of a place, or the one named, every page of them, as the SDK has them. */
export async function readDatabases(
  cloud: Cloud,
  { account, region }: Place,
  id?: string,
): Promise<DBInstance[]> {
  const { sdk, client } = await account.connect('rds', region, 'read');
  const found: DBInstance[] = [];
  const pages = sdk.paginateDescribeDBInstances(
    { client, pageSize: PAGE },
    id === undefined ? {} : { DBInstanceIdentifier: id },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) found.push(...(page.DBInstances ?? []));
  return found;
}

/** The one database of that id, or null when there is none. */
export async function readDatabase(cloud: Cloud, place: Place, id: string): Promise<DBInstance | null> {
  try {
    return (await readDatabases(cloud, place, id))[0] ?? null;
  } catch (error) {
    if (error instanceof Error && /^DBInstanceNotFound/.test(error.name)) return null;
    throw error;
  }
}

/** The databases of a place, as names. */
export async function databaseEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  return (await readDatabases(cloud, place)).map((database) => {
    const { id, arn, status, tags, account, region } = databaseRowOf(database, place, []);
    return {
      kind: 'database' as const,
      id,
      name: id,
      ...(arn ? { arn } : {}),
      account,
      region,
      state: status,
      tags,
    };
  });
}

/** All DB clusters of a place, or the one named. */
export async function readDatabaseClusters(
  cloud: Cloud,
  { account, region }: Place,
  id?: string,
): Promise<DBCluster[]> {
  const { sdk, client } = await account.connect('rds', region, 'read');
  const found: DBCluster[] = [];
  const pages = sdk.paginateDescribeDBClusters(
    { client, pageSize: PAGE },
    id === undefined ? {} : { DBClusterIdentifier: id },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) found.push(...(page.DBClusters ?? []));
  return found;
}

/** Aurora keeps its data in the cluster's own storage; the other engines have a volume of their own. */
export function isAurora(engine: string | undefined): boolean {
  return engine?.startsWith('aurora') ?? false;
}

/** A database as a row; `clusters`: those of the same place, empty when there are none or they were not seen. */
export function databaseRowOf(
  database: DBInstance,
  { account, region }: Place,
  clusters: readonly DBCluster[],
): DatabaseRow {
  const id = database.DBInstanceIdentifier ?? '';
  const [group] = database.DBParameterGroups ?? [];
  const role = roleOf(database, clusters);
  return {
    id,
    ...(database.DBInstanceArn ? { arn: database.DBInstanceArn } : {}),
    engine: database.Engine ?? 'unknown',
    ...(database.EngineVersion ? { engine_version: database.EngineVersion } : {}),
    class: database.DBInstanceClass ?? 'unknown',
    status: database.DBInstanceStatus ?? 'unknown',
    ...(database.AvailabilityZone ? { az: database.AvailabilityZone } : {}),
    multi_az: database.MultiAZ ?? false,
    storage_gb: isAurora(database.Engine) ? null : (database.AllocatedStorage ?? null),
    ...(database.StorageType ? { storage_type: database.StorageType } : {}),
    ...(database.DBClusterIdentifier ? { cluster: database.DBClusterIdentifier } : {}),
    ...(role ? { role } : {}),
    ...(database.ReadReplicaSourceDBInstanceIdentifier
      ? { replica_of: nameOfArn(database.ReadReplicaSourceDBInstanceIdentifier) }
      : {}),
    replicas: (database.ReadReplicaDBInstanceIdentifiers ?? []).map(nameOfArn),
    ...(group?.DBParameterGroupName ? { parameter_group: group.DBParameterGroupName } : {}),
    ...(group?.ParameterApplyStatus ? { parameters: group.ParameterApplyStatus } : {}),
    pending: pendingOf(database.PendingModifiedValues),
    performance_insights: database.PerformanceInsightsEnabled ?? false,
    region,
    account: account.name,
    tags: Object.fromEntries((database.TagList ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
  };
}

function roleOf({ DBInstanceIdentifier: id }: DBInstance, clusters: readonly DBCluster[]) {
  const members = clusters.flatMap((cluster) => cluster.DBClusterMembers ?? []);
  const member = members.find((one) => one.DBInstanceIdentifier === id);
  if (member?.IsClusterWriter === undefined) return undefined;
  return member.IsClusterWriter ? 'writer' : 'reader';
}

/** Waiting changes by the names that rows have; any other goes by AWS's own: `port`, `ca_certificate_identifier`. */
const PENDING_NAMES: Readonly<Partial<Record<keyof PendingModifiedValues, string>>> = {
  DBInstanceClass: 'class',
  AllocatedStorage: 'storage_gb',
  MultiAZ: 'multi_az',
  MasterUserPassword: 'password',
};

/** All waiting changes, in words that may be shown: never a password. */
export function pendingOf(values: PendingModifiedValues = {}): Record<string, string> {
  const all = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    all.map(([key, value]) => [
      PENDING_NAMES[key as keyof PendingModifiedValues] ?? snakeCase(key),
      pendingInWords(key, value),
    ]),
  );
}

function pendingInWords(key: string, value: unknown): string {
  if (key === 'MasterUserPassword') return 'a new one';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `CACertificateIdentifier` → `ca_certificate_identifier`. */
function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2').toLowerCase();
}

/** A replica in another region is named by its ARN. */
function nameOfArn(name: string): string {
  return name.startsWith('arn:') ? (name.split(':').at(-1) ?? name) : name;
}

/** `owner`: the account number. */
export function databaseArn(region: string, owner: string, id: string): string {
  return `arn:${partitionOf(region)}:rds:${region}:${owner}:db:${id}`;
}
