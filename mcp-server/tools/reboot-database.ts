import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { isAurora, readDatabase, readDatabaseClusters } from '../cloud/databases.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { lookOnce } from '../cloud/look.ts';
import { placeOf } from '../cloud/resolve.ts';
import { rebootDatabase } from '../contract/catalogue/databases.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { Facts, PlannedChange } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import {
  clustersOf,
  databaseBlastRadius,
  type FoundTarget,
  findDatabaseTarget,
  requireState,
} from './database-targets.ts';
import type { ChangeTool } from './tool.ts';

type Input = ToolInput<'reboot_database'>;

const PENDING = 'pending-reboot';
const IN_SYNC = 'in-sync';
const REBOOTABLE = ['available', 'storage-optimization', 'incompatible-parameters'];
const ON_ITS_WAY = ['rebooting', 'modifying', 'starting', 'configuring-enhanced-monitoring'];

/**
 * Without failover, always: a standby that takes over is a change of its own, which nobody asked for by
 * saying reboot.
 */
export const rebootDatabaseTool: ChangeTool<Input, FoundTarget> = {
  kind: 'change',
  contract: rebootDatabase,
  async observe(input, cloud) {
    const found = await findDatabaseTarget(cloud, input);
    const { place, target, population } = found;
    const { kind, id, name, arn, database } = target;
    const cluster = await clusterRestarting(cloud, place, target);
    const facts: Facts = {
      ...factsOf(database),
      ...(cluster ? { restarts_cluster: cluster.DBClusterIdentifier ?? '' } : {}),
    };
    return {
      account: place.account.name,
      region: place.region,
      states: [{ kind, id, name, arn, facts, takes: [...clustersOf([target]), ...membersOf(cluster)] }],
      population,
      detail: found,
    };
  },

  plan(_input, { account, region, states, detail }) {
    const [target] = states;
    if (!target) throw untouched('not_found', 'There is no such database.');
    const { kind, id, name, facts } = target;
    requireState(name, String(facts.status), REBOOTABLE);
    const { affected, gaps } = databaseBlastRadius(detail.target, detail.others, detail.surroundings);
    const standby = { id, name: `${name} (standby)`, how: 'standby_does_not_take_over' as const };
    const cluster = facts.restarts_cluster;
    const becomes: Facts = facts.parameters === PENDING ? { parameters: IN_SYNC } : {};
    return {
      tool: 'reboot_database',
      arguments: { database: id, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [{ kind, id, name, was: { ...facts }, becomes }],
      blast_radius: { affected: facts.multi_az && !cluster ? [standby, ...affected] : affected, gaps },
      undo: { possible: false, why: 'connections_are_cut' },
      cli: [
        cluster
          ? awsLine(detail.place, 'rds', 'reboot-db-cluster', '--db-cluster-identifier', String(cluster))
          : awsLine(
              detail.place,
              ...['rds', 'reboot-db-instance', '--db-instance-identifier', id, '--no-force-failover'],
            ),
      ],
    };
  },

  event: 'RebootDBInstance',
  requestOf: (change) => {
    const { id, cluster } = rebootOf(change);
    return cluster ? { event: 'RebootDBCluster', ids: [cluster] } : { event: 'RebootDBInstance', ids: [id] };
  },

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { sdk, client } = await place.account.connect('rds', place.region, 'change');
    const { id, cluster } = rebootOf(change);
    try {
      if (cluster) await client.send(new sdk.RebootDBClusterCommand({ DBClusterIdentifier: cluster }));
      else {
        await client.send(
          new sdk.RebootDBInstanceCommand({ DBInstanceIdentifier: id, ForceFailover: false }),
        );
      }
    } catch (error) {
      const action = cluster ? 'rds:RebootDBCluster' : 'rds:RebootDBInstance';
      throw asFailure(error, { action, place }, 'change');
    }
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, becomes } = rebootOf(change);
    const seen = await readDatabase(cloud, place, id);
    const status = seen?.DBInstanceStatus;
    if (status === undefined) return [{ id, name, facts: {}, result: 'not_seen' }];
    const underWay = ON_ITS_WAY.includes(status);
    const facts = seen ? factsOf(seen) : {};
    // Values that still wait for a reboot say that there was none.
    const applied = becomes.parameters === undefined || becomes.parameters === facts.parameters;
    const up = REBOOTABLE.includes(status) && applied;
    return [{ id, name, facts, result: underWay ? 'in_progress' : up ? 'done' : 'not_seen' }];
  },
};

function factsOf(database: DBInstance): Facts {
  const groups = database.DBParameterGroups ?? [];
  const waits = groups.some((group) => group.ParameterApplyStatus === PENDING);
  return {
    status: database.DBInstanceStatus ?? 'unknown',
    multi_az: database.MultiAZ ?? false,
    // Values that are being applied are, in a moment, without anybody's doing.
    parameters: waits ? PENDING : IN_SYNC,
  };
}

/**
 * The cluster that restarts as one: the writer of a Multi-AZ DB cluster does not restart alone. In Aurora each
 * database does. Throws `CallFailure` when the cluster cannot be seen.
 */
async function clusterRestarting(
  cloud: Cloud,
  place: Place,
  { id, database }: FoundTarget['target'],
): Promise<DBCluster | null> {
  const name = database.DBClusterIdentifier;
  if (name === undefined || isAurora(database.Engine)) return null;
  const [cluster] = await lookOnce(place, 'rds:DescribeDBClusters', () =>
    readDatabaseClusters(cloud, place, name),
  );
  const writer = cluster?.DBClusterMembers?.find((member) => member.IsClusterWriter);
  return cluster && writer?.DBInstanceIdentifier === id ? cluster : null;
}

function membersOf(cluster: DBCluster | null): string[] {
  if (!cluster) return [];
  const members = (cluster.DBClusterMembers ?? []).flatMap((one) => one.DBInstanceIdentifier ?? []);
  return [...members, cluster.DBClusterIdentifier ?? '', cluster.DBClusterArn ?? ''].filter(Boolean);
}

function rebootOf({ targets: [target] }: PlannedChange) {
  if (!target) throw new TypeError('a reboot has one target');
  const cluster = target.was.restarts_cluster;
  const { id, name, becomes } = target;
  return { id, name, becomes, cluster: cluster ? String(cluster) : null };
}
