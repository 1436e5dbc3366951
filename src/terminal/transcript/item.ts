import type { Proposal } from '../../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../../mcp-server/contract/wire.ts';
import type { ApprovalDecision, CallView, EngineEvent, Provenance } from '../../domain/events.ts';
import type { HelpedCommand, HelpTopic } from '../../language/prompt-words.ts';
import type { Joint } from '../text/markdown/blocks.ts';
import type { CutShort } from './kept.ts';

/** How a sentence of the assistant is meant. */
export type SayTone = Extract<EngineEvent, { type: 'say' }>['tone'];

/** What asked for approval in this session, and what became of it. */
export type Asked = { proposal: Proposal; decision: ApprovalDecision['decision'] | null };

/** What the chat shows of its own accord. */
export type Notice =
  | { notice: 'help'; topic: HelpTopic | HelpedCommand | null }
  /** `at`: the account's clock. */
  | { notice: 'account'; report: AccountReport | null; at: number }
  | { notice: 'approvals'; asked: readonly Asked[]; at: number }
  | { notice: 'words'; tone: 'note' | 'error'; text: string };

/** One piece of the transcript. `id` is unique in its session. */
export type Item =
  | { kind: 'banner'; id: string }
  | { kind: 'you'; id: string; text: string; provenance: Provenance }
  /** `cut`: the result was too heavy to be kept whole. */
  | { kind: 'call'; id: string; view: CallView; cut?: CutShort | null }
  /** `markdown`: the text is Markdown, and how it follows what stands above; plain text when absent. */
  | { kind: 'say'; id: string; tone: SayTone; text: string; markdown?: Joint }
  | Writing
  | { kind: 'notice'; id: string; notice: Notice }
  /** A result in full, for who has no use for a pager. */
  | { kind: 'opened'; id: string; view: CallView }
  /** A card long on the screen: its result is let go, its text is what was drawn. */
  | { kind: 'gone'; id: string; text: string };

/**
 * An answer that is still being written: `tail` is what can still change how it is drawn, the rest stands above
 * as finished items, `pieces` of them.
 */
export type Writing = {
  kind: 'writing';
  id: string;
  turn: string;
  /** All of it so far. */
  source: string;
  tail: string;
  joint: Joint;
  pieces: number;
};

/** True when nothing about it can change any more: it may go to where the screen scrolls. */
export function isFinal(item: Item): boolean {
  if (item.kind === 'writing') return false;
  if (item.kind !== 'call') return true;
  const { status } = item.view.state;
  return status !== 'running' && status !== 'awaiting_approval';
}
