import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { NoCallReason, RefusalReason } from '../domain/reading.ts';

import type { GapReason } from './answer-words.ts';

/** What a question is about, in the words a sentence takes. */
export type Asked =
  | { code: 'ambiguous'; mention: string; kind: string }
  /** `seen`: false when not everything could be listed. */
  | { code: 'unknown_resource'; mention: string; choices: number; seen: boolean }
  | { code: 'close_match'; mention: string }
  | { code: 'missing_target'; tool: string; kind: string }
  | { code: 'missing_value'; tool: string; argument: string }
  | { code: 'wrong_kind'; mention: string; kind: string }
  | { code: 'conditional'; tool: string }
  | { code: 'cause_later'; subject: string | null }
  | { code: 'unsure'; choices: number };

/** The words of a conversation beside its answers: questions, refusals, failures, notes. */
export type TalkWords = {
  none(reason: NoCallReason): string;
  /** What was understood and yet not done: `reboot_instances api-1`. */
  noneAbout(call: string): string;
  /** `most`: how many resources may be touched in one go. */
  refusal(reason: RefusalReason, action: string, most: number): string;
  question(of: Asked): string;
  /** Which names could not be looked up, and why: what was meant may be among them. */
  unlisted(places: readonly { what: string; where: string; why: GapReason }[]): string;
  /** What a look shows of a resource, as one choice of several; a metric's own name follows it. */
  look(of: 'state' | 'targets' | 'metric' | 'logs' | 'alarms' | 'dependencies' | 'changes'): string;
  /** So many more than the choices above it could be meant. */
  moreChoices(count: number): string;
  /** A resource kind in a sentence: `instance`. */
  kind(kind: string): string;
  /** One sentence for the code; null where the server's own message says it all. */
  failure(code: Failure['code']): string | null;
  nothingChanged(): string;
  notServed(call: string): string;
  /** The changes of one sentence cannot be approved as one plan. */
  stepByStep(): string;
  stepsLeft(count: number): string;
  declined(): string;
  /** `flags` is what a script would add. */
  approvalNeeded(proposal: string, flags: string): string;
  editing(): string;
  lookingFirst(): string;
  ranWithoutDialog(call: string): string;
  stateMoved(): string;
  proposalExpired(): string;
  /** Nobody answered in time, and nothing was run. */
  expiredUnanswered(): string;
  cannotSign(why: string): string;
  directoryUnseen(why: string): string;
  busy(): string;
  interrupted(): string;
  /** A change under way cannot be called back. */
  waitingForChange(): string;
  recovered(tool: string, at: string, finding: string): string;
  /** A value in a change that no person wrote. */
  flagged(argument: string, value: string): string;
  internal(why: string): string;
};
