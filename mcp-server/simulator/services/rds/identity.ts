import type { Call } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { clustersIn, type Database, type DatabaseCluster, databases } from '../../world/databases.ts';
import { hexOf } from '../../world/deterministic.ts';

/** The id Performance Insights knows a database by. */
export function resourceId(account: string, id: string): string {
  return `db-${hexOf(`${account}/db/${id}`, 26).toUpperCase()}`;
}

export function databaseArn({ region, account }: Pick<Call, 'region' | 'account'>, id: string): string {
  return `arn:aws:rds:${region}:${account}:db:${id}`;
}

export function clusterArn({ region, account }: Pick<Call, 'region' | 'account'>, id: string): string {
  return `arn:aws:rds:${region}:${account}:cluster:${id}`;
}

/** A database of the call's region, by its identifier (in any case), its ARN or its resource id. */
export function requireDatabase(name: string | undefined, call: Call): Database {
  const wanted = (name ?? '').split(':').at(-1)?.toLowerCase() ?? '';
  const found = [...databases(call.world).values()].find(
    (one) =>
      one.region === call.region &&
      (one.id.toLowerCase() === wanted || resourceId(call.account, one.id).toLowerCase() === wanted),
  );
  if (found !== undefined) return found;
  throw new Refusal('DBInstanceNotFoundFault', `DBInstance ${name} not found.`, 404);
}

export function requireCluster(name: string | undefined, call: Call): DatabaseCluster {
  const wanted = (name ?? '').split(':').at(-1)?.toLowerCase();
  const found = clustersIn(call.world, call.region).find((one) => one.id.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new Refusal('DBClusterNotFoundFault', `DBCluster ${name} not found.`, 404);
}
