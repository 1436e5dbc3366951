import { sign } from 'node:crypto';
import {
  grantPayload,
  type ProposalGrant,
  type StandingGrant,
  standingGrant,
  type TemplateSlot,
} from '../../mcp-server/contract/grant.ts';
import { type CallProposal, type Proposal, proposalDigest } from '../../mcp-server/contract/proposal.ts';
import type { SigningProblem } from '../domain/approval-words.ts';
import type { ApproverKey } from './key.ts';

/** Nothing was signed; `problem` says why, for `ApprovalWords.signing`. */
export class SigningError extends Error {
  override readonly name = 'SigningError';
  readonly problem: SigningProblem;

  constructor(problem: SigningProblem) {
    super(`not signed: ${problem.code}`);
    this.problem = problem;
  }
}

function signatureOf(key: ApproverKey, of: Parameters<typeof grantPayload>[0]): string {
  return sign(null, grantPayload(of), key.privateKey).toString('base64url');
}

/** What is signed is what was shown: the digest is computed here, from the proposal itself. */
function checkedDigest(proposal: Proposal, now: Date): string {
  const digest = proposalDigest(proposal);
  if (digest !== proposal.digest) throw new SigningError({ code: 'digest', proposal: proposal.id });
  if (now.getTime() > Date.parse(proposal.expires_at)) {
    throw new SigningError({ code: 'ended', proposal: proposal.id, at: proposal.expires_at });
  }
  return digest;
}

/** A person's yes to one proposal, good until the proposal ends. Throws `SigningError`. */
export function signProposal(key: ApproverKey, proposal: Proposal, now: Date): ProposalGrant {
  const unsigned: Omit<ProposalGrant, 'signature'> = {
    version: 1,
    kind: 'proposal',
    approver: key.id,
    proposal: proposal.id,
    digest: checkedDigest(proposal, now),
    session: proposal.session,
    issued_at: now.toISOString(),
    expires_at: proposal.expires_at,
  };
  return { ...unsigned, signature: signatureOf(key, unsigned) };
}

/** What a person adds to a proposal to allow the same call from now on without asking. */
export type StandingTerms = {
  /** Unique among this user's standing grants. */
  id: string;
  /**
   * Arguments whose text may differ from call to call, and members of an object by their path (`detail.summary`);
   * everything else stays exactly as proposed.
   */
  open: string[];
  rate: StandingGrant['rate'];
  expiresAt: Date;
  reason: string;
};

function templateOf(proposal: CallProposal, open: string[]): StandingGrant['template'] {
  const [target] = proposal.targets;
  for (const argument of open) {
    const value = valueAt(proposal.arguments, argument.split('.'));
    if (typeof value !== 'string' || value === target?.id) {
      throw new SigningError({ code: 'standing_free_text', argument });
    }
  }
  return templateOfMembers(
    proposal.arguments,
    open.map((path) => path.split('.')),
  );
}

function valueAt(members: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return undefined;
  if (!Object.hasOwn(members, name)) return undefined;
  const value: unknown = (members as Record<string, unknown>)[name];
  return rest.length === 0 ? value : valueAt(value, rest);
}

function templateOfMembers(
  members: Readonly<Record<string, unknown>>,
  open: readonly (readonly string[])[],
): Record<string, TemplateSlot> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]): [string, TemplateSlot] => {
      const here = open.filter(([first]) => first === name).map(([, ...rest]) => rest);
      if (here.some((rest) => rest.length === 0)) return [name, { any: true }];
      if (here.length === 0) return [name, { is: value }];
      return [name, { members: templateOfMembers(value as Record<string, unknown>, here) }];
    }),
  );
}

type StandingBody = Pick<StandingGrant, 'target' | 'template'>;

/**
 * What of a proposal a standing grant takes over. Throws `SigningError` where none can be: nobody is asked for
 * a yes to that.
 */
export function standingBody(proposal: CallProposal, open: string[]): StandingBody {
  const [target, ...more] = proposal.targets;
  if (proposal.risk !== 'change' || proposal.irreversible) {
    throw new SigningError({ code: 'standing_destructive', tool: proposal.tool });
  }
  if (!target || more.length > 0) {
    throw new SigningError({ code: 'standing_targets', count: proposal.targets.length });
  }
  return { target: target.id, template: templateOf(proposal, open) };
}

/** A standing grant for the call that a proposal shows. Throws `SigningError`: never for a destructive one. */
export function signStanding(
  key: ApproverKey,
  proposal: CallProposal,
  terms: StandingTerms,
  now: Date,
): StandingGrant {
  checkedDigest(proposal, now);
  const unsigned: Omit<StandingGrant, 'signature'> = {
    version: 1,
    kind: 'standing',
    approver: key.id,
    id: terms.id,
    tool: proposal.tool,
    ...standingBody(proposal, terms.open),
    backend: proposal.backend,
    account: proposal.account,
    region: proposal.region,
    rate: terms.rate,
    reason: terms.reason,
    issued_at: now.toISOString(),
    expires_at: terms.expiresAt.toISOString(),
  };
  return standingGrant.parse({ ...unsigned, signature: signatureOf(key, unsigned) });
}
