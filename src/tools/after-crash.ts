import type { AuditEntry } from '../../mcp-server/contract/audit.ts';
import type { Failure } from '../../mcp-server/contract/failure.ts';

/**
 * What is known of a change whose server died under it, from the audit log's entries about its proposal.
 * No intent: AWS was never asked. An intent without an outcome: nobody knows, unless the restarted server
 * looked it up (`found`).
 */
export function whatBecameOf(tool: string, subject: string, entries: readonly AuditEntry[]): Failure {
  const about = entries.filter((entry) => entry.subject === subject);
  const last = (event: AuditEntry['event']) => about.findLast((entry) => entry.event === event);
  const died = `The server stopped in the middle of ${tool}.`;
  const intent = last('intent');
  if (!intent)
    return {
      code: 'outcome_unknown',
      message: `${died} The audit log has no intent for it: AWS was not asked, nothing was changed.`,
      hint: 'Ask again.',
      nothing_changed: true,
    };
  const known = last('outcome') ?? last('found');
  const finding = known ? (known.detail.finding ?? known.detail.result ?? known.detail.state) : undefined;
  if (known)
    return {
      code: 'outcome_unknown',
      message: `${died} The audit log has ${known.event === 'outcome' ? 'its outcome' : 'what a look at the account found'} (line ${known.sequence})${typeof finding === 'string' ? `: ${finding}` : ''}. It was not repeated.`,
      hint: `See it with: aiops audit show`,
      nothing_changed: false,
    };
  return {
    code: 'outcome_unknown',
    message: `${died} The audit log has the intent (line ${intent.sequence}) and no outcome: it may or may not have happened. It was not repeated.`,
    hint: 'Look at the resource before asking again.',
    nothing_changed: false,
  };
}
