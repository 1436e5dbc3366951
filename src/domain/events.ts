import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { Language, PlannedCall, Reading } from './reading.ts';

/** Whose words a text is. Only what was typed this turn can count as a person's own. */
export type Provenance = 'typed' | 'pasted' | 'piped';

/** One call from its request to its end. `id` is unique in its session. */
export type CallState =
  | { status: 'running'; startedAt: number }
  | { status: 'awaiting_approval'; proposal: Proposal }
  | { status: 'done'; elapsedMs: number; text: string; data: Record<string, unknown> }
  | { status: 'failed'; elapsedMs: number; failure: Failure }
  | { status: 'declined'; reason: string | null }
  | { status: 'cancelled' };

export type CallView = { id: string; call: PlannedCall; state: CallState };

/**
 * What the engine says while it works: the terminal, `--json`, the tests and later servers subscribe to the
 * same stream. Every `turn_started` is followed by exactly one `turn_ended`.
 */
export type EngineEvent =
  | { type: 'account'; report: AccountReport }
  | { type: 'server'; state: 'connecting' | 'ready' | 'restarting' | 'lost'; detail?: string }
  | { type: 'turn_started'; turn: string; text: string; provenance: Provenance }
  | { type: 'understood'; turn: string; reading: Reading; language: Language }
  | { type: 'call'; turn: string; view: CallView }
  /** Words of the answer, in the person's language; `tone` chooses how they are drawn. */
  | { type: 'say'; turn: string; tone: 'answer' | 'question' | 'refusal' | 'note' | 'error'; text: string }
  | { type: 'approval_asked'; turn: string; call: string; proposal: Proposal; flagged: string[] }
  | { type: 'approval_settled'; turn: string; call: string; decision: ApprovalDecision['decision'] }
  | { type: 'turn_ended'; turn: string; outcome: TurnOutcome };

export type TurnOutcome =
  | 'answered'
  | 'question'
  | 'declined'
  | 'refused'
  | 'failed'
  | 'cancelled'
  | 'nothing';

/** What a person answers to a proposal. */
export type ApprovalDecision =
  | { decision: 'approve'; passphrase?: string }
  | { decision: 'decline'; reason?: string }
  | { decision: 'edit' }
  | { decision: 'why' };
