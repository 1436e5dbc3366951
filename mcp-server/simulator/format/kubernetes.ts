import { z } from 'zod';
import { count, inlineOrFile, name, place } from './fields.ts';

/** `true`, `false` or unknown, in YAML's spelling or Kubernetes' (`"True"`). */
const readiness = z
  .union([z.boolean(), z.enum(['True', 'False', 'Unknown', 'true', 'false', 'unknown'])])
  .transform((value) => String(value).toLowerCase() as 'true' | 'false' | 'unknown');

/*
 * What a cluster answers about itself is taken as it comes: these carry more keys than are read here,
 * and Kubernetes adds others with each version.
 */
export const node = z.looseObject({ name, ready: readiness.optional() });
export const deployment = z.looseObject({ name, namespace: name.default('default') });
export const pod = z.looseObject({ name, namespace: name.default('default') });
export const kubernetesEvent = z.looseObject({ reason: z.string(), message: z.string() });

const workload = z.strictObject({
  namespace: name.default('default'),
  deployment: name,
  replicas: count,
  ready: count.optional(),
  image: name.optional(),
});

export const cluster = z.strictObject({
  name,
  version: z.union([z.string(), z.number()]).transform(String).optional(),
  nodes: inlineOrFile(node).optional(),
  workloads: z.array(workload).optional(),
  deployments: inlineOrFile(deployment).optional(),
  pods: inlineOrFile(pod).optional(),
  events: inlineOrFile(kubernetesEvent).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  ...place,
});

export const datadogLog = z.looseObject({
  timestamp: z.union([z.string(), z.number()]).optional(),
  message: z.string(),
});
export const datadogMonitor = z.looseObject({ name });

export const datadog = z.strictObject({
  logs: inlineOrFile(datadogLog).optional(),
  monitors: inlineOrFile(datadogMonitor).optional(),
});
