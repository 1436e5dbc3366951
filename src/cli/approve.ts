import { METHODS, SESSION_ENDED } from '../../mcp-server/contract/wire.ts';
import { plainLine } from '../domain/plain-text.ts';
import { WORDS } from '../language/conversation.ts';
import type { Tools } from '../tools/tools.ts';
import { configuredLanguage } from './configured-language.ts';
import type { ExitName } from './exit-codes.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import type { CliParts } from './parts.ts';
import { UsageError } from './usage-error.ts';

/** A passphrase may be mistyped this often. */
const TRIES = 3;

/** `aiops approve <id>`: shows a waiting proposal on the terminal, and signs it or declines it. */
export async function approve(
  id: string,
  options: Options,
  parts: CliParts,
  tools: Tools,
  output: Output,
): Promise<ExitName> {
  const [configured, answerer] = await Promise.all([
    configuredLanguage(options, parts.environment),
    parts.openAnswerer(options),
  ]);
  const language = configured ?? 'en';
  // People type what they read: case does not count in Crockford's base 32.
  const { proposals } = await tools.ask(METHODS.proposals, { id: id.toUpperCase(), all: true });
  const found = proposals[0];
  if (!found) throw new UsageError(`there is no proposal "${plainLine(id)}"; "aiops approvals" lists them`);
  const { proposal, status, why } = found;
  if (status !== 'pending') {
    output.note(
      why === SESSION_ENDED
        ? `Proposal ${proposal.id} can no longer run: ${why}. Nothing was signed. Ask again, where you can answer.`
        : `Proposal ${proposal.id} is ${status}${why ? ` (${plainLine(why)})` : ''}; nothing was signed.`,
    );
    return 'approval';
  }
  const approver = await parts.openApprover(language);
  const words = WORDS[language];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const decision = await answerer.ask({ proposal, flagged: [], offer: 'yes_no', language });
    if (decision.decision === 'expired') {
      output.note(words.approval.expired);
      return 'approval';
    }
    if (decision.decision !== 'approve') {
      const reason = decision.decision === 'decline' ? decision.reason : undefined;
      await tools.ask(METHODS.decline, { id: proposal.id, ...(reason ? { reason } : {}) });
      output.note(words.approval.declined);
      return 'approval';
    }
    const signed = await approver.sign(proposal, decision.passphrase);
    if (signed.kind === 'signed') {
      await tools.ask(METHODS.submitGrant, { grant: signed.grant });
      output.note(`${words.approval.approved} ${proposal.id}`);
      return 'done';
    }
    output.note(signed.why);
    if (signed.kind === 'failed') return 'failed';
  }
  return 'approval';
}
