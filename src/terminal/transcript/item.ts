import type { Proposal } from '../../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../../mcp-server/contract/wire.ts';
import type { ApprovalDecision, CallView, EngineEvent, Provenance } from '../../domain/events.ts';

/** How a sentence of the assistant is meant. */
export type SayTone = Extract<EngineEvent, { type: 'say' }>['tone'];

/** What asked for approval in this session, and what became of it. */
export type Asked = { proposal: Proposal; decision: ApprovalDecision['decision'] | null };

/** What the chat shows of its own accord. */
export type Notice =
  | { notice: 'help' }
  /** `at`: the account's clock. */
  | { notice: 'account'; report: AccountReport | null; at: number }
  | { notice: 'approvals'; asked: readonly Asked[]; at: number }
  | { notice: 'words'; tone: 'note' | 'error'; text: string };

/** One piece of the transcript. `id` is unique in its session. */
export type Item =
  | { kind: 'banner'; id: string }
  | { kind: 'you'; id: string; text: string; provenance: Provenance }
  | { kind: 'call'; id: string; view: CallView }
  | { kind: 'say'; id: string; tone: SayTone; text: string }
  | { kind: 'notice'; id: string; notice: Notice };

/** True when nothing about it can change any more: it may go to where the screen scrolls. */
export function isFinal(item: Item): boolean {
  if (item.kind !== 'call') return true;
  const { status } = item.view.state;
  return status !== 'running' && status !== 'awaiting_approval';
}
