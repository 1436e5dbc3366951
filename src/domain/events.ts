import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { Language, PlannedCall, Reading } from './reading.ts';
import type { Saying } from './saying.ts';

/**
 * Whose words a text is. Only what was typed this turn can count as a person's own. `burst`: several characters
 * came at once, as from a quick hand or an input method, or from a paste that the terminal did not mark.
 */
export type Provenance = 'typed' | 'burst' | 'pasted' | 'piped';

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
  /** `clock`: the account's clock stood at `report.now` when the machine's stood at `asOf` (ms since 1970). */
  | { type: 'account'; report: AccountReport; clock?: { asOf: number; speed: number } }
  /** Alarms in ALARM in all regions of the current account; null: that could not be looked at. */
  | { type: 'alarms'; firing: number | null }
  | { type: 'server'; state: 'connecting' | 'ready' | 'restarting' | 'lost'; detail?: string }
  | { type: 'turn_started'; turn: string; text: string; provenance: Provenance }
  | { type: 'understood'; turn: string; reading: Reading; language: Language }
  | { type: 'call'; turn: string; view: CallView }
  /** Words of the answer, in the person's language; `tone` chooses how they are drawn. */
  | ({ type: 'say'; turn: string; tone: 'answer' | 'question' | 'refusal' | 'note' | 'error' } & Saying)
  | {
      type: 'approval_asked';
      turn: string;
      call: string;
      proposal: Proposal;
      flagged: string[];
      /** The yes stands; only the passphrase that came with it was wrong. */
      again?: 'passphrase';
    }
  /** For a yes: it is signed. */
  | { type: 'approval_settled'; turn: string; call: string; decision: ApprovalDecision['decision'] }
  | { type: 'turn_ended'; turn: string; outcome: TurnOutcome };

export type TurnOutcome =
  | 'answered'
  | 'question'
  | 'declined'
  /** An approval is needed and nobody is there to give it. */
  | 'unapproved'
  /** Nothing in it could be taken for something to do. */
  | 'not_understood'
  | 'refused'
  | 'failed'
  /** The program is set up wrongly: nothing can be done before that is mended. */
  | 'misconfigured'
  | 'cancelled'
  | 'nothing';

/** What a person answers to a proposal. */
export type ApprovalDecision =
  | { decision: 'approve'; passphrase?: string }
  | { decision: 'decline'; reason?: string }
  | { decision: 'edit' }
  | { decision: 'why' }
  /** Nobody answered while it could still be approved. */
  | { decision: 'expired' };
