import type { DatabaseSync } from 'node:sqlite';
import { type Grant, grantDigest } from '../contract/grant.ts';
import type { Backend, PlannedChange } from '../contract/proposal.ts';
import { appendEntry } from './audit.ts';
import { appendApproval } from './audit-approval.ts';
import { insertClaim, keepGrant } from './claims.ts';
import type { ChangeRequest } from './guard.ts';
import { thisProcess } from './owner.ts';
import { findProposal, stepsOf } from './proposals.ts';
import { noteUse } from './standing.ts';

/** A checked grant for one change at its turn. */
export type Permit = { grant: Grant; step: number };

/** A claimed permit: the intent is on disk, and nobody else can have the same. */
export type Claimed = Permit & { subject: string; intent: number };

/** What a look-up after a crash needs to know. */
export type OpenIntent = {
  sequence: number;
  change: PlannedChange;
  account: string;
  region: string;
  backend: Backend;
  session: string;
  subject: string;
  step: number;
  by: Grant['kind'];
  /** Whose name stands at the request in CloudTrail, and the account's clock before it. Missing in older rows. */
  identity?: string | undefined;
  asked_at?: string | undefined;
  /** Whether the account's state outlasts the process. Missing in older rows. */
  keeps?: boolean | undefined;
  /** When it was written, milliseconds since 1970. */
  at: number;
};

export function subjectOf(grant: Grant): string {
  return grant.kind === 'proposal' ? grant.proposal : grant.id;
}

function keepIntent(db: DatabaseSync, request: ChangeRequest, permit: Permit, intent: number, now: number) {
  const { account, region, backend, session } = request.origin;
  const body = {
    change: request.change,
    account,
    region,
    backend,
    session,
    subject: subjectOf(permit.grant),
    step: permit.step,
    by: permit.grant.kind,
    identity: request.origin.identity,
    asked_at: request.account?.now,
    keeps: request.account?.keeps,
  };
  db.prepare('INSERT INTO intents VALUES (?, ?, ?, ?, NULL)').run(
    intent,
    JSON.stringify(body),
    JSON.stringify(thisProcess()),
    now,
  );
}

/** Claims the permit and writes the intent, in the transaction in which it was checked. */
export function claim(db: DatabaseSync, request: ChangeRequest, permit: Permit, now: number): Claimed {
  const { grant, step } = permit;
  const { change, origin } = request;
  const subject = subjectOf(grant);
  if (grant.kind === 'proposal' && keepGrant(db, grant, now)) {
    const proposed = findProposal(db, grant.proposal)?.proposal;
    appendApproval(db, { now, grant, steps: proposed ? stepsOf(proposed) : [change] });
  }
  const intent = appendEntry(db, {
    now,
    session: origin.session,
    event: 'intent',
    subject,
    detail: {
      tool: change.tool,
      arguments: change.arguments,
      risk: change.risk,
      targets: change.targets.map(({ id, name, was, becomes }) => ({ id, name, was, becomes })),
      identity: origin.identity,
      account: origin.account,
      region: origin.region,
      backend: origin.backend,
      by: grant.kind,
      approver: grant.approver,
      grant: grantDigest(grant),
      step,
    },
  });
  if (grant.kind === 'proposal')
    insertClaim(db, { proposal: subject, step, grant: grantDigest(grant), intent });
  else noteUse(db, subject, now, intent);
  keepIntent(db, request, permit, intent, now);
  return { ...permit, subject, intent };
}
