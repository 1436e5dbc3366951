import type { AuditEntry } from '../../mcp-server/contract/audit.ts';
import type { Failure } from '../../mcp-server/contract/failure.ts';

/**
 * What is known of a change whose server died under it, from the audit log's entries about its proposal.
 * No intent: AWS was never asked. An intent without an outcome: nobody knows, unless the restarted server
 * looked it up (`found`).
 */
export function whatBecameOf(
  tool: string,
  subject: string,
  /** The call's place in a plan; each step has one intent, in order. */
  step: number,
  entries: readonly AuditEntry[],
): Failure {
  const about = entries.filter((entry) => entry.subject === subject);
  const intent = about.filter((entry) => entry.event === 'intent')[step];
  const died = `The server stopped in the middle of ${tool}.`;
  if (!intent)
    return {
      code: 'outcome_unknown',
      message: `${died} The audit log has no intent for it: AWS was not asked, nothing was changed.`,
      hint: 'Ask again.',
      nothing_changed: true,
    };
  const known = about.find(
    (entry) =>
      (entry.event === 'outcome' || entry.event === 'found') && entry.detail.intent === intent.sequence,
  );
  if (!known)
    return {
      code: 'outcome_unknown',
      message: `${died} The audit log has the intent (line ${intent.sequence}) and no outcome: it may or may not have happened. It was not repeated.`,
      hint: 'Look at the resource before asking again.',
      nothing_changed: false,
    };
  const said = known.event === 'found' ? known.detail.finding : `the outcome was "${known.detail.result}"`;
  return {
    code: 'outcome_unknown',
    message: `${died} The audit log (line ${known.sequence}): ${said} It was not repeated.`,
    hint: 'See it with: aiops audit show',
    nothing_changed: false,
  };
}
