import type {
  DescribeOrderableDBInstanceOptionsCommandInput,
  DescribeValidDBInstanceModificationsCommandInput,
} from '@aws-sdk/client-rds';
import { read } from '../../wire/operation.ts';
import { isAurora, storageAt } from '../../world/databases.ts';
import { INSTANCE_TYPES } from '../../world/instance-types.ts';
import { requireDatabase } from './identity.ts';
import { paged } from './paging.ts';

const MOST_GB = 65_536;

/** The classes there are, for every engine alike: on AWS they differ by engine and version. */
export const describeOrderableDBInstanceOptions = read(
  (input: DescribeOrderableDBInstanceOptionsCommandInput, call) => {
    const wanted = input.DBInstanceClass;
    const classes = [...INSTANCE_TYPES.keys()]
      .map((type) => `db.${type}`)
      .filter((name) => wanted === undefined || name === wanted);
    const { items, next } = paged(classes, input);
    return {
      OrderableDBInstanceOptions: items.map((name) => ({
        Engine: input.Engine,
        EngineVersion: input.EngineVersion,
        DBInstanceClass: name,
        AvailabilityZones: [{ Name: `${call.region}a` }, { Name: `${call.region}c` }],
      })),
      ...(next !== undefined && { Marker: next }),
    };
  },
);

export const describeValidDBInstanceModifications = read(
  (input: DescribeValidDBInstanceModificationsCommandInput, call) => {
    const database = requireDatabase(input.DBInstanceIdentifier, call);
    if (isAurora(database.engine)) return { ValidDBInstanceModificationsMessage: { Storage: [] } };
    const type = database.entry.storage_type ?? 'gp3';
    const sizes = [{ From: storageAt(database, call.now), To: MOST_GB, Step: 1 }];
    return { ValidDBInstanceModificationsMessage: { Storage: [{ StorageType: type, StorageSize: sizes }] } };
  },
);
