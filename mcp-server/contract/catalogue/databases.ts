import { z } from 'zod';
import { place, resultWith, timeRange, untrusted } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

export const databaseRow = z.strictObject({
  id: z.string(),
  arn: z.string().optional(),
  engine: z.string(),
  engine_version: z.string().optional(),
  class: z.string(),
  /** As RDS words it: `available`, `modifying`, `storage-full`, ... */
  status: z.string(),
  az: z.string().optional(),
  /** A standby in another zone; a cluster's members stand in for each other instead. */
  multi_az: z.boolean(),
  /** Null for Aurora, whose storage grows by itself. */
  storage_gb: z.number().nullable(),
  storage_type: z.string().optional(),
  cluster: z.string().optional(),
  /** In its cluster; missing when it could not be seen. */
  role: z.enum(['writer', 'reader']).optional(),
  replica_of: z.string().optional(),
  replicas: z.array(z.string()),
  parameter_group: untrusted.optional(),
  /** `in-sync`, `applying`, `pending-reboot`: whether the group's values are in effect. */
  parameters: z.string().optional(),
  /** Changes that wait for the maintenance window. */
  pending: z.record(z.string(), z.string()),
  performance_insights: z.boolean(),
  region: z.string(),
  account: z.string(),
  tags: z.record(z.string(), untrusted),
});
export type DatabaseRow = z.infer<typeof databaseRow>;

const database = z.string().min(1).describe('a DB instance identifier or ARN');

export const listDatabases = toolContract({
  name: 'list_databases',
  title: 'List databases',
  description: 'RDS and Aurora databases with status, class, storage, replicas, cluster and parameter group.',
  input: z.strictObject({ ...place }),
  output: resultWith({ databases: z.array(databaseRow), counts: z.record(z.string(), z.int()) }),
});

export const databaseEvent = z.strictObject({
  at: z.iso.datetime(),
  /** The database itself, a replica, its cluster or its parameter group. */
  source: z.string(),
  source_type: z.string(),
  message: untrusted,
  categories: z.array(z.string()),
});
export type DatabaseEvent = z.infer<typeof databaseEvent>;

export const listDatabaseEvents = toolContract({
  name: 'list_database_events',
  title: 'Database events',
  description:
    'RDS events of a database, its replicas, cluster and parameter group, newest first. Default: the last 24 hours; RDS keeps 14 days.',
  input: z.strictObject({ database, ...timeRange, ...place }),
  output: resultWith({
    database: z.string(),
    matched: z.enum(['exact', 'close']),
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    events: z.array(databaseEvent),
  }),
});

/** Average active sessions of one kind: how many sessions were busy with it at a time, on average. */
const loadPart = z.strictObject({ name: untrusted, load: z.number() });
export type LoadPart = z.infer<typeof loadPart>;

export const topStatement = z.strictObject({
  /** The digest AWS gives, literals replaced; at most 500 bytes of it. */
  statement: untrusted,
  load: z.number(),
  /** Null where the engine does not count calls. */
  calls_per_s: z.number().nullable(),
  waits: z.array(loadPart),
});
export type TopStatement = z.infer<typeof topStatement>;

export const getDatabaseLoad = toolContract({
  name: 'get_database_load',
  title: 'Database load',
  description:
    'Performance Insights of a database: load (average active sessions) against its vCPUs, by wait, top SQL, users and hosts. Default: the last hour.',
  input: z.strictObject({ database, ...timeRange, ...place }),
  output: resultWith({
    database: z.string(),
    matched: z.enum(['exact', 'close']),
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    /** Null when it is not known: a serverless database, a class that is not in the table. */
    vcpus: z.number().nullable(),
    /** Null when there is no data; coverage says why. */
    load: z
      .strictObject({
        average: z.number(),
        max: z.number(),
        max_at: z.iso.datetime(),
        last: z.number(),
        start: z.iso.datetime(),
        period_s: z.int(),
        values: z.array(z.number().nullable()),
      })
      .nullable(),
    waits: z.array(loadPart),
    statements: z.array(topStatement),
    users: z.array(loadPart),
    hosts: z.array(loadPart),
  }),
});

export const rebootDatabase = toolContract({
  name: 'reboot_database',
  title: 'Reboot a database',
  description:
    'Restarts a database, without failover; waiting parameter changes take effect. Destructive (cuts every connection): needs a grant.',
  input: z.strictObject({ database, ...place }),
  output: changesMade,
});

export const modifyDatabase = toolContract({
  name: 'modify_database',
  title: 'Modify a database',
  description:
    'Changes the class (with a restart) or the storage (it can only grow) of a database at once. Destructive: needs a grant.',
  input: z.strictObject({
    database,
    class: z
      .string()
      .regex(/^db(\.[a-z0-9-]{1,40}){1,5}$/, 'a database class such as db.r6g.large')
      .optional()
      .describe('a database class such as db.r6g.large'),
    storage_gb: z.int().min(5).max(65_536).optional().describe('GiB; more than it has'),
    ...place,
  }),
  output: changesMade,
});

export const modifyDatabaseParameter = toolContract({
  name: 'modify_database_parameter',
  title: 'Change a database parameter',
  description:
    'Sets a parameter in the parameter group of a database, for all that use the group; a static one waits for a reboot. Destructive: needs a grant.',
  input: z.strictObject({
    database,
    parameter: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'a parameter name such as max_connections')
      .describe('a parameter name such as max_connections'),
    value: z.string().max(1_024).describe('as the parameter group has it, in its own unit'),
    ...place,
  }),
  output: changesMade,
});
