import { z } from 'zod';
import { gap } from './coverage.ts';
import { backend } from './proposal.ts';

/** What an account's caller may do, of what the tools need. */
export const permissionReport = z.discriminatedUnion('how', [
  /** IAM was asked what its policies allow; nothing was tried. */
  z.strictObject({
    how: z.literal('asked_iam'),
    principal: z.string(),
    asked: z.int(),
    missing: z.array(
      z.strictObject({
        action: z.string(),
        /** The tools that need it. */
        tools: z.array(z.string()),
        /** `explicit`: a policy forbids it, and no other can allow it. */
        denied: z.enum(['implicit', 'explicit']),
      }),
    ),
    /** Allowed, and needed by nothing here. */
    beyond: z.array(z.string()),
  }),
  /** The account's root: nothing is denied to it. */
  z.strictObject({ how: z.literal('root') }),
  z.strictObject({ how: z.literal('unknown'), gap }),
]);
export type PermissionReport = z.infer<typeof permissionReport>;

/** One account, as far as AWS can tell about it. */
export const accountCheckup = z.strictObject({
  name: z.string(),
  current: z.boolean(),
  backend,
  account: z.string().nullable(),
  identity: z.string().nullable(),
  regions: z.array(z.string()),
  problem: gap.nullable(),
  /** Milliseconds by which this machine's clock is ahead of AWS's; null where AWS's is not known. */
  clock_ahead_ms: z.number().nullable(),
  permissions: permissionReport.nullable(),
});
export type AccountCheckup = z.infer<typeof accountCheckup>;
