import { z } from 'zod';
import { count, name, place, region, tags } from './fields.ts';
import { moment } from './times.ts';

export const INSTANCE_STATES = [
  'pending',
  'running',
  'stopping',
  'stopped',
  'shutting-down',
  'terminated',
] as const;

const volume = z.strictObject({
  id: z.string().regex(/^vol-[0-9a-f]+$/, 'A volume id is "vol-" and hexadecimal digits.'),
  size_gb: z.int().min(1).max(65_536),
  used_percent: z.number().min(0).max(100).optional(),
  device: name.optional(),
  type: name.optional(),
});

export const instance = z.strictObject({
  id: z.string().regex(/^i-[0-9a-f]+$/, 'An instance id is "i-" and hexadecimal digits.'),
  /** The `Name` tag. */
  name: name.optional(),
  type: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'It is not an instance type such as t3.medium.'),
  state: z.enum(INSTANCE_STATES).default('running'),
  az: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/, 'It is not an availability zone such as ap-northeast-2a.')
    .optional(),
  tags: tags.optional(),
  private_ip: z.ipv4('It is not an address such as 10.0.1.15.').optional(),
  security_groups: z.array(name).optional(),
  volumes: z.array(volume).optional(),
  launched: moment.optional(),
});

/** A version is text, though it often looks like a number. */
const versionText = z.union([z.string(), z.number()]).transform(String);

/** An alias that serves a version, and others with a share (0 to 1) of its traffic. */
const splitTraffic = z.strictObject({
  version: versionText,
  split: z.record(z.string(), z.number().min(0).max(1)).default({}),
});

export const fn = z.strictObject({
  name,
  runtime: name.optional(),
  memory: z.int().min(128).max(10_240).optional(),
  /** Seconds. */
  timeout: z.int().min(1).max(900).optional(),
  reserved_concurrency: count.optional(),
  /** The newest published version. */
  version: versionText.optional(),
  /** What aliases serve; without it, a function with a version has one, `live`, that serves it. */
  aliases: z.record(name, z.union([versionText, splitTraffic])).optional(),
  description: z.string().max(256).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  ...place,
});

const service = z.strictObject({
  name,
  desired: count,
  running: count.optional(),
  pending: count.optional(),
  image: name.optional(),
  task_definition: name.optional(),
  /** `DAEMON`: one task on each container instance, whose number decides how many there are. */
  scheduling: z.enum(['REPLICA', 'DAEMON']).default('REPLICA'),
  /** Who makes its deployments. */
  controller: z.enum(['ECS', 'CODE_DEPLOY', 'EXTERNAL']).default('ECS'),
  events: z.array(z.strictObject({ at: moment, message: z.string() })).optional(),
  tags: tags.optional(),
});

export const ecsCluster = z.strictObject({ cluster: name, services: z.array(service).default([]), ...place });

export const autoScalingGroup = z.strictObject({
  name,
  min: count,
  max: count,
  desired: count,
  /** Ids or names. */
  instances: z.array(name).default([]),
  ...place,
});

const TARGET_HEALTH = [
  'initial',
  'healthy',
  'unhealthy',
  'unhealthy.draining',
  'unused',
  'draining',
  'unavailable',
] as const;

export const loadBalancer = z.strictObject({
  name,
  type: z.enum(['application', 'network', 'gateway', 'classic']).default('application'),
  targets: z
    .array(
      z.strictObject({
        id: name,
        health: z.enum(TARGET_HEALTH).default('healthy'),
        reason: z.string().optional(),
      }),
    )
    .default([]),
  ...place,
});

export const api = z.strictObject({
  name,
  stage: name.optional(),
  id: name.optional(),
  type: z.enum(['REST', 'HTTP', 'WEBSOCKET']).default('REST'),
  ...place,
});

/** A resource of which only its configuration counts: what the service's describe call returns. */
export const configured = z.strictObject({
  name,
  config: z.record(z.string(), z.unknown()).optional(),
  region: region.optional(),
  tags: tags.optional(),
});
