import type {
  DBCluster,
  DBInstance,
  DescribeDBClustersCommandInput,
  DescribeDBInstancesCommandInput,
  PendingModifiedValues,
} from '@aws-sdk/client-rds';
import { type Call, read } from '../../wire/operation.ts';
import {
  applyStatus,
  clusterGroupName,
  defaultVersion,
  groupName,
  parameterGroups,
} from '../../world/database-parameters.ts';
import {
  classAt,
  clustersIn,
  type Database,
  type DatabaseCluster,
  databasesIn,
  isAurora,
  sourceOf,
  storageAt,
} from '../../world/databases.ts';
import { hexOf } from '../../world/deterministic.ts';
import { tagsAfter } from '../../world/tags.ts';
import { recordsLoad } from '../performance-insights/recording.ts';
import { clusterArn, databaseArn, requireCluster, requireDatabase, resourceId } from './identity.ts';
import { paged } from './paging.ts';
import { statusAt } from './status.ts';

const DAY_MS = 86_400_000;

export const describeDBInstances = read((input: DescribeDBInstancesCommandInput, call) => {
  const found =
    input.DBInstanceIdentifier === undefined
      ? databasesIn(call.world, call.region)
      : [requireDatabase(input.DBInstanceIdentifier, call)];
  const { items, next } = paged(found, input);
  return {
    DBInstances: items.map((one) => databaseShape(one, call)),
    ...(next !== undefined && { Marker: next }),
  };
});

export function databaseShape(database: Database, call: Call): DBInstance {
  const { world, now, account } = call;
  const { id, entry, engine, az, region } = database;
  const source = sourceOf(world, id);
  const aurora = isAurora(engine);
  const group = parameterGroups(world, region).find(
    (one) => one.scope === 'database' && one.members.includes(database),
  );
  const recorded = recordsLoad(world, database);
  return {
    DBInstanceIdentifier: id,
    DBInstanceArn: databaseArn(call, id),
    DbiResourceId: resourceId(account, id),
    DBInstanceClass: classAt(database, now),
    Engine: engine,
    EngineVersion: entry.engine_version ?? defaultVersion(engine),
    DBInstanceStatus: statusAt(world, database, now),
    MasterUsername: 'admin',
    Endpoint: {
      Address: `${id}.${hexOf(`${account}/rds/${region}`, 12)}.${region}.rds.amazonaws.com`,
      Port: /postgres/.test(engine) ? 5432 : 3306,
    },
    AllocatedStorage: aurora ? 1 : storageAt(database, now),
    StorageType: aurora ? 'aurora' : (entry.storage_type ?? 'gp3'),
    InstanceCreateTime: new Date(world.startMs - 300 * DAY_MS),
    BackupRetentionPeriod: 7,
    AvailabilityZone: az,
    MultiAZ: entry.multi_az,
    ...(entry.multi_az && { SecondaryAvailabilityZone: `${region}c` }),
    DBParameterGroups: [
      {
        DBParameterGroupName: groupName(database),
        ParameterApplyStatus: group === undefined ? 'in-sync' : applyStatus(world, database, group, now),
      },
    ],
    PendingModifiedValues: pendingShape(database, now),
    ...(entry.cluster !== undefined && { DBClusterIdentifier: entry.cluster }),
    ...(source !== undefined && { ReadReplicaSourceDBInstanceIdentifier: source.id }),
    ReadReplicaDBInstanceIdentifiers: entry.replicas ?? [],
    PubliclyAccessible: false,
    StorageEncrypted: true,
    DeletionProtection: true,
    PerformanceInsightsEnabled: recorded,
    ...(recorded && { PerformanceInsightsRetentionPeriod: 7 }),
    TagList: Object.entries(tagsAfter(world, databaseArn(call, id), entry.tags)).map(([Key, Value]) => ({
      Key,
      Value,
    })),
  };
}

/** What was asked for at once and is not there yet. */
function pendingShape({ classes, storages }: Database, now: number): PendingModifiedValues {
  const size = classes.find((one) => one.from <= now && now < one.to)?.class;
  const storage = storages.find((one) => one.from <= now && now < one.to)?.sizeGb;
  return {
    ...(size !== undefined && { DBInstanceClass: size }),
    ...(storage !== undefined && { AllocatedStorage: storage }),
  };
}

export const describeDBClusters = read((input: DescribeDBClustersCommandInput, call) => {
  const found =
    input.DBClusterIdentifier === undefined
      ? clustersIn(call.world, call.region)
      : [requireCluster(input.DBClusterIdentifier, call)];
  const { items, next } = paged(found, input);
  return {
    DBClusters: items.map((one) => clusterShape(one, call)),
    ...(next !== undefined && { Marker: next }),
  };
});

function clusterShape(cluster: DatabaseCluster, call: Call): DBCluster {
  const { world, now } = call;
  const [writer] = cluster.members;
  const group = parameterGroups(world, cluster.region).find(
    (one) => one.scope === 'cluster' && one.members.some((member) => cluster.members.includes(member)),
  );
  return {
    DBClusterIdentifier: cluster.id,
    DBClusterArn: clusterArn(call, cluster.id),
    Engine: cluster.engine,
    EngineVersion: writer?.entry.engine_version ?? defaultVersion(cluster.engine),
    Status: writer === undefined ? 'available' : statusAt(world, writer, now),
    MultiAZ: cluster.members.length > 1,
    ...(writer && { DBClusterParameterGroup: clusterGroupName(writer) }),
    DBClusterMembers: cluster.members.map((member, index) => ({
      DBInstanceIdentifier: member.id,
      IsClusterWriter: index === 0,
      DBClusterParameterGroupStatus: group === undefined ? 'in-sync' : applyStatus(world, member, group, now),
      PromotionTier: 1,
    })),
  };
}
