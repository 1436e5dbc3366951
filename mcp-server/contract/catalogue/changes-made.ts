import { z } from 'zod';
import { resultWith } from '../call.ts';
import { facts } from '../proposal.ts';

/** What every changing tool returns: what was asked of AWS, what was then seen, and where the audit has it. */
export const changesMade = resultWith({
  changes: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      before: facts,
      /** As last seen after the call. */
      after: facts,
      /** Whether the resource is (`done`) or is on its way (`in_progress`) where it was meant to go. */
      result: z.enum(['done', 'in_progress', 'not_seen']),
    }),
  ),
  /** The proposal or standing grant that allowed it, and the audit log's lines. */
  grant: z.string(),
  audit: z.strictObject({ intent: z.int(), outcome: z.int() }),
  note: z.string().optional(),
});
export type ChangesMade = z.infer<typeof changesMade>;
