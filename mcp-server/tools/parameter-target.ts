import type { DBCluster, Parameter } from '@aws-sdk/client-rds';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import {
  isDefaultGroup,
  type ParameterGroup,
  readAction,
  readParameter,
} from '../cloud/database-parameters.ts';
import { isAurora, readDatabaseClusters } from '../cloud/databases.ts';
import { lookOnce } from '../cloud/look.ts';
import { awsLine } from './cli-line.ts';
import type { FoundTarget, TargetDatabase } from './database-targets.ts';

/** A parameter, the group it is set in, and the other databases that the group is for. */
export type FoundParameter = { group: ParameterGroup; parameter: Parameter; sharing: TargetDatabase[] };

/**
 * Finds where a database has a parameter: in its own group, else in its cluster's. In a Multi-AZ DB cluster
 * only the cluster's counts. Throws `CallFailure` for a parameter that there is not, or that cannot be set.
 */
export async function findParameter(
  cloud: Cloud,
  found: FoundTarget,
  wanted: string,
): Promise<FoundParameter> {
  const { place, target } = found;
  const name = wanted.toLowerCase();
  const clusters = target.database.DBClusterIdentifier
    ? await lookOnce(place, 'rds:DescribeDBClusters', () => readDatabaseClusters(cloud, place))
    : [];
  const groups = groupsOf(target, clusters);
  const holding: { group: ParameterGroup; parameter: Parameter }[] = [];
  for (const group of groups) {
    const parameter = await lookOnce(place, readAction(group), () =>
      readParameter(cloud, place, group, name),
    );
    if (parameter) holding.push({ group, parameter });
  }
  // Where a database's own group is AWS's default, what its cluster's says counts.
  const chosen = holding.find(({ group }) => !isDefaultGroup(group)) ?? holding[0];
  if (chosen) {
    refuseFixed(chosen.group, chosen.parameter, target, place);
    return { ...chosen, sharing: sharingOf(chosen.group, found, clusters) };
  }
  const listed = groups.map((group) => group.name).join(' and ') || 'no parameter group';
  throw untouched(
    'not_found',
    `${target.id} has no parameter ${JSON.stringify(wanted)} (looked in ${listed}).`,
    {
      mention: wanted,
      candidates: [],
      hint: `Check the spelling; \`aws rds describe-db-parameters --db-parameter-group-name ${groups[0]?.name ?? 'NAME'}\` lists them.`,
    },
  );
}

function groupsOf({ database }: TargetDatabase, clusters: readonly DBCluster[]): ParameterGroup[] {
  const own = (database.DBParameterGroups ?? []).flatMap(({ DBParameterGroupName: name }) =>
    name ? [{ scope: 'database' as const, name }] : [],
  );
  const cluster = clusters.find((one) => one.DBClusterIdentifier === database.DBClusterIdentifier);
  const shared = cluster?.DBClusterParameterGroup
    ? [{ scope: 'cluster' as const, name: cluster.DBClusterParameterGroup }]
    : [];
  return cluster && !isAurora(database.Engine) ? shared : [...own, ...shared];
}

function refuseFixed(group: ParameterGroup, parameter: Parameter, target: TargetDatabase, place: Place) {
  const name = parameter.ParameterName ?? '';
  if (parameter.IsModifiable === false) {
    throw untouched('invalid_state', `${name} is set by RDS: it cannot be changed.`);
  }
  if (!isDefaultGroup(group)) return;
  throw untouched(
    'invalid_state',
    `${target.id} uses ${group.name}, and AWS lets nobody change a default parameter group. Nothing was asked.`,
    { hint: wayOut(group, target, place) },
  );
}

/** From a default group to one of its own, as a person does it. */
function wayOut({ scope, name }: ParameterGroup, { id, database }: TargetDatabase, place: Place): string {
  const cluster = database.DBClusterIdentifier ?? '';
  const own = scope === 'database' ? `${id}-params` : `${cluster}-params`;
  const family = name.slice('default.'.length).split(':')[0] ?? name;
  const words = ['--description', `Parameters of ${scope === 'database' ? id : cluster}`];
  const familyWords = ['--db-parameter-group-family', family, ...words];
  const [create, attach, restart] =
    scope === 'database'
      ? [
          ['create-db-parameter-group', '--db-parameter-group-name', own, ...familyWords],
          ['modify-db-instance', '--db-instance-identifier', id, '--db-parameter-group-name', own],
          ['reboot-db-instance', '--db-instance-identifier', id],
        ]
      : [
          ['create-db-cluster-parameter-group', '--db-cluster-parameter-group-name', own, ...familyWords],
          ['modify-db-cluster', '--db-cluster-identifier', cluster, '--db-cluster-parameter-group-name', own],
          ['reboot-db-cluster', '--db-cluster-identifier', cluster],
        ];
  const line = (words: string[] | undefined) => awsLine(place, 'rds', ...(words ?? []));
  return `Make a group of its own (${line(create)}), attach it (${line(attach)} --apply-immediately), restart once (${line(restart)}), and ask again.`;
}

function sharingOf(
  group: ParameterGroup,
  { target, others }: FoundTarget,
  clusters: readonly DBCluster[],
): TargetDatabase[] {
  if (group.scope === 'database') {
    return others.filter(({ database }) =>
      database.DBParameterGroups?.some((one) => one.DBParameterGroupName === group.name),
    );
  }
  const using = new Set(
    clusters
      .filter((cluster) => cluster.DBClusterParameterGroup === group.name)
      .map((cluster) => cluster.DBClusterIdentifier),
  );
  return others.filter((one) => one.id !== target.id && using.has(one.database.DBClusterIdentifier));
}
