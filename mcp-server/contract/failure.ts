import { z } from 'zod';
import { gap } from './coverage.ts';
import { callProposal, planProposal } from './proposal.ts';

/** Coded for programs; `message` and `hint` are for people and models. */
export const FAILURE_CODES = [
  // the call itself
  'unknown_tool',
  'invalid_arguments',
  'not_found',
  'ambiguous',
  'close_match',
  // approval
  'approval_required',
  'state_moved',
  'grant_invalid',
  'grant_expired',
  'grant_used',
  'grant_mismatch',
  'grant_revoked',
  'grant_rate_exceeded',
  'plan_stopped',
  'clock_moved_back',
  // refused whatever the grant
  'read_only',
  'forbidden',
  'unchecked',
  // the world
  'no_credentials',
  'expired_credentials',
  'denied',
  'throttled',
  'invalid_state',
  'rejected',
  'unreachable',
  'not_simulated',
  'not_configured',
  'configuration',
  'store',
  'outcome_unknown',
  'cancelled',
  'internal',
] as const;
export const failureCode = z.enum(FAILURE_CODES);
export type FailureCode = z.infer<typeof failureCode>;

export const candidate = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  state: z.string().optional(),
  account: z.string(),
  region: z.string(),
});
export type Candidate = z.infer<typeof candidate>;

/** What a failed call carries in `_meta['aiops/failure']`, beside the same in words as its content. */
export const failure = z.strictObject({
  code: failureCode,
  /** What happened, one or two sentences. */
  message: z.string(),
  /** What to do next. */
  hint: z.string().optional(),
  /** For `not_found`, `ambiguous`, `close_match`: what was said, and what it could mean. */
  mention: z.string().optional(),
  candidates: z.array(candidate).optional(),
  /** Beside candidates: what could not be listed, so that the one that was meant may be missing among them. */
  unseen: z.array(gap).optional(),
  /** For `approval_required` and `state_moved`: what a person is asked to approve now. */
  proposal: z.union([callProposal, planProposal]).optional(),
  /** For a plan: the place of the step it is about, from 0; absent when it is about the plan as a whole. */
  step: z.int().nonnegative().optional(),
  /** For `forbidden`: the rule that refused. */
  rule: z.string().optional(),
  /** True when it is certain that nothing was changed. */
  nothing_changed: z.boolean(),
});
export type Failure = z.infer<typeof failure>;
