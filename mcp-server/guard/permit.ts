import type { DatabaseSync } from 'node:sqlite';
import { digestOf } from '../contract/canonical.ts';
import { type Grant, grantDigest } from '../contract/grant.ts';
import type { Backend, PlannedChange } from '../contract/proposal.ts';
import { appendEntry } from './audit.ts';
import { insertClaim, keepGrant } from './claims.ts';
import type { ChangeRequest } from './guard.ts';
import { type Owner, thisProcess } from './owner.ts';
import { noteUse } from './standing.ts';

/** A checked grant for one change at its turn. */
export type Permit = { grant: Grant; step: number };

/** A claimed permit: the intent is on disk, and nobody else can have the same. */
export type Claimed = Permit & { subject: string; intent: number; token: string };

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
  owner: Owner;
  at: number;
};

export function subjectOf(grant: Grant): string {
  return grant.kind === 'proposal' ? grant.proposal : grant.id;
}

/** A token of AWS's idempotent calls: the same for the same step of the same proposal. 32 hex characters. */
function tokenOf(subject: string, step: number, use: number): string {
  return digestOf('aiops idempotency token v1', { subject, step, use }).slice(0, 32);
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
    appendEntry(db, {
      now,
      session: origin.session,
      event: 'approved',
      subject,
      detail: { approver: grant.approver, digest: grant.digest, grant: grantDigest(grant) },
    });
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
  return {
    ...permit,
    subject,
    intent,
    token: tokenOf(subject, step, grant.kind === 'standing' ? intent : 0),
  };
}
