import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { databaseRowOf, readDatabase } from '../cloud/databases.ts';
import { lookBeside } from '../cloud/look.ts';
import type { Coverage } from '../contract/coverage.ts';
import type { DirectoryEntry } from '../contract/directory.ts';

/** Metrics that RDS keeps of a replica, though people ask for them by the database it copies. */
const OF_REPLICAS = /^ReplicaLag$/;

/**
 * The replicas whose series is meant by a metric of the database they copy; none when the metric is the
 * database's own, when it has no replicas, or when that cannot be seen: the coverage then says so.
 */
export async function replicasMeant(
  cloud: Cloud,
  place: Place,
  found: DirectoryEntry,
  metric: string,
): Promise<{ replicas: string[]; coverage: Coverage }> {
  if (found.kind !== 'database' || !OF_REPLICAS.test(metric)) {
    return { replicas: [], coverage: { looked_at: [], gaps: [] } };
  }
  const { value, coverage } = await lookBeside(
    cloud,
    place,
    { what: `replicas of ${found.name}`, action: 'rds:DescribeDBInstances' },
    () => readDatabase(cloud, place, found.id),
  );
  // One that is a replica itself has the metric.
  const row = value && databaseRowOf(value, place, []);
  return { replicas: row && row.replica_of === undefined ? row.replicas : [], coverage };
}
