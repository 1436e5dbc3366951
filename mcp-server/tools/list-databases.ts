import { databaseRowOf, readDatabaseClusters, readDatabases } from '../cloud/databases.ts';
import { joined, lookBeside, lookEverywhere } from '../cloud/look.ts';
import { type DatabaseRow, listDatabases } from '../contract/catalogue/databases.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { countBy, countsText, listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

export const listDatabasesTool: ReadTool<ToolInput<'list_databases'>, ToolOutput<'list_databases'>> = {
  kind: 'read',
  contract: listDatabases,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'databases', action: 'rds:DescribeDBInstances' },
      async (place) => ({ place, databases: await readDatabases(cloud, place) }),
    );
    const looks = await Promise.all(
      found.map(async ({ value: { place, databases } }) => {
        const clustered = databases.some((one) => one.DBClusterIdentifier !== undefined);
        const clusters = clustered
          ? await lookBeside(
              cloud,
              place,
              { what: 'roles in database clusters', action: 'rds:DescribeDBClusters' },
              () => readDatabaseClusters(cloud, place),
            )
          : null;
        const rows = databases.map((one) => databaseRowOf(one, place, clusters?.value ?? []));
        return { rows, coverage: clusters?.coverage ?? null };
      }),
    );
    const databases = looks.flatMap((look) => look.rows).sort(byPlaceAndName);
    const counts = countBy(databases, (row) => row.status);
    const heading =
      databases.length === 0
        ? 'No databases.'
        : `${plural(databases.length, 'database')}: ${countsText(counts)}.`;
    return {
      findings: {
        databases,
        counts,
        coverage: joined(coverage, ...looks.flatMap((look) => look.coverage ?? [])),
      },
      text: listText(heading, databases.map(line)),
      cli: places.open.map((place) => awsLine(place, 'rds', 'describe-db-instances')),
      console: consolePage(places.open[0], 'rds', 'databases:'),
    };
  },
};

function line(row: DatabaseRow): string {
  const version = row.engine_version ? ` ${row.engine_version}` : '';
  const storage = row.storage_gb === null ? '' : ` ${row.storage_gb} GiB`;
  const notes = [
    ...(row.multi_az ? ['Multi-AZ'] : []),
    ...(row.cluster ? [`${row.role ?? 'member'} of ${row.cluster}`] : []),
    ...(row.replica_of ? [`replica of ${row.replica_of}`] : []),
    ...(row.replicas.length > 0 ? [`replicas ${row.replicas.join(', ')}`] : []),
    ...(row.parameters && row.parameters !== 'in-sync' ? [`parameters ${row.parameters}`] : []),
    ...Object.entries(row.pending).map(([key, value]) => `pending ${key} ${value}`),
  ];
  return [`${row.id} ${row.status} ${row.engine}${version} ${row.class}${storage}`, ...notes].join('; ');
}

function byPlaceAndName(a: DatabaseRow, b: DatabaseRow): number {
  return (
    a.account.localeCompare(b.account) || a.region.localeCompare(b.region) || a.id.localeCompare(b.id, 'en')
  );
}
