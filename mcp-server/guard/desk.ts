import type { DatabaseSync } from 'node:sqlite';
import { CallFailure } from '../cloud/call-failure.ts';
import type { AuditEntry, AuditHead, AuditVerdict } from '../contract/audit.ts';
import type { Failure } from '../contract/failure.ts';
import type { Grant, ProposalGrant, StandingGrant } from '../contract/grant.ts';
import { type PlannedChange, type PlanProposal, type Proposal, plannedChange } from '../contract/proposal.ts';
import type { ProposalStatus } from '../contract/wire.ts';
import { signatureProblem } from './approvers.ts';
import { appendEntry, showEntries } from './audit.ts';
import { appendApproval } from './audit-approval.ts';
import { newestHead } from './audit-head.ts';
import { verifyAudit } from './audit-verify.ts';
import { keepGrant } from './claims.ts';
import type { GuardParts } from './create-guard.ts';
import { forbiddenBy, type Judged } from './forbidden.ts';
import { bindingProblem, clockProblem } from './grant-check.ts';
import type { Origin } from './guard.ts';
import { latestTimeSeen, serverIdOf } from './installation.ts';
import { riskProblem } from './lighter-than-gravest.ts';
import { bounded } from './outside-text.ts';
import { planProblem } from './plan-steps.ts';
import {
  allProposals,
  closeProposal,
  findProposal,
  type KeptProposal,
  normaliseId,
  proposeSteps,
  statusOf,
  stepsOf,
} from './proposals.ts';
import { auditRefusal, refusal } from './refusal.ts';
import { allStanding, keepStanding, revokeStanding } from './standing.ts';

type ListedProposal = { proposal: Proposal; status: ProposalStatus; why?: string };

/** The guard's requests beside tool calls, as `METHODS` names them. Each throws `CallFailure` when it refuses. */
export type ApprovalDesk = {
  /** Those that wait for an answer; with `all` every one, with `id` that one whatever its status. */
  proposals(of: { id?: string; all?: boolean }): ListedProposal[];
  /** Keeps a grant: a proposal's for its session, a standing one for whoever makes that call. */
  submitGrant(given: Grant, session: string): void;
  decline(of: { id: string; reason?: string }, session: string): void;
  proposePlan(of: { origin: Origin; steps: Judged[] }): PlanProposal;
  standing(): { grant: StandingGrant; revoked_at: string | null; used: number }[];
  revokeStanding(id: string, session: string): void;
  auditShow(of: { last?: number; after?: number }): { entries: AuditEntry[]; head: AuditHead | null };
  auditVerify(against?: AuditHead): AuditVerdict;
};

/** Writes in one transaction; a refusal is written down and then thrown. */
function writeOrRefuse<T>(
  parts: GuardParts,
  work: (db: DatabaseSync, now: number) => T | { refused: Failure },
): T {
  const answer = parts.ledger.write((db) => {
    const now = parts.clock();
    const clock = clockProblem(now, latestTimeSeen(db), parts.ledger.folder);
    return { of: clock ? { refused: clock } : work(db, now) };
  }).of;
  if (isRefused(answer)) throw new CallFailure(answer.refused);
  return answer;
}

function isRefused(answer: unknown): answer is { refused: Failure } {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}

function notOpen(kept: KeptProposal, status: ProposalStatus): Failure | null {
  const { id } = kept.proposal;
  switch (status) {
    case 'pending':
    case 'approved':
      return null;
    case 'declined':
      return refusal('grant_revoked', `Proposal ${id} was declined.`);
    case 'used':
      return refusal('grant_used', `Proposal ${id} was redeemed already.`);
    case 'stopped':
      return refusal('plan_stopped', `Plan ${id} stopped.`);
    case 'expired':
      return refusal('grant_expired', `Proposal ${id} ended at ${kept.proposal.expires_at}.`);
  }
}

function keepProposalGrant(db: DatabaseSync, given: ProposalGrant, now: number): Failure | null {
  const kept = findProposal(db, given.proposal);
  if (!kept) return refusal('grant_invalid', 'The grant is for a proposal that was not made here.');
  const problem =
    bindingProblem(given, kept.proposal, { now, server: serverIdOf(db) }) ??
    notOpen(kept, statusOf(db, kept, now));
  if (problem) return problem;
  if (keepGrant(db, given, now)) {
    appendApproval(db, { now, grant: given, steps: stepsOf(kept.proposal) });
  }
  return null;
}

function untrusted(given: Grant, parts: GuardParts): Failure | null {
  try {
    const forged = signatureProblem(given, parts.approvers);
    return forged ? refusal('grant_invalid', `The grant does not count. ${forged}`) : null;
  } catch (error) {
    if (error instanceof CallFailure) return error.failure; // the approvers' folder cannot be trusted
    throw error;
  }
}

function submit(parts: GuardParts, given: Grant, session: string): void {
  writeOrRefuse(parts, (db, now) => {
    const problem =
      untrusted(given, parts) ??
      (given.kind === 'proposal' ? keepProposalGrant(db, given, now) : keepStanding(db, given, session, now));
    if (!problem) return null;
    auditRefusedGrant(db, now, given, session, problem);
    return { refused: problem };
  });
}

