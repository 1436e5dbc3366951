import type { Readable, Writable } from 'node:stream';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { Approver } from '../approval/approver.ts';
import type { StandingTerms } from '../approval/sign.ts';
import type { Planner } from '../assistant/ports.ts';
import type { ChatSessions } from '../assistant/sessions/chat-sessions.ts';
import type { Offer } from '../domain/approval-words.ts';
import type { Engine } from '../domain/engine.ts';
import type { ApprovalDecision } from '../domain/events.ts';
import type { Language } from '../domain/reading.ts';
import type { Store } from '../store/store.ts';
import type { Tools } from '../tools/tools.ts';
import type { ChatSettings, SessionSettings } from './chat-settings.ts';
import type { Options } from './options.ts';

/** A stream that may be a person's terminal. */
type MaybeTerminal = { isTTY?: boolean };

export type Streams = {
  stdin: Readable & MaybeTerminal;
  stdout: Writable & MaybeTerminal;
  stderr: Writable & MaybeTerminal;
};

/** What answers proposals when there is no chat. */
export type Answerer = {
  /** Whether anybody can be asked about this proposal here: a terminal, or an exact `--approve`. */
  answerable(proposal: Proposal): boolean;
  /** Whether it would be asked in a dialog, which shows the proposal. */
  dialog(proposal: Proposal): boolean;
  /** Asks; rejects with `UsageError` when the terminal cannot be used after all. */
  ask(of: {
    proposal: Proposal;
    flagged: string[];
    /** The terms of a yes for the future. They are read in a dialog: no `--approve` stands in for it. */
    standing?: StandingTerms;
    /** What is offered beside yes and no. */
    offer: Offer;
    language: Language;
    /** Ends the question with a no. */
    signal?: AbortSignal;
  }): Promise<ApprovalDecision>;
  /** Reads a line that is not shown; null when the person leaves. Rejects with `UsageError` without a terminal. */
  secret(prompt: string): Promise<string | null>;
};

/** The server as another program starts it: absolute paths. */
export type ServerProgram = { node: string; launcher: string };

/** Everything a command works with; `main.ts` builds it. */
export type CliParts = {
  version: string;
  server: ServerProgram;
  streams: Streams;
  environment: NodeJS.ProcessEnv;
  now: () => Date;
  timeZone: string;
  openTools(options: Options): Promise<Tools>;
  openPlanner(): Promise<Planner>;
  openApprover(language: Language): Promise<Approver>;
  openAnswerer(options: Options): Promise<Answerer>;
  openEngine(of: {
    options: Options;
    /** Null: answers in the language of the question. */
    language: Language | null;
    answerable(of: Proposal): boolean;
    /** Whether somebody sees how many alarms fire while they talk. */
    watchAlarms: boolean;
  }): Promise<Engine>;
  /** What keeps the chat's session. `of`: for how many days, and what chose the account. */
  openSessions(of: SessionSettings): Promise<ChatSessions>;
  /** What was kept, for reading. Throws `StoreError`. */
  openStore(): Promise<Store>;
  /** Runs the chat to its end, closes the engine, and resolves to an exit code. */
  chat(of: {
    engine: () => Promise<Engine>;
    sessions: () => Promise<ChatSessions>;
    language: Language;
    settings: ChatSettings;
  }): Promise<number>;
  /** Called with what interrupts a command (Ctrl+C); returns what stops listening. */
  onInterrupt(listener: () => void): () => void;
};
