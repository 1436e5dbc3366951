import { type AccountReportParts, reportAccounts } from './account-report.ts';
import { accountAt } from './cloud/accounts.ts';
import type { OpenCloud } from './cloud/open-cloud.ts';
import type { Directory } from './contract/directory.ts';
import { RESOURCES } from './contract/wire.ts';

export type PublishedResource = {
  uri: string;
  name: string;
  description: string;
  /** `account`: as the request's `?account=` names it. */
  read(call: { session: string; signal: AbortSignal; account?: string }): Promise<unknown>;
};

/** What the server publishes beside its tools. */
export function publishedResources(parts: AccountReportParts & { cloud: OpenCloud }): PublishedResource[] {
  return [
    {
      uri: RESOURCES.account,
      name: 'Account',
      description: 'Where calls go, as whom, and what may change there.',
      read: ({ session }) => reportAccounts(parts, session),
    },
    {
      uri: RESOURCES.directory,
      name: 'Directory',
      description: 'What the account holds that words can name; ?account=name for another configured one.',
      read: async ({ signal, account: named }): Promise<Directory> => {
        const account = await accountAt(parts.cloud.accounts, named);
        const { entries, coverage } = await parts.cloud.forCall({ signal }).directory(account);
        const { gaps } = coverage;
        return gaps.length === 0 ? { entries, complete: true } : { entries, complete: false, gaps };
      },
    },
  ];
}