function auditRefusedGrant(
  db: DatabaseSync,
  now: number,
  given: Grant,
  session: string,
  problem: Failure,
): void {
  const kept = given.kind === 'proposal' ? findProposal(db, given.proposal) : null;
  const proposed = kept?.proposal;
  const first: PlannedChange | undefined = proposed ? stepsOf(proposed)[0] : undefined;
  const origin: Origin = {
    backend:
      proposed?.backend ?? (given.kind === 'standing' ? given.backend : { kind: 'aws', endpoint: null }),
    identity: proposed?.identity ?? '',
    account: proposed?.account ?? '',
    region: proposed?.region ?? '',
    session,
  };
  auditRefusal(
    db,
    now,
    {
      origin,
      tool: given.kind === 'standing' ? given.tool : (first?.tool ?? ''),
      arguments: first?.arguments ?? {},
      targets: first?.targets.map((target) => target.id) ?? [],
      subject: given.kind === 'proposal' ? (proposed?.id ?? null) : given.id.slice(0, 100),
    },
    problem,
  );
}

function planRefusal(parts: GuardParts, steps: Judged[]): Failure | null {
  if (!parts.policy.ok) {
    return refusal(
      'configuration',
      `The configuration did not load, so nothing may change: ${parts.policy.problem}`,
    );
  }
  const { policy } = parts.policy;
  if (policy.readOnly) return refusal('read_only', 'This server only reads: nothing may change.');
  for (const step of steps) {
    const known =
      plannedChange.safeParse(step.change).success && step.spellings.length === step.change.targets.length;
    const problem = known ? riskProblem(step.change) : 'A step is not described as it has to be.';
    if (problem) return refusal('unchecked', `${problem} What cannot be checked is not run.`);
  }
  const broken = planProblem(steps.map((step) => step.change));
  if (broken) return refusal('unchecked', broken);
  const found = forbiddenBy(steps, policy);
  return found ? refusal('forbidden', found.message, { hint: found.hint, rule: found.rule }) : null;
}

function proposePlan(parts: GuardParts, of: { origin: Origin; steps: Judged[] }): PlanProposal {
  const refused = planRefusal(parts, of.steps);
  return writeOrRefuse(parts, (db, now): PlanProposal | { refused: Failure } => {
    if (refused || !parts.policy.ok) {
      const problem = refused ?? refusal('configuration', 'No policy is loaded.');
      const targets = of.steps.flatMap((step) => step.change.targets.map((target) => target.id));
      const steps = of.steps.map((step) => ({ tool: step.change.tool, arguments: step.change.arguments }));
      const tried = { origin: of.origin, tool: 'plan', arguments: { steps }, targets, subject: null };
      auditRefusal(db, now, tried, problem);
      return { refused: problem };
    }
    const by = { now, random: parts.random, approvalSeconds: parts.policy.policy.approvalSeconds };
    return proposeSteps(
      db,
      of.steps.map((step) => step.change),
      of.origin,
      by,
    );
  });
}

function decline(parts: GuardParts, of: { id: string; reason?: string }, session: string): void {
  writeOrRefuse(parts, (db, now) => {
    const kept = findProposal(db, of.id);
    if (!kept) return { refused: refusal('not_found', `There is no proposal ${normaliseId(of.id)}.`) };
    const problem = notOpen(kept, statusOf(db, kept, now));
    if (problem) return { refused: problem };
    closeProposal(db, kept.proposal.id, 'declined', String(bounded(of.reason ?? '')));
    const detail = { reason: of.reason ?? null };
    return appendEntry(db, { now, session, event: 'declined', subject: kept.proposal.id, detail });
  });
}

function listProposals(parts: GuardParts, of: { id?: string; all?: boolean }): ListedProposal[] {
  const now = parts.clock();
  return parts.ledger.read((db) => {
    const asked =
      of.id === undefined ? allProposals(db) : [findProposal(db, of.id)].filter((one) => one !== null);
    const listed = asked.map((kept) => ({
      proposal: kept.proposal,
      status: statusOf(db, kept, now),
      ...(kept.closedWhy ? { why: kept.closedWhy } : {}),
    }));
    return of.id !== undefined || of.all ? listed : listed.filter((one) => one.status === 'pending');
  });
}

function revoke(parts: GuardParts, id: string, session: string): void {
  writeOrRefuse(parts, (db, now) => {
    if (!revokeStanding(db, id, now)) {
      return { refused: refusal('not_found', `There is no standing grant ${id.slice(0, 100)} in force.`) };
    }
    return appendEntry(db, { now, session, event: 'standing_revoked', subject: id, detail: {} });
  });
}

export function createDesk(parts: GuardParts): ApprovalDesk {
  const { ledger } = parts;
  return {
    proposals: (of) => listProposals(parts, of),
    submitGrant: (given, session) => submit(parts, given, session),
    decline: (of, session) => decline(parts, of, session),
    proposePlan: (of) => proposePlan(parts, of),
    standing: () =>
      ledger.read(allStanding).map(({ grant, revokedAt, used }) => ({
        grant,
        revoked_at: revokedAt === null ? null : new Date(revokedAt).toISOString(),
        used,
      })),
    revokeStanding: (id, session) => revoke(parts, id, session),
    auditShow: (of) => ledger.read((db) => ({ entries: showEntries(db, of), head: newestHead(db) })),
    auditVerify: (against) => ledger.read((db) => verifyAudit(db, ledger.folder, against)),
  };
}
