import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { Conversation, Language, PlannedCall, Reading } from './reading.ts';
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
  /** Where calls that name no place look from now on; `refused`: it stays so, because what was asked for is not there. */
  | {
      type: 'place';
      account: string | null;
      region: string | null;
      /** What was just asked for. */
      asked?: 'region' | 'account';
      refused?: PlaceRefused;
    }
  | { type: 'server'; state: 'connecting' | 'ready' | 'restarting' | 'lost'; detail?: string }
  | { type: 'turn_started'; turn: string; text: string; provenance: Provenance }
  /** `conversation`: what the next turn would lean on if this one ended here. */
  | { type: 'understood'; turn: string; reading: Reading; language: Language; conversation?: Conversation }
  | { type: 'call'; turn: string; view: CallView }
  /**
   * A piece of an answer that is still being written, as Markdown: `text` goes on where the last piece of the same
   * `say` (unique in its session) ended. The `say` with that id closes it and says all of it, in place of the
   * pieces; where the turn ends without, the pieces are what was said.
   */
  | { type: 'say_part'; turn: string; say: string; text: string }
  /**
   * Words of the answer, in the person's language; `tone` chooses how they are drawn. `say`: the pieces it closes;
   * `format`: what they are written in, plain text when absent.
   */
  | ({
      type: 'say';
      turn: string;
      tone: 'answer' | 'question' | 'refusal' | 'note' | 'error';
      say?: string;
      format?: 'markdown';
    } & Saying)
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
  /** `conversation`: what the next turn will lean on. */
  | { type: 'turn_ended'; turn: string; outcome: TurnOutcome; conversation?: Conversation };

/** A place nobody has: what was asked for, and what there is (nothing, when that is not known). */
export type PlaceRefused = { what: 'region' | 'account'; asked: string; known: readonly string[] };

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
