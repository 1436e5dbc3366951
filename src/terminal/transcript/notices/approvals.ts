import type { Proposal } from '../../../../mcp-server/contract/proposal.ts';
import { wrap } from '../../text/cells.ts';
import type { Line } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { Asked } from '../item.ts';
import { roomFor } from '../results/room.ts';
import type { ViewContext } from '../view-context.ts';

/** `/approvals`: what asked in this session and what became of it. `at`: milliseconds since 1970. */
export function approvalsLines(asked: readonly Asked[], at: number, context: ViewContext): Line[] {
  const { words, columns, clock } = context;
  const elsewhere = wrap(words.approvals.elsewhere, columns, 'dim');
  if (asked.length === 0) return [...wrap(words.approvals.none, columns, 'dim'), ...elsewhere];
  const table: Column<Asked>[] = [
    { title: words.results.id, cell: ({ proposal }) => proposal.id, keep: 1 },
    { title: words.results.change, cell: ({ proposal }) => subject(proposal), keep: 2, least: 10 },
    { title: words.results.outcome, cell: (row) => outcome(row, at, context), keep: 3 },
    {
      title: `${words.results.at} (${clock.zone})`,
      cell: ({ proposal }) => clock.at(proposal.created_at),
      keep: 4,
    },
  ];
  return [...tableLines(table, asked, roomFor(context)), ...elsewhere];
}

function subject(proposal: Proposal): string {
  const changes = proposal.kind === 'call' ? [proposal] : proposal.steps;
  return changes
    .map(({ tool, targets }) => `${tool} ${targets.map(({ name, id }) => name || id).join(', ')}`)
    .join('; ');
}

function outcome({ proposal, decision }: Asked, at: number, { words }: ViewContext): string {
  if (decision === 'approve') return words.approvals.approved;
  if (decision === 'decline' || decision === 'edit') return words.approvals.declined;
  if (decision === 'expired') return words.approvals.expired;
  return Date.parse(proposal.expires_at) <= at ? words.approvals.expired : words.approvals.pending;
}
