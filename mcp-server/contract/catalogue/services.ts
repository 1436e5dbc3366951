import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

/** One version of a service being brought in, being run, or being drained. */
export const serviceDeployment = z.strictObject({
  id: z.string(),
  /** `PRIMARY` is the newest; `ACTIVE` ones are being replaced by it. */
  status: z.string(),
  /** `cart:88`. */
  task_definition: z.string(),
  desired: z.int(),
  running: z.int(),
  pending: z.int(),
  /** Tasks in a row that never got healthy. */
  failed: z.int(),
  /** `COMPLETED`, `FAILED` or `IN_PROGRESS`; missing where ECS does not follow the rollout itself. */
  rollout: z.string().optional(),
  rollout_reason: untrusted.optional(),
  created_at: z.iso.datetime().optional(),
});

export const serviceRow = z.strictObject({
  name: untrusted,
  arn: z.string().optional(),
  cluster: untrusted,
  /** `ACTIVE`, `DRAINING` or `INACTIVE`. */
  status: z.string(),
  desired: z.int(),
  running: z.int(),
  pending: z.int(),
  task_definition: z.string(),
  launch_type: z.string().optional(),
  /** `DAEMON` services run one task on each instance and cannot be scaled. */
  scheduling: z.string(),
  /** Who deploys: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  controller: z.string(),
  /** Whether ECS gives up on a deployment that does not get healthy, and goes back by itself. */
  circuit_breaker: z.strictObject({ enabled: z.boolean(), rollback: z.boolean() }),
  deployments: z.array(serviceDeployment),
  target_groups: z.array(z.string()),
  /** The newest of what ECS says about it, newest first. */
  events: z.array(z.strictObject({ at: z.iso.datetime(), message: untrusted })),
  region: z.string(),
  account: z.string(),
});
export type ServiceRow = z.infer<typeof serviceRow>;

const cluster = z.string().min(1).optional().describe('the ECS cluster; needed when two have such a service');
const service = z.string().min(1).describe('the service’s name, ARN or cluster/name');

export const listServices = toolContract({
  name: 'list_services',
  title: 'List services',
  description:
    'ECS services with their tasks (desired, running, pending), deployments, how they roll out, and newest events.',
  input: z.strictObject({
    cluster: z.string().min(1).optional().describe('an ECS cluster; default: all of them'),
    ...place,
  }),
  output: resultWith({ services: z.array(serviceRow) }),
});

export const restartService = toolContract({
  name: 'restart_service',
  title: 'Restart a service',
  description:
    'Replaces all tasks of an ECS service by new ones of the same version (a forced deployment). Needs a grant.',
  input: z.strictObject({ service, cluster, ...place }),
  output: changesMade,
});

export const scaleService = toolContract({
  name: 'scale_service',
  title: 'Scale a service',
  description:
    'Sets how many tasks an ECS service is to run. Up is a change, down destructive; needs a grant. DAEMON services cannot be scaled.',
  input: z.strictObject({
    service,
    desired: z.int().min(0).max(10_000).describe('tasks'),
    cluster,
    ...place,
  }),
  output: changesMade,
});

export const rollbackService = toolContract({
  name: 'rollback_service',
  title: 'Roll a service back',
  description:
    'Deploys the task definition that an ECS service ran before the current one. Needs a grant; there must be one.',
  input: z.strictObject({ service, cluster, ...place }),
  output: changesMade,
});
