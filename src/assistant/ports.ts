import type { Directory } from '../../mcp-server/contract/directory.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { Approver } from '../approval/approver.ts';
import type { Conversation, Language, Reading } from '../domain/reading.ts';
import type { Tools } from '../tools/tools.ts';

/** What a sentence is read against. */
export type ReadingGround = {
  directory: Directory;
  now: Date;
  /** IANA name of the person's time zone. */
  timeZone: string;
  /** Names and numbers of the configured accounts. */
  accounts?: string[];
  /** How many resources one destructive request may touch. */
  mostAtOnce?: number;
  conversation: Conversation;
};

/** Understands sentences; pure. */
export type Planner = {
  read(text: string, ground: ReadingGround): { reading: Reading; conversation: Conversation };
  /** False when the sentence can be read without knowing what the account holds. */
  needsDirectory(text: string): boolean;
};

export type EngineParts = {
  tools: Tools;
  /** Loaded while the server starts. */
  planner: Promise<Planner>;
  approver: Approver;
  /** Whether anybody can be asked about a proposal at all: not so in a script without a terminal. */
  answerable(proposal: Proposal): boolean;
  /** The language of answers; null: the one a sentence is written in. */
  language: Language | null;
  timeZone: string;
  /** The configured `max_targets`; absent: the default. */
  mostAtOnce?: number;
  /** The machine's clock. */
  now: () => Date;
  /** How many times faster than the machine's the account's clock runs; 1 but for a simulated account. */
  clockSpeed: number;
  /** Whether the alarms are looked at quietly, at the start and after each turn: where somebody sees the count. */
  watchAlarms: boolean;
  /** Whether the session is over with this engine: nothing that was proposed to it can run afterwards. */
  sessionEnds: boolean;
  /** Told of errors that nobody expected; the person has been told in words already. */
  onDefect(error: unknown): void;
};
