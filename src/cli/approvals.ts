import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import { METHODS, type ProposalStatus } from '../../mcp-server/contract/wire.ts';
import { inUnits } from '../approval/proposal-lines.ts';
import { callText } from '../assistant/call-text.ts';
import { WORDS } from '../language/conversation.ts';
import type { MethodResult, Tools } from '../tools/tools.ts';
import type { ExitName } from './exit-codes.ts';
import { jsonLine } from './json-line.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import { type Column, table } from './tables/table.ts';

type Row = { proposal: Proposal; status: ProposalStatus };
type StandingRow = MethodResult<typeof METHODS.standing>['standing'][number];

/** `aiops approvals`: what waits for a yes (with `--all` also what was), and the standing grants. */
export async function listApprovals(
  given: { all?: boolean },
  options: Options,
  tools: Tools,
  output: Output,
): Promise<ExitName> {
  const [{ proposals }, { standing }] = await Promise.all([
    tools.ask(METHODS.proposals, given.all ? { all: true } : {}),
    tools.ask(METHODS.standing, {}),
  ]);
  if (options.json) {
    output.data(jsonLine({ proposals, standing }));
    return 'done';
  }
  if (proposals.length === 0) output.note(given.all ? 'No proposals.' : 'Nothing waits for an approval.');
  for (const line of table(proposals, PROPOSALS)) output.data(line);
  if (standing.length > 0) {
    output.data('');
    for (const line of table(standing, STANDING)) output.data(line);
  }
  if (proposals.some(({ status }) => status === 'pending'))
    output.note('Approve one with: aiops approve <id>');
  return 'done';
}

/** `aiops approvals revoke <id>`: ends a standing grant, or declines a proposal that still waits. */
export async function revoke(id: string, tools: Tools, output: Output): Promise<ExitName> {
  const { standing } = await tools.ask(METHODS.standing, {});
  if (standing.some(({ grant }) => grant.id === id)) {
    await tools.ask(METHODS.revokeStanding, { id });
    output.note(`The standing grant ${id} is revoked.`);
    return 'done';
  }
  await tools.ask(METHODS.decline, { id, reason: 'revoked from the command line' });
  output.note(`The proposal ${id} is declined.`);
  return 'done';
}

export function proposalText(proposal: Proposal): string {
  const changes = proposal.kind === 'call' ? [proposal] : proposal.steps;
  return changes.map((change) => callText(change.tool, change.arguments)).join('; ');
}

const PROPOSALS: Column<Row>[] = [
  { title: 'ID', value: ({ proposal }) => proposal.id },
  { title: 'STATUS', value: ({ status }) => status },
  { title: 'CALL', value: ({ proposal }) => proposalText(proposal) },
  { title: 'ACCOUNT', value: ({ proposal }) => `${proposal.account} ${proposal.region}` },
  { title: 'EXPIRES', value: ({ proposal }) => proposal.expires_at },
];

const STANDING: Column<StandingRow>[] = [
  { title: 'STANDING', value: ({ grant }) => grant.id },
  { title: 'TOOL', value: ({ grant }) => grant.tool },
  { title: 'TARGET', value: ({ grant }) => grant.target },
  {
    title: 'RATE',
    value: ({ grant }) => `${grant.rate.count} in ${WORDS.en.approval.span(inUnits(grant.rate.seconds))}`,
  },
  { title: 'USED', value: ({ used }) => used },
  { title: 'EXPIRES', value: ({ grant }) => grant.expires_at },
  { title: 'REVOKED', value: ({ revoked_at }) => revoked_at ?? undefined },
  { title: 'REASON', value: ({ grant }) => grant.reason },
];
