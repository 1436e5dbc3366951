import { z } from 'zod';
import { auditEntry, auditHead, auditVerdict } from './audit.ts';
import { accountCheckup } from './checkup.ts';
import { gap } from './coverage.ts';
import { grant, standingGrant } from './grant.ts';
import { backend, proposal } from './proposal.ts';

/** Members of a request's or a result's `_meta`. */
export const META = {
  /** On a call: the grant it redeems. */
  grant: 'aiops/grant',
  /** On a call under a plan grant: the step's place in the plan, from 0. */
  step: 'aiops/step',
  /** On a failed result: a `Failure`. */
  failure: 'aiops/failure',
} as const;

/** MCP resources the server publishes beside its tools. */
export const RESOURCES = {
  /** `accountReport`: where calls go, as whom, and what may change there. */
  account: 'aiops://account',
  /** `directory`: what the account holds that words can name. */
  directory: 'aiops://directory',
} as const;

export const accountReport = z.strictObject({
  server: z.string(),
  session: z.string(),
  read_only: z.boolean(),
  accounts: z.array(
    z.strictObject({
      /** The name a person gives it: a profile, a configured name, a simulated account's alias. */
      name: z.string(),
      /** Null while the credentials have not been shown to work; `problem` then says why. */
      account: z.string().nullable(),
      identity: z.string().nullable(),
      regions: z.array(z.string()),
      backend,
      problem: gap.nullable(),
      /** False where the changes are gone with the server: a simulated account that keeps none. */
      keeps: z.boolean().optional(),
      /** What a person should know of it, such as faults of an account file that are not simulated. */
      notes: z.array(z.string()).optional(),
      current: z.boolean(),
    }),
  ),
  /** What "now" is to the account, ISO 8601: a simulated account can have a clock of its own. */
  now: z.iso.datetime(),
  /** Intents left without an outcome, when they were written, and what a look at the account found. */
  recovered: z.array(
    z.strictObject({ sequence: z.int(), tool: z.string(), at: z.iso.datetime(), finding: z.string() }),
  ),
  notes: z.array(z.string()),
});
export type AccountReport = z.infer<typeof accountReport>;

/** Requests of our own beside MCP's: for approving and the audit. A grant that arrives is checked like any. */
export const METHODS = {
  proposals: 'aiops/proposals',
  submitGrant: 'aiops/submit_grant',
  decline: 'aiops/decline',
  proposePlan: 'aiops/propose_plan',
  standing: 'aiops/standing',
  revokeStanding: 'aiops/revoke_standing',
  auditShow: 'aiops/audit_show',
  auditVerify: 'aiops/audit_verify',
  checkup: 'aiops/checkup',
} as const;

/** Why a proposal is declined whose session is over: nobody could redeem a yes. */
export const SESSION_ENDED = 'the session that asked for it has ended';

export const proposalStatus = z.enum(['pending', 'approved', 'declined', 'used', 'stopped', 'expired']);
export type ProposalStatus = z.infer<typeof proposalStatus>;

const planStep = z.strictObject({ tool: z.string(), arguments: z.record(z.string(), z.unknown()) });

/** Parameters and result of each method. */
export const METHOD_SHAPES = {
  [METHODS.proposals]: {
    params: z.strictObject({ id: z.string().optional(), all: z.boolean().optional() }),
    result: z.object({
      proposals: z.array(
        z.strictObject({
          proposal,
          status: proposalStatus,
          /** Why it was declined or stopped, where somebody said so. */
          why: z.string().optional(),
        }),
      ),
    }),
  },
  /** Keeps a grant for the session it is bound to, whose same call then runs without `_meta`. */
  [METHODS.submitGrant]: {
    params: z.strictObject({ grant }),
    result: z.object({ accepted: z.literal(true) }),
  },
  [METHODS.decline]: {
    params: z.strictObject({ id: z.string(), reason: z.string().max(2_000).optional() }),
    result: z.object({ declined: z.literal(true) }),
  },
  [METHODS.proposePlan]: {
    params: z.strictObject({ steps: z.array(planStep).min(1).max(50) }),
    result: z.object({ proposal }),
  },
  [METHODS.standing]: {
    params: z.strictObject({}),
    result: z.object({
      standing: z.array(
        z.strictObject({ grant: standingGrant, revoked_at: z.iso.datetime().nullable(), used: z.int() }),
      ),
    }),
  },
  [METHODS.revokeStanding]: {
    params: z.strictObject({ id: z.string() }),
    result: z.object({ revoked: z.literal(true) }),
  },
  [METHODS.auditShow]: {
    params: z.strictObject({
      last: z.int().positive().max(10_000).optional(),
      after: z.int().nonnegative().optional(),
    }),
    result: z.object({ entries: z.array(auditEntry), head: auditHead.nullable() }),
  },
  [METHODS.auditVerify]: {
    /** `against`: an earlier exported head that the log must still contain. */
    params: z.strictObject({ against: auditHead.optional() }),
    result: z.object({ verdict: auditVerdict }),
  },
  /** Whether the tools named can work: what AWS tells of each account and of what its caller may do. */
  [METHODS.checkup]: {
    params: z.strictObject({ tools: z.array(z.string()).max(200) }),
    result: z.object({ accounts: z.array(accountCheckup) }),
  },
} as const;
