import type { DatabaseSync } from 'node:sqlite';
import { grantDigest, type ProposalGrant } from '../contract/grant.ts';
import type { PlannedChange } from '../contract/proposal.ts';
import { appendEntry } from './audit.ts';

/** Writes down a person's yes, and what it was a yes to: each step's tool and targets. */
export function appendApproval(
  db: DatabaseSync,
  of: { now: number; grant: ProposalGrant; steps: readonly PlannedChange[] },
): void {
  const { now, grant } = of;
  appendEntry(db, {
    now,
    session: grant.session,
    event: 'approved',
    subject: grant.proposal,
    detail: {
      approver: grant.approver,
      digest: grant.digest,
      grant: grantDigest(grant),
      steps: of.steps.map(({ tool, targets }) => ({
        tool,
        targets: targets.map(({ id, name }) => ({ id, name })),
      })),
    },
  });
}
