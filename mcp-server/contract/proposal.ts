import { z } from 'zod';
import { digestOf } from './canonical.ts';
import { gap } from './coverage.ts';
import { risk } from './risk.ts';

/** Facts of one resource's state, as flat as they can be: `{state: 'running', type: 't3.micro'}`. */
export const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type Facts = z.infer<typeof facts>;

/** Where a call would go. A grant for one place is worth nothing at another. */
export const backend = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('aws'), endpoint: z.string().nullable() }),
  z.strictObject({
    kind: z.literal('simulated'),
    /** Absolute path of the account file, and the SHA-256 of what it said when the server read it. */
    file: z.string(),
    sha256: z.string(),
  }),
]);
export type Backend = z.infer<typeof backend>;

export const target = z.strictObject({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  /** The state the server saw when it proposed; the grant holds only while it is so. */
  was: facts,
  /** The state the call is meant to leave behind: the members of `was` that change. */
  becomes: facts,
});
export type Target = z.infer<typeof target>;

/** How something that is no target feels a change. People read it in their own language. */
export const FELT_AS = [
  'calls_it',
  'balancer_sends_to_it',
  'balancer_without_healthy',
  'group_takes_it_back',
  'group_replaces_it',
  'group_may_replace_it',
  'group_may_find_it_unhealthy',
  'group_starts_another',
  'may_be_terminated',
  'replica_falls_behind',
  'shares_its_cluster',
  'shares_parameter_group',
  'standby_does_not_take_over',
] as const;
export type FeltAs = (typeof FELT_AS)[number];

/** Why nothing takes a change back. */
export const NO_UNDO = [
  'nothing_to_take_back',
  'gone_for_good',
  'cannot_shrink',
  'deploy_again',
  'connections_are_cut',
  'storage_cannot_shrink',
  'was_engine_default',
  'split_not_restored',
  'published',
  'values_differ',
] as const;

/** What an undo does not bring back, or does beside. */
export const UNDO_NOTES = [
  'other_public_address',
  'interrupts_again',
  'new_instances',
  'restarts_database_again',
  'needs_reboot',
] as const;

export const blastRadius = z.strictObject({
  /** What else feels it: dependants, the group or load balancer a target belongs to. */
  affected: z.array(z.strictObject({ id: z.string(), name: z.string(), how: z.enum(FELT_AS) })),
  /** What could not be looked at: an empty list with gaps does not mean "nothing". */
  gaps: z.array(gap),
});
export type BlastRadius = z.infer<typeof blastRadius>;

/** Resources that end with a target without being named: a smaller group ends instances that AWS chooses. */
export const loss = z.strictObject({
  kind: z.string(),
  /** The id of the target they end with. */
  with: z.string(),
  /** How many, at most. */
  count: z.int().nonnegative(),
  /** Ids of those it can be. */
  among: z.array(z.string()),
  /** How many of the kind the account holds as far as could be seen: a lower bound. */
  population: z.int().nonnegative(),
});
export type Loss = z.infer<typeof loss>;

/** The call that would take it back, or why there is none. */
export const undo = z.discriminatedUnion('possible', [
  z.strictObject({
    possible: z.literal(true),
    tool: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    note: z.enum(UNDO_NOTES).optional(),
  }),
  z.strictObject({ possible: z.literal(false), why: z.enum(NO_UNDO) }),
]);
export type Undo = z.infer<typeof undo>;

/** One change, resolved to ids: what would be called, on what, and what it would do. */
export const plannedChange = z.strictObject({
  tool: z.string(),
  /** Resolved: ids instead of names, defaults filled in. This is what runs. */
  arguments: z.record(z.string(), z.unknown()),
  risk: risk.exclude(['read']),
  /** True when no undo brings the resource back: the dialog asks for the target's name. */
  irreversible: z.boolean(),
  targets: z.array(target).min(1),
  takes_away: z.array(loss).optional(),
  blast_radius: blastRadius,
  undo,
  /** The equivalent AWS CLI lines. */
  cli: z.array(z.string()),
});
export type PlannedChange = z.infer<typeof plannedChange>;

const origin = {
  version: z.literal(1),
  /** Eight characters of Crockford's base 32, what a person types after `aiops approve`. */
  id: z.string(),
  backend,
  /** The caller's ARN at the backend. */
  identity: z.string(),
  account: z.string(),
  region: z.string(),
  /** The server installation that proposed, and the session it proposed to. */
  server: z.string(),
  session: z.string(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  /** SHA-256 over all other members; see `proposalDigest`. */
  digest: z.string(),
};

export const callProposal = z.strictObject({ ...origin, kind: z.literal('call'), ...plannedChange.shape });
export type CallProposal = z.infer<typeof callProposal>;

/**
 * An ordered list of changes approved as one. Each step's `was` is the state expected at its turn (the
 * steps before it done); the plan stops at the first step whose expectation does not hold.
 */
export const planProposal = z.strictObject({
  ...origin,
  kind: z.literal('plan'),
  steps: z.array(plannedChange).min(1),
});
export type PlanProposal = z.infer<typeof planProposal>;

export const proposal = z.discriminatedUnion('kind', [callProposal, planProposal]);
export type Proposal = z.infer<typeof proposal>;

/** The digest a proposal must carry: over every member but `digest` itself. */
export function proposalDigest(
  of: Proposal | Omit<CallProposal, 'digest'> | Omit<PlanProposal, 'digest'>,
): string {
  return digestOf('aiops proposal v1', { ...of, digest: undefined });
}
