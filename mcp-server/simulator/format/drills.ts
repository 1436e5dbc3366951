import { z } from 'zod';
import { nearestWord } from '../../contract/nearest-word.ts';
import { name, region } from './fields.ts';
import { duration, moment } from './times.ts';

export const FAULT_KINDS = [
  'instance_impaired',
  'instance_stopped',
  'cpu_saturation',
  'process_crash',
  'memory_exhaustion',
  'disk_full',
  'bad_deploy',
  'database_connections_exhausted',
  'database_slow',
  'lambda_timeout',
  'lambda_throttled',
  'lambda_errors',
  'target_unhealthy',
  'traffic_spike',
  'pod_crashloop',
  'image_pull_error',
  'pod_oom_killed',
  'scaled_to_zero',
  'cpu_stress_pod',
  'node_not_ready',
  'permission_denied',
  'certificate_expired',
  'config_changed',
  'cost_spike',
  'log_error_burst',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const fault = z.strictObject({
  at: moment,
  kind: z.enum(FAULT_KINDS),
  /** The id or name of what it happens to. */
  on: name,
  /** 0 to 1. */
  severity: z.number().min(0).max(1).default(0.95),
  /** Of `database_slow`; without it, a full storage when the file has one, else a bad query. */
  cause: z.enum(['bad_query', 'storage_full']).optional(),
});

/** The services trouble can be asked for, by the names their command lines use. */
const TROUBLE_SERVICES = [
  'apigateway',
  'apigatewayv2',
  'autoscaling',
  'ce',
  'cloudtrail',
  'cloudwatch',
  'ec2',
  'ecs',
  'eks',
  'elasticmapreduce',
  'elbv2',
  'emr',
  'events',
  'health',
  'iam',
  'kafka',
  'lambda',
  'logs',
  'msk',
  'mwaa',
  'pi',
  'rds',
  's3',
  'sts',
  'tag',
  'xray',
] as const;

const troubleService = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'A service is written in lower case, such as ec2 or cloudwatch.')
  .superRefine((service, context) => {
    if ((TROUBLE_SERVICES as readonly string[]).includes(service)) return;
    const close = service.length < 4 ? undefined : nearestWord(service, TROUBLE_SERVICES);
    if (close !== undefined) context.addIssue(`"${service}" is not a service. Did you mean "${close}"?`);
  });

export const trouble = z
  .strictObject({
    service: troubleService,
    /** The API call, or `*` for every one. */
    action: name.default('*'),
    region: region.optional(),
    /** `AccessDenied`, `ThrottlingException`, `ExpiredToken`, `PartialData`, or a service's own code. */
    error: name.optional(),
    message: z.string().optional(),
    /** The share of calls it hits. */
    rate: z.number().min(0).max(1).default(1),
    delay: duration.optional(),
  })
  .refine((one) => one.error !== undefined || one.delay !== undefined, {
    message: 'Trouble is an "error", a "delay" or both: give at least one.',
  });

export const healthEvent = z.strictObject({
  at: moment,
  service: name,
  region: region.optional(),
  az: name.optional(),
  status: z.enum(['open', 'upcoming', 'closed']).default('open'),
  /** As AWS_EC2_OPERATIONAL_ISSUE; made from service and status when it is missing. */
  code: name.optional(),
  description: z.string().optional(),
  resources: z.array(name).optional(),
});
