import { z } from 'zod';
import { api, autoScalingGroup, configured, ecsCluster, fn, instance, loadBalancer } from './compute.ts';
import { database } from './databases.ts';
import { fault, healthEvent, trouble } from './drills.ts';
import { file, name, region } from './fields.ts';
import { cluster, datadog } from './kubernetes.ts';
import { alarm, change, dependency, log, metric } from './signals.ts';
import { instant } from './times.ts';

/** The account file as a whole. A section that is missing is empty. */
export const accountDocument = z.strictObject({
  account: z.string().regex(/^\d{12}$/, 'An account is 12 digits, in quotes.'),
  alias: name.optional(),
  /** The first is the default. */
  regions: z.array(region).min(1, 'Name at least one region.'),
  /** What "now" is when a run starts; without it, the real clock. */
  clock: instant.optional(),
  /** Ids or names that no tool may ever change destructively. */
  protected: z.array(name).default([]),

  ec2: z.array(instance).default([]),
  rds: z.array(database).default([]),
  lambda: z.array(fn).default([]),
  ecs: z.array(ecsCluster).default([]),
  asg: z.array(autoScalingGroup).default([]),
  elb: z.array(loadBalancer).default([]),
  apis: z.array(api).default([]),
  eks: z.array(cluster).default([]),
  s3: z.array(configured).default([]),
  msk: z.array(configured).default([]),
  emr: z.array(configured).default([]),
  mwaa: z.array(configured).default([]),
  dependencies: z.array(dependency).default([]),
  changes: z.array(change).default([]),

  alarms: z.array(alarm).default([]),
  metrics: z.array(metric).default([]),
  logs: z.array(log).default([]),
  datadog: datadog.optional(),
  /** `replay`: shift its days so that the last one is the day the run starts. */
  costs: z.strictObject({ file, replay: z.boolean().default(false) }).optional(),
  /** A folder. */
  baselines: file.optional(),

  health: z.array(healthEvent).default([]),
  trouble: z.array(trouble).default([]),
  faults: z.array(fault).default([]),
});

export type AccountDocument = z.output<typeof accountDocument>;
export type InstanceEntry = AccountDocument['ec2'][number];
export type GroupEntry = AccountDocument['asg'][number];
export type AlarmEntry = AccountDocument['alarms'][number];
export type MetricEntry = AccountDocument['metrics'][number];
export type ChangeEntry = AccountDocument['changes'][number];
export type TroubleEntry = AccountDocument['trouble'][number];
export type FaultEntry = AccountDocument['faults'][number];
