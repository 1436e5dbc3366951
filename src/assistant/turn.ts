import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { ApprovalDecision, CallState, EngineEvent, Provenance } from '../domain/events.ts';
import type { Language, PlannedCall } from '../domain/reading.ts';
import type { Beside } from '../domain/saying.ts';
import { WORDS, type Words } from '../language/conversation.ts';

type Tone = Extract<EngineEvent, { type: 'say' }>['tone'];

/** One turn of talk, as the work inside it sees it: what was said, where events go, when to stop. */
export type Turn = {
  id: string;
  text: string;
  provenance: Provenance;
  language: Language;
  words: Words;
  signal: AbortSignal;
  emit(event: EngineEvent): void;
  say(tone: Tone, text: string, beside?: Beside): void;
  /** A new call of this turn; returns its id. */
  begin(call: PlannedCall, state: CallState): string;
  settle(id: string, call: PlannedCall, state: CallState): void;
  /** Asks the person; null when the turn is interrupted meanwhile. */
  decide(
    id: string,
    proposal: Proposal,
    flagged: string[],
    again?: 'passphrase',
  ): Promise<ApprovalDecision | null>;
  /** Tells that a yes is signed, or that no more is asked. Every other answer is told as it is given. */
  settleApproval(id: string, decision: 'approve' | 'decline' | 'expired'): void;
  answer(id: string, decision: ApprovalDecision): void;
};

export function createTurn(of: {
  id: string;
  text: string;
  provenance: Provenance;
  language: Language;
  signal: AbortSignal;
  emit(event: EngineEvent): void;
}): Turn {
  const { id: turn, emit, signal } = of;
  let calls = 0;
  const asking = new Map<string, (decision: ApprovalDecision | null) => void>();
  signal.addEventListener('abort', () => {
    for (const settle of asking.values()) settle(null);
  });
  return {
    ...of,
    words: WORDS[of.language],
    say: (tone, text, beside) => emit({ type: 'say', turn, tone, text, ...(beside ? { beside } : {}) }),
    begin: (call, state) => {
      calls += 1;
      const id = `${turn}.${calls}`;
      emit({ type: 'call', turn, view: { id, call, state } });
      return id;
    },
    settle: (id, call, state) => emit({ type: 'call', turn, view: { id, call, state } }),
    decide: async (id, proposal, flagged, again) => {
      if (signal.aborted) return null;
      const { promise, resolve } = Promise.withResolvers<ApprovalDecision | null>();
      asking.set(id, resolve);
      emit({
        type: 'approval_asked',
        turn,
        call: id,
        proposal,
        flagged,
        ...(again ? { again } : {}),
      });
      const decision = await promise;
      asking.delete(id);
      // A yes is told once it is signed.
      if (decision && decision.decision !== 'approve')
        emit({ type: 'approval_settled', turn, call: id, decision: decision.decision });
      return decision;
    },
    settleApproval: (id, decision) => emit({ type: 'approval_settled', turn, call: id, decision }),
    answer: (id, decision) => asking.get(id)?.(decision),
  };
}
