import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

/** AWS's limits: "Tag naming limits and requirements", AWS Tagging user guide. */
const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!aws:)/i, 'a tag of your own: AWS keeps those that begin with aws:');

/** As many as a resource can have, and as one request takes. Source: API reference, `TagResources`. */
const MOST_TAGS = 50;

export const untaggedRow = z.strictObject({
  /** A kind of the directory where it is in it, else what its ARN says: `ec2:volume`. */
  kind: z.string(),
  id: z.string(),
  name: untrusted,
  arn: z.string().optional(),
  /** The tags it has. */
  tags: z.record(z.string(), untrusted),
  /** Those asked for that it has not; empty when none was asked for: then it has no tag at all. */
  missing: z.array(z.string()),
  region: z.string(),
  account: z.string(),
});
export type UntaggedRow = z.infer<typeof untaggedRow>;

export const findUntaggedResources = toolContract({
  name: 'find_untagged_resources',
  title: 'Untagged resources',
  description:
    'Resources that lack one of the required tags, or that have no tag at all when none is named. Keys count with their case.',
  input: z.strictObject({
    required_tags: z.array(tagKey).min(1).max(20).optional().describe('tag keys'),
    ...place,
  }),
  output: resultWith({
    required_tags: z.array(z.string()),
    resources: z.array(untaggedRow),
    /** How many were looked at, and how many of each kind lack something. */
    checked: z.int(),
    counts: z.record(z.string(), z.int()),
  }),
});

export const tagResources = toolContract({
  name: 'tag_resources',
  title: 'Tag resources',
  description:
    'Sets tags on resources; null removes one. A change where it only adds, destructive where it overwrites or removes a value: needs a grant.',
  input: z.strictObject({
    resources: z.array(z.string().min(1).max(2_048).describe('an id, ARN or name')).min(1).max(100),
    tags: z
      .record(tagKey, z.union([z.string().max(256), z.null()]))
      .refine((tags) => Object.keys(tags).length > 0, 'at least one tag')
      .refine((tags) => Object.keys(tags).length <= MOST_TAGS, `at most ${MOST_TAGS} tags at once`)
      .describe('key to value; an empty value is a value, null removes the tag'),
    ...place,
  }),
  output: changesMade,
});
