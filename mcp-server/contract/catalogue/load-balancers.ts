import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { toolContract } from './tool-contract.ts';

export const loadBalancerRow = z.strictObject({
  name: untrusted,
  arn: z.string(),
  /** `application`, `network` or `gateway`. */
  type: z.string(),
  /** `internet-facing` or `internal`. */
  scheme: z.string().optional(),
  /** `active`, `provisioning`, `active_impaired` or `failed`. */
  state: z.string(),
  state_reason: untrusted.optional(),
  dns: z.string().optional(),
  zones: z.array(z.string()),
  target_groups: z.array(z.string()),
  region: z.string(),
  account: z.string(),
});

export const listLoadBalancers = toolContract({
  name: 'list_load_balancers',
  title: 'List load balancers',
  description:
    'Application, Network and Gateway Load Balancers with their target groups; the older Classic kind is not read.',
  input: z.strictObject({ ...place }),
  output: resultWith({ load_balancers: z.array(loadBalancerRow) }),
});

export const targetRow = z.strictObject({
  /** An instance id, an IP address, or the ARN of a function or load balancer. */
  id: z.string(),
  name: untrusted,
  port: z.int().optional(),
  zone: z.string().optional(),
  /** `healthy`, `unhealthy`, `initial`, `draining`, `unused`, `unavailable`. */
  state: z.string(),
  /** AWS's code: `Target.Timeout`. */
  reason: z.string().optional(),
  description: untrusted.optional(),
});

export const targetGroupHealth = z.strictObject({
  name: untrusted,
  arn: z.string(),
  /** What its targets are: `instance`, `ip`, `lambda` or `alb`. */
  target_type: z.string(),
  protocol: z.string().optional(),
  port: z.int().optional(),
  /** What is asked of each target: `HTTP:traffic-port /health`. */
  health_check: z.string().optional(),
  healthy: z.int(),
  targets: z.array(targetRow),
});

export const getTargetHealth = toolContract({
  name: 'get_target_health',
  title: 'Target health',
  description:
    'Whether the targets behind a load balancer are healthy, and AWS’s reason where they are not; all its target groups.',
  input: z.strictObject({
    load_balancer: z.string().min(1).describe('a load balancer name or ARN'),
    ...place,
  }),
  output: resultWith({
    load_balancer: z.strictObject({ name: untrusted, arn: z.string(), type: z.string(), state: z.string() }),
    matched: z.enum(['exact', 'close']),
    target_groups: z.array(targetGroupHealth),
    region: z.string(),
    account: z.string(),
  }),
});
