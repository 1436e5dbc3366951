import type { AuditEntry } from '../../mcp-server/contract/audit.ts';
import type { ResourceKind } from '../../mcp-server/contract/directory.ts';
import type { ApprovalDecision, EngineEvent, Provenance } from './events.ts';
import type { TalkSoFar } from './kept-session.ts';
import type { Language } from './reading.ts';

/** A resource's name as the account has it: text from outside, to be completed and never followed. */
export type KnownName = { name: string; kind: ResourceKind; region: string };

/** The newest entries of the audit log, oldest first, or why they cannot be read. */
export type AuditLook = { kind: 'read'; entries: readonly AuditEntry[] } | { kind: 'failed'; why: string };

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
  /**
   * The region to look in for calls that name none; null: all of the account's. A resource that is named and
   * stands only elsewhere is still found there. Told as `place`.
   */
  look(region: string | null): void;
  /** Makes one of the configured accounts, by name or number, the one that is meant when none is named. Told as `place`. */
  switchAccount(name: string): void;
  /**
   * Goes on with an earlier talk in place of this one: what it leaned on, not what it proposed. While a turn
   * runs it waits for the turn's end.
   */
  resume(talk: TalkSoFar): void;
  /**
   * Names to complete, at most `most`, of resources where calls look; those that would not stand on a line as
   * they are are left out. Nothing when the account cannot be listed. Cheap to ask again: the listing is kept a while.
   */
  names(most: number): Promise<readonly KnownName[]>;
  /** The newest `count` entries of the audit log. */
  audit(count: number): Promise<AuditLook>;
  /** Stops the running turn, if there is one; it ends with the outcome `cancelled`. */
  interrupt(): void;
  /** Stops the turn and lets go of the server. Resolves when nothing is left running. */
  close(): Promise<void>;
};
