import type { CallProposal } from '../../mcp-server/contract/proposal.ts';
import { EMPTY_CONVERSATION, type PlannedCall, type Reading } from '../domain/reading.ts';
import type { CallResult } from '../tools/tools.ts';
import { callText } from './call-text.ts';
import { type Consent, consentTo } from './consent.ts';
import { finish } from './run-read.ts';
import type { StepEnd } from './step.ts';
import type { Work } from './work.ts';

/** How often one change is proposed anew because the state moved or the proposal expired. */
const PROPOSALS = 3;

/** What the planner makes of the turn's text alone; asked for only when a dialog might be skipped. */
export type ReadAlone = (conversation: typeof EMPTY_CONVERSATION) => Reading;

/** Proposes a change, has it approved, runs it once and says what became of it. */
export async function runChange(call: PlannedCall, readAlone: ReadAlone, work: Work): Promise<StepEnd> {
  const { turn, parts } = work;
  let startedAt = parts.now().getTime();
  const id = turn.begin(call, { status: 'running', startedAt });
  let result = await parts.tools.callAny(call.tool, call.arguments, { signal: turn.signal });
  for (let round = 0; round < PROPOSALS; round += 1) {
    const proposal = proposalOf(result);
    if (!proposal) break;
    if (round > 0) turn.say('note', turn.words.talk.stateMoved());
    const consent = await consentOf(proposal, id, call, readAlone, work);
    if (consent.kind !== 'granted') return notGranted(consent, id, call, work);
    // What the person took to decide is not the call's time.
    startedAt = parts.now().getTime();
    result = await runGranted(id, call, proposal.arguments, { grant: consent.grant }, work);
    if (result.kind === 'failed' && result.failure.code === 'grant_expired') {
      turn.say('note', turn.words.talk.proposalExpired());
      result = await parts.tools.callAny(call.tool, call.arguments, { signal: turn.signal });
    }
  }
  return await finish(id, call, result, startedAt, work);
}

/** Sends the granted call. It cannot be called back: an interruption is answered with why it still runs. */
export async function runGranted(
  id: string,
  call: PlannedCall,
  args: Record<string, unknown>,
  granted: Pick<Parameters<Work['parts']['tools']['callAny']>[2] & object, 'grant' | 'step'>,
  { turn, parts }: Work,
): Promise<CallResult> {
  turn.settle(id, call, { status: 'running', startedAt: parts.now().getTime() });
  const waiting = () => turn.say('note', turn.words.talk.waitingForChange());
  turn.signal.addEventListener('abort', waiting);
  const result = await parts.tools.callAny(call.tool, args, granted);
  turn.signal.removeEventListener('abort', waiting);
  return result;
}

export function notGranted(
  consent: Exclude<Consent, { kind: 'granted' }>,
  id: string,
  call: PlannedCall,
  { turn }: Work,
): StepEnd {
  switch (consent.kind) {
    case 'declined':
      turn.settle(id, call, { status: 'declined', reason: consent.reason });
      return 'declined';
    case 'editing':
    case 'expired':
      turn.settle(id, call, { status: 'declined', reason: null });
      return 'declined';
    case 'nobody':
      return 'unapproved';
    case 'interrupted':
      turn.settle(id, call, { status: 'cancelled' });
      return 'cancelled';
  }
}

async function consentOf(
  proposal: CallProposal,
  id: string,
  call: PlannedCall,
  readAlone: ReadAlone,
  work: Work,
): Promise<Consent> {
  const { turn, parts } = work;
  const skips = parts.approver.withoutDialog({
    text: turn.text,
    provenance: turn.provenance,
    planned: call,
    alone: readAlone(EMPTY_CONVERSATION),
    proposal,
  });
  if (skips) {
    const signed = await parts.approver.sign(proposal, undefined);
    if (signed.kind === 'signed') {
      turn.say('note', turn.words.talk.ranWithoutDialog(callText(call.tool, call.arguments)));
      return { kind: 'granted', grant: signed.grant };
    }
  }
  turn.settle(id, call, { status: 'awaiting_approval', proposal });
  return await consentTo(proposal, id, [call], work);
}

function proposalOf(result: CallResult): CallProposal | null {
  if (result.kind !== 'failed') return null;
  const { code, proposal } = result.failure;
  if (code !== 'approval_required' && code !== 'state_moved') return null;
  return proposal?.kind === 'call' ? proposal : null;
}
