import type { Gap } from '../../mcp-server/contract/coverage.ts';
import type { ResourceKind } from '../../mcp-server/contract/directory.ts';
import type { Risk } from '../../mcp-server/contract/risk.ts';

/** The languages the product reads and writes. */
export const LANGUAGES = ['en', 'ko', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One tool call, as a sentence was understood. Arguments follow the tool catalogue. */
export type PlannedCall = {
  tool: string;
  arguments: Record<string, unknown>;
  /** The gravest risk this tool can carry; the server weighs the actual call. */
  risk: Risk;
  /**
   * True when every target stands in this very text by id or full name (case, width and separators
   * folded): one of the conditions for running a restoring change without a dialog.
   */
  namedInFull: boolean;
  /** What the sentence says of a list's rows and no argument can hold. */
  narrow?: Narrowing[];
};

/**
 * Rows are narrowed by instance type (or its family), availability zone, Auto Scaling group, or the name of
 * the row itself; `unheld` is a word that nothing can narrow them by, which is said.
 */
export type Narrowing = { by: 'type' | 'zone' | 'group' | 'name' | 'unheld'; value: string };

/** One answer a question offers. `pick` is what the conversation goes on with when it is chosen. */
export type Choice = { label: string; detail?: string; pick: PlannedCall };

/**
 * For a question about a name, what could not be listed: what was meant may be there. Absent when everything
 * was; empty when nothing could be, or nobody knows what.
 */
type Unseen = { unseen?: Gap[] };

/** How many more there are than the choices offered; absent when those are all. */
type More = { more?: number };

/** Why something is asked; the words come from `language`. */
export type Question =
  | ({ code: 'ambiguous'; mention: string; kind: ResourceKind; tool: string; choices: Choice[] } & Unseen &
      More)
  | ({ code: 'unknown_resource'; mention: string; tool: string; choices: Choice[] } & Unseen & More)
  | ({ code: 'missing_target'; tool: string; kind: ResourceKind; choices: Choice[] } & More)
  | ({
      code: 'missing_value';
      tool: string;
      argument: string;
      choices: Choice[];
      /** The calls so far: what is answered is their `argument`. Absent where a value alone is no answer. */
      partial?: PlannedCall[];
    } & More)
  | { code: 'wrong_kind'; mention: string; kind: ResourceKind; tool: string; choices: Choice[] }
  | { code: 'conditional'; tool: string; choices: Choice[] }
  /** Why something fails was asked; the choices are what can be looked at. `subject`: null when it is no resource. */
  | { code: 'cause_later'; subject: string | null; choices: Choice[] }
  | { code: 'unsure'; choices: Choice[] };

/** Why a sentence leads to no call. */
export type NoCallReason =
  | 'thanks'
  | 'greeting'
  | 'withdrawn'
  | 'negated'
  | 'hypothetical'
  | 'reported_speech'
  | 'off_topic'
  | 'help'
  | 'empty';

/** Why a sentence is refused outright. */
export type RefusalReason = 'sweep' | 'too_many' | 'forbidden_action';

/** What the planner makes of one sentence in its conversation. */
export type Reading =
  | { outcome: 'calls'; calls: PlannedCall[] /** 0..1 */; confidence: number }
  | { outcome: 'none'; reason: NoCallReason; about?: { tool: string; targets: string[] } }
  | { outcome: 'question'; question: Question /** Reads that may run meanwhile. */; calls: PlannedCall[] }
  /** `most`: for `too_many`, how many may be touched in one go. */
  | { outcome: 'refusal'; reason: RefusalReason; action: string; most?: number };

/**
 * What a conversation has established so far. Plain data: saved with a session, passed in and handed
 * back by each reading.
 */
export type Conversation = {
  /** The calls of the last turn that had any, in order. */
  lastCalls: PlannedCall[];
  /** The resources last spoken of, latest first: what "it" can mean. */
  mentioned: { kind: ResourceKind; id: string; name: string }[];
  /** A question that waits for its answer. */
  pending: Question | null;
};

export const EMPTY_CONVERSATION: Conversation = { lastCalls: [], mentioned: [], pending: null };
