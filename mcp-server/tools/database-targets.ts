import type { DBInstance } from '@aws-sdk/client-rds';
import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { databaseArn, readDatabases } from '../cloud/databases.ts';
import { pickForChange, placeOf } from '../cloud/resolve.ts';
import type { BlastRadius, FeltAs } from '../contract/proposal.ts';
import { surveyAccount } from './account-survey.ts';
import { blastRadiusOf, readSurroundings, type Surroundings } from './blast-radius.ts';

/** A database a change is for, as it is now. */
export type TargetDatabase = {
  kind: 'database';
  id: string;
  name: string;
  arn: string;
  account: string;
  region: string;
  state: string;
  database: DBInstance;
};

export type FoundTarget = {
  place: Place;
  target: TargetDatabase;
  /** The other databases of the account in the same region. */
  others: TargetDatabase[];
  /** Databases in all regions of the account, as far as could be seen. */
  population: number;
  surroundings: Surroundings;
};

/**
 * The one database a change names, from a fresh look at all the regions it can mean. Throws `CallFailure` for a
 * mention that is not exactly one; a cluster's name brings up its members.
 */
export async function findDatabaseTarget(
  cloud: Cloud,
  at: Whereabouts & { database: string },
): Promise<FoundTarget> {
  const { account, named, coverage, everywhere, gaps } = await surveyAccount(
    cloud,
    at,
    { what: 'databases', action: 'rds:DescribeDBInstances' },
    async (where) => (await readDatabases(cloud, where)).map((one) => targetOf(one, where)),
  );
  const target = picked(at.database, named, () => pickForChange(at.database, named, coverage));
  const place = await placeOf(cloud, { account: account.name, region: target.region });
  const surroundings = await readSurroundings(cloud, place);
  return {
    place,
    target,
    others: everywhere.filter((one) => one.region === target.region && one.id !== target.id),
    population: everywhere.length,
    surroundings: { ...surroundings, gaps: [...gaps, ...surroundings.gaps] },
  };
}

function picked(
  mention: string,
  among: readonly TargetDatabase[],
  pick: () => TargetDatabase,
): TargetDatabase {
  try {
    return pick();
  } catch (error) {
    const members = among.filter(({ database }) => database.DBClusterIdentifier === mention);
    if (!(error instanceof CallFailure) || members.length === 0) throw error;
    throw untouched('ambiguous', `${mention} is a cluster of ${members.length} databases: which one?`, {
      mention,
      candidates: members.map(({ id, name, kind, state, account, region }) => ({
        id,
        name,
        kind,
        state,
        account,
        region,
      })),
    });
  }
}

function targetOf(database: DBInstance, { account, region }: Place): TargetDatabase {
  const id = database.DBInstanceIdentifier ?? '';
  return {
    kind: 'database',
    id,
    name: id,
    arn: database.DBInstanceArn ?? databaseArn(region, account.number() ?? '', id),
    account: account.name,
    region,
    state: database.DBInstanceStatus ?? 'unknown',
    database,
  };
}

/** What stands for these databases too, as a list of protected resources may name it. */
export function clustersOf(databases: readonly TargetDatabase[]): string[] {
  return [...new Set(databases.flatMap(({ database }) => database.DBClusterIdentifier ?? []))];
}

/** What feels it when a database is away or changed: who calls it, its replicas, the others of its cluster. */
export function databaseBlastRadius(
  { id, name, database }: TargetDatabase,
  others: readonly TargetDatabase[],
  surroundings: Surroundings,
): BlastRadius {
  const { affected, gaps } = blastRadiusOf([{ id, name }], surroundings, 'calls_it');
  const felt = (ids: readonly string[], how: FeltAs) => ids.map((one) => ({ id: one, name: one, how }));
  const cluster = database.DBClusterIdentifier;
  const members = others.filter((one) => cluster && one.database.DBClusterIdentifier === cluster);
  return {
    affected: [
      ...affected,
      ...felt(database.ReadReplicaDBInstanceIdentifiers ?? [], 'replica_falls_behind'),
      ...felt(
        members.map((one) => one.id),
        'shares_its_cluster',
      ),
    ],
    gaps,
  };
}

/** Why a change cannot begin in a state, for those that people meet. */
const STATE_WORDS: Readonly<Record<string, string>> = {
  stopped: 'is stopped: start it first (aws rds start-db-instance).',
  'storage-full':
    'has no storage left: RDS accepts nothing but more storage in this state (modify_database with storage_gb).',
  rebooting: 'is rebooting already: ask again in a minute.',
  modifying: 'is being modified already: ask again when it is available.',
  deleting: 'is being deleted.',
};

/** Throws `CallFailure` when the database is in a state that RDS refuses the change in. */
export function requireState(name: string, status: string, allowed: readonly string[]): void {
  if (allowed.includes(status)) return;
  const words = STATE_WORDS[status] ?? `is ${status}: it has to be ${allowed.join(' or ')}.`;
  throw untouched('invalid_state', `${name} ${words}`);
}
