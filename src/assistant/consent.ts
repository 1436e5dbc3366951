import type { ProposalGrant } from '../../mcp-server/contract/grant.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import type { ApprovalDecision } from '../domain/events.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { PlannedCall } from '../domain/reading.ts';
import { ToolsError } from '../tools/tools.ts';
import { lookBefore } from './look-before.ts';
import { onlyFromOutside } from './outside-text.ts';
import type { Work } from './work.ts';

/** What a person made of a proposal. */
export type Consent =
  | { kind: 'granted'; grant: ProposalGrant }
  | { kind: 'declined'; reason: string | null }
  | { kind: 'editing' }
  /** Nobody is there to ask; the proposal waits until the session ends or it expires. */
  | { kind: 'nobody' }
  | { kind: 'interrupted' }
  /** Nobody answered before it ended. */
  | { kind: 'expired' };

/** How often a passphrase may be wrong, or signing fail, before it counts as a no. */
const SIGNING_TRIES = 3;

/**
 * Shows a proposal and waits for the answer; "why" looks around first and asks again. `id` is the call
 * under which it is asked, `planned` what the sentence asked for.
 */
export async function consentTo(
  proposal: Proposal,
  id: string,
  planned: readonly PlannedCall[],
  work: Work,
): Promise<Consent> {
  const { turn, session, parts } = work;
  const { talk } = turn.words;
  if (!parts.answerable(proposal)) {
    session.unanswered.push(proposal.id);
    turn.say('note', talk.approvalNeeded(proposal.id, approveFlags(proposal).join(' ')));
    return { kind: 'nobody' };
  }
  let failures = 0;
  let again: 'passphrase' | undefined;
  while (failures < SIGNING_TRIES) {
    const flagged = planned
      .flatMap((call) => onlyFromOutside(call, session.outside, session.typed))
      .map(({ argument, value }) => talk.flagged(argument, plainLine(value)));
    const decision = await decideInTime(id, proposal, flagged, again, work);
    again = undefined;
    if (!decision) {
      await tellDeclined(proposal, 'interrupted', work);
      return { kind: 'interrupted' };
    }
    switch (decision.decision) {
      case 'approve': {
        const signed = await parts.approver.sign(proposal, decision.passphrase);
        if (signed.kind === 'signed') {
          turn.settleApproval(id, 'approve');
          return { kind: 'granted', grant: signed.grant };
        }
        if (timeLeftMs(proposal, work) <= 0) {
          turn.settleApproval(id, 'expired');
          return expired(work);
        }
        failures += 1;
        if (signed.kind === 'passphrase' && decision.passphrase !== undefined) again = 'passphrase';
        turn.say('error', talk.cannotSign(signed.why));
        break;
      }
      case 'decline':
        await tellDeclined(proposal, decision.reason, work);
        turn.say('note', talk.declined());
        return { kind: 'declined', reason: decision.reason ?? null };
      case 'edit':
        await tellDeclined(proposal, 'sent back for editing', work);
        turn.say('note', talk.editing());
        return { kind: 'editing' };
      case 'expired':
        return expired(work);
      case 'why':
        turn.say('note', talk.lookingFirst());
        await lookBefore(proposal, work);
        break;
    }
  }
  turn.settleApproval(id, 'decline');
  await tellDeclined(proposal, 'could not be signed', work);
  return { kind: 'declined', reason: 'could not be signed' };
}

/** The longest a timer can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function timeLeftMs({ expires_at }: Proposal, { parts }: Work): number {
  return Date.parse(expires_at) - parts.now().getTime();
}

/** Asks, for as long as a yes could still count. */
async function decideInTime(
  id: string,
  proposal: Proposal,
  flagged: string[],
  again: 'passphrase' | undefined,
  work: Work,
): Promise<ApprovalDecision | null> {
  const { turn } = work;
  const left = Math.min(Math.max(0, timeLeftMs(proposal, work)), LONGEST_TIMER_MS);
  const expiry = setTimeout(() => turn.answer(id, { decision: 'expired' }), left);
  try {
    return await turn.decide(id, proposal, flagged, again);
  } finally {
    clearTimeout(expiry);
  }
}

/** It has ended by itself: there is nothing left to decline. */
function expired({ turn }: Work): Consent {
  turn.say('note', turn.words.talk.expiredUnanswered());
  return { kind: 'expired' };
}

/** Names that mean nothing to a shell or to `--approve` itself; any other target is called by its id. */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What a script would have to say to approve exactly this: people copy it into a shell. */
function approveFlags(proposal: Proposal): string[] {
  const changes = proposal.kind === 'call' ? [proposal] : proposal.steps;
  return changes.map(({ tool, targets }) => {
    const named = targets.map(({ name, id }) => (PLAIN_NAME.test(name) ? name : id));
    return `--approve ${shellWord(`${tool}:${named.map(plainLine).join(',')}`)}`;
  });
}

/** One word for a POSIX shell, always in quotes: an id can be a name somebody chose, too. */
function shellWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Puts the no into the audit log, so that the proposal cannot be approved from elsewhere afterwards. */
async function tellDeclined(
  proposal: Proposal,
  reason: string | undefined,
  { turn, parts }: Work,
): Promise<void> {
  try {
    await parts.tools.ask(METHODS.decline, { id: proposal.id, ...(reason ? { reason } : {}) });
  } catch (error) {
    if (!(error instanceof ToolsError)) throw error;
    turn.say('error', plainLine(error.message));
  }
}
