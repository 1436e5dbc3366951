import type { AccountReport } from '../../../mcp-server/contract/wire.ts';
import type { SessionPlace } from '../../domain/kept-session.ts';

/** The account that a report calls the current one, as a session keeps it. */
export function placeOf(report: AccountReport): SessionPlace | null {
  const row = report.accounts.find(({ current }) => current);
  if (!row) return null;
  const { name, account, backend } = row;
  return {
    name,
    account,
    backend: backend.kind === 'simulated' ? backend.file : (backend.endpoint ?? 'aws'),
  };
}

/** Whether both are the same account. A number that is not known (no credentials, say) leaves it to the name. */
export function samePlace(a: SessionPlace, b: SessionPlace): boolean {
  if (a.backend !== b.backend) return false;
  if (a.account !== null && b.account !== null) return a.account === b.account;
  return a.name === b.name;
}
