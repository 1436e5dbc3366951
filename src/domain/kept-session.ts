import type { EngineEvent } from './events.ts';
import type { Conversation } from './reading.ts';

/** The account a session talks about, as far as it was known. */
export type SessionPlace = {
  /** As the person knows it. */
  name: string;
  /** The account's number; null while nobody could tell. */
  account: string | null;
  /** `aws`, an AWS endpoint of one's own, or the absolute path of a simulated account's file. */
  backend: string;
};

type KeptEvent = Extract<
  EngineEvent,
  {
    type:
      | 'turn_started'
      | 'understood'
      | 'call'
      | 'say'
      | 'approval_asked'
      | 'approval_settled'
      | 'turn_ended';
  }
>;

/** One line of a session's record: what the engine said, and where it was said. */
export type KeptEntry =
  | KeptEvent
  /** The session was begun or taken up again: `server` is the session that proposals were bound to. */
  | { type: 'opened'; version: string; server: string }
  | { type: 'place'; place: SessionPlace | null; region: string | null };

/** `at`: the machine's clock, milliseconds since 1970. */
export type KeptLine = { at: number; entry: KeptEntry };

/** A session without its lines. Times in milliseconds since 1970. */
export type SessionSummary = {
  id: string;
  startedAt: number;
  lastAt: number;
  /** What chose the account: a configured name, a profile, an account file. */
  asked: string;
  /** The folder it was begun in. */
  folder: string;
  place: SessionPlace | null;
  /** The first thing that was said, cut to a line. */
  title: string;
  turns: number;
  /** The session whose talk it went on with, under a record of its own. */
  continues: string | null;
  /** The process that writes it, as far as it said so; null once it is closed. */
  holder: number | null;
};

/** What a talk leans on, rebuilt from its record. */
export type TalkSoFar = {
  conversation: Conversation;
  /** What the person typed themselves. */
  typed: readonly string[];
  /** What calls brought in, oldest first: a value that stands only there is flagged in an approval. */
  brought: readonly { tool: string; data: Record<string, unknown> }[];
};

/** Why sessions cannot be kept or read. `file`: the store's. */
export type StoreProblem = {
  code: 'newer' | 'damaged' | 'unwritable' | 'full' | 'busy' | 'exposed' | 'foreign' | 'unusable';
  file: string;
  /** The system's own words. */
  detail: string;
};
