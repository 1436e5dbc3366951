import type {
  ModifyDBInstanceCommandInput,
  RebootDBClusterCommandInput,
  RebootDBInstanceCommandInput,
} from '@aws-sdk/client-rds';
import { type Call, type Change, change, type NewEntry } from '../../wire/operation.ts';
import { NotSimulated, Refusal } from '../../wire/service-exception.ts';
import { classAt, type Database, isAurora, storageAt } from '../../world/databases.ts';
import { INSTANCE_TYPES } from '../../world/instance-types.ts';
import { databaseShape } from './describe.ts';
import { requireCluster, requireDatabase } from './identity.ts';
import { statusAt, storageRestsUntil } from './status.ts';

const SOURCE = 'rds.amazonaws.com';
/** The statuses each call is taken in. Source: RDS user guide, "Viewing Amazon RDS DB instance status". */
const REBOOTABLE = ['available', 'storage-optimization', 'incompatible-parameters'];
const MODIFIABLE = ['available', 'storage-optimization'];

export const rebootDBInstance = change((input: RebootDBInstanceCommandInput, call) => {
  const database = requireDatabase(input.DBInstanceIdentifier, call);
  requireStatus(database, call, REBOOTABLE);
  if (input.ForceFailover === true && !database.entry.multi_az) {
    throw new Refusal(
      'InvalidParameterCombination',
      'Cannot reboot with failover: the DB instance is not a Multi-AZ deployment.',
    );
  }
  return made(database, call, {
    source: SOURCE,
    parameters: { dBInstanceIdentifier: database.id, forceFailover: input.ForceFailover ?? false },
    resources: [{ type: 'AWS::RDS::DBInstance', name: database.id }],
    effect: { kind: 'reboot_databases', databases: [database.id] },
  });
});

export const rebootDBCluster = change((input: RebootDBClusterCommandInput, call) => {
  const cluster = requireCluster(input.DBClusterIdentifier, call);
  if (isAurora(cluster.engine)) {
    throw new Refusal('InvalidParameterCombination', 'Only Multi-AZ DB clusters can be rebooted as a whole.');
  }
  for (const member of cluster.members) requireStatus(member, call, REBOOTABLE);
  return {
    output: { DBCluster: { DBClusterIdentifier: cluster.id, Status: 'rebooting' } },
    entry: {
      source: SOURCE,
      parameters: { dBClusterIdentifier: cluster.id },
      resources: [{ type: 'AWS::RDS::DBCluster', name: cluster.id }],
      effect: { kind: 'reboot_databases', databases: cluster.members.map((one) => one.id) },
    },
  };
});

/** Only the class and the storage can be modified here, and only at once. */
export const modifyDBInstance = change((input: ModifyDBInstanceCommandInput, call) => {
  const database = requireDatabase(input.DBInstanceIdentifier, call);
  const { DBInstanceClass: size, AllocatedStorage: storage } = input;
  if ((size === undefined && storage === undefined) || input.ApplyImmediately !== true) {
    throw new NotSimulated('rds', 'ModifyDBInstance', 'changes of anything but class and storage, at once');
  }
  refuseInCluster(database, input);
  const status = statusAt(call.world, database, call.now);
  const growsOnly = size === undefined;
  requireStatus(database, call, growsOnly ? [...MODIFIABLE, 'storage-full'] : MODIFIABLE);
  if (size !== undefined && !INSTANCE_TYPES.has(size.replace(/^db\./, ''))) {
    throw new Refusal('InvalidParameterValue', `Invalid DB Instance class: ${size}`);
  }
  if (storage !== undefined) checkStorage(database, storage, status, call);
  return made(database, call, {
    source: SOURCE,
    parameters: {
      dBInstanceIdentifier: database.id,
      ...(size !== undefined && { dBInstanceClass: size }),
      ...(storage !== undefined && { allocatedStorage: storage }),
      applyImmediately: true,
    },
    resources: [{ type: 'AWS::RDS::DBInstance', name: database.id }],
    effect: {
      kind: 'modify_database',
      database: database.id,
      ...(size !== undefined && size !== classAt(database, call.now) && { class: size }),
      ...(storage !== undefined && { storageGb: storage }),
    },
  });
});

function made(database: Database, call: Call, entry: NewEntry): Change<object> {
  const status = entry.effect.kind === 'reboot_databases' ? 'rebooting' : 'available';
  return { output: { DBInstance: { ...databaseShape(database, call), DBInstanceStatus: status } }, entry };
}

function requireStatus(database: Database, call: Call, allowed: readonly string[]): void {
  const status = statusAt(call.world, database, call.now);
  if (allowed.includes(status)) return;
  throw new Refusal(
    'InvalidDBInstanceStateFault',
    `Database instance ${database.id} is not in available state. (${status})`,
  );
}

function refuseInCluster({ entry, engine }: Database, input: ModifyDBInstanceCommandInput): void {
  if (isAurora(engine) && input.AllocatedStorage !== undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      'The AllocatedStorage parameter does not apply to Aurora DB instances.',
    );
  }
  if (entry.cluster === undefined || isAurora(engine)) return;
  throw new Refusal(
    'InvalidParameterCombination',
    `The specified DB instance is a member of the Multi-AZ DB cluster ${entry.cluster}. Modify the DB cluster instead.`,
  );
}

function checkStorage(database: Database, storage: number, status: string, call: Call): void {
  const has = storageAt(database, call.now);
  if (storage < has) {
    throw new Refusal(
      'InvalidParameterCombination',
      `Invalid storage size for engine name ${database.engine} and storage type gp3: ${storage}. The allocated storage can't be reduced.`,
    );
  }
  if (storage * 10 < has * 11) {
    throw new Refusal(
      'InvalidParameterCombination',
      `Invalid storage modification: the allocated storage must be increased by at least 10 percent (from ${has} GiB).`,
    );
  }
  if (status !== 'storage-optimization' && storageRestsUntil(database, call.now) === undefined) return;
  throw new Refusal(
    'InvalidParameterCombination',
    'You can not currently modify the storage of this DB instance because the previous storage change is being optimized, or was made less than six hours ago.',
  );
}
