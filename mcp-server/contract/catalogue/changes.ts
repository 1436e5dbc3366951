import { z } from 'zod';
import { place, resultWith, timeRange, untrusted } from '../call.ts';
import { toolContract } from './tool-contract.ts';

export const changeRow = z.strictObject({
  at: z.iso.datetime(),
  who: untrusted,
  event: z.string(),
  source: z.string().optional(),
  resources: z.array(untrusted),
  region: z.string(),
  account: z.string(),
  /** AWS's error code when the change was attempted and failed. */
  error: z.string().optional(),
});
export type ChangeRow = z.infer<typeof changeRow>;

export const listChanges = toolContract({
  name: 'list_changes',
  title: 'What changed',
  description:
    'Changes as CloudTrail has them, newest first: who did what to which resource. Default: the last hour.',
  input: z.strictObject({
    resource: z.string().min(1).optional().describe('an id, ARN or name; default: all of them'),
    ...timeRange,
    ...place,
  }),
  output: resultWith({ changes: z.array(changeRow), since: z.iso.datetime(), until: z.iso.datetime() }),
});

const neighbour = z.strictObject({ id: z.string(), name: untrusted, kind: z.string(), via: z.string() });

export const getDependencies = toolContract({
  name: 'get_dependencies',
  title: 'Dependencies',
  description: 'Who calls a resource and what it calls, and the groups and load balancers it belongs to.',
  input: z.strictObject({ resource: z.string().min(1).describe('an id, ARN or name'), ...place }),
  output: resultWith({
    resource: z.strictObject({ id: z.string(), name: untrusted, kind: z.string() }),
    matched: z.enum(['exact', 'close']),
    called_by: z.array(neighbour),
    calls: z.array(neighbour),
    member_of: z.array(neighbour),
  }),
});
