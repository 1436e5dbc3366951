import type { ApprovalDecision, EngineEvent, Provenance } from './events.ts';
import type { Language } from './reading.ts';

/**
 * What a front end needs of the assistant: one stream of events out, a few intents in. No intent throws or
 * answers by itself; whatever becomes of it is told as events.
 */
export type Engine = {
  /**
   * Tells `listener` every event from now on; a listener that comes late is first told the account and the
   * server's state as last known. Returns what stops it.
   */
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Starts a turn. One turn runs at a time: a front end submits the next after `turn_ended`. */
  submit(text: string, provenance: Provenance): void;
  /** Answers the `approval_asked` of that call. An answer to a call that asks nothing (any more) is ignored. */
  answer(callId: string, decision: ApprovalDecision): void;
  /** The language of answers from the next turn on. */
  speak(language: Language): void;
  /** Stops the running turn, if there is one; it ends with the outcome `cancelled`. */
  interrupt(): void;
  /** Stops the turn and lets go of the server. Resolves when nothing is left running. */
  close(): Promise<void>;
};
