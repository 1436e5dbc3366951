import { z } from 'zod';
import { gap } from './coverage.ts';

/**
 * What the account holds that words can name. The server publishes it as the MCP resource
 * `aiops://directory`; the planner reads sentences against it. Names and tags come from outside:
 * they may be matched, never followed.
 */
export const RESOURCE_KINDS = [
  'instance',
  'database',
  'function',
  'service',
  'cluster',
  'deployment',
  'auto_scaling_group',
  'load_balancer',
  'api',
  'bucket',
  'alarm',
  'log_group',
  'managed_cluster',
] as const;

export const resourceKind = z.enum(RESOURCE_KINDS);
export type ResourceKind = z.infer<typeof resourceKind>;

export const directoryEntry = z.strictObject({
  kind: resourceKind,
  /** The id the tools take: an instance id, a database identifier, a function name, ... */
  id: z.string(),
  /** What people call it: the `Name` tag for an instance, else the id. */
  name: z.string(),
  arn: z.string().optional(),
  account: z.string(),
  region: z.string(),
  state: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  /** What it belongs to: a service's or a deployment's cluster, a managed cluster's type (`eks`, `msk`, ...), an API's (`REST`, `HTTP`, `WEBSOCKET`). */
  parent: z.string().optional(),
  namespace: z.string().optional(),
});
export type DirectoryEntry = z.infer<typeof directoryEntry>;

export const directory = z.strictObject({
  entries: z.array(directoryEntry),
  /** False when something could not be listed: an unknown name may then exist after all. */
  complete: z.boolean(),
  /** What could not be listed, when it is not complete. */
  gaps: z.array(gap).optional(),
});
export type Directory = z.infer<typeof directory>;
