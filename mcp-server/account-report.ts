import type { Account } from './cloud/account.ts';
import type { Accounts } from './cloud/accounts.ts';
import { asGap } from './cloud/explain-error.ts';
import type { OpenCloud } from './cloud/open-cloud.ts';
import type { AccountReport } from './contract/wire.ts';

export type AccountReportParts = {
  cloud: OpenCloud;
  /** The installation's id; empty before there is one. */
  server: () => Promise<string>;
  readOnly: boolean;
  /** Intents left without an outcome, looked up once. */
  recovered: () => Promise<AccountReport['recovered']>;
  /** What a person should know of how the server runs: a configuration that does not load. */
  notes: readonly string[];
};

type AccountRow = AccountReport['accounts'][number];

/** Where calls go and as whom. An account that cannot be opened or does not answer says why. */
export async function reportAccounts(parts: AccountReportParts, session: string): Promise<AccountReport> {
  const { all } = parts.cloud.accounts;
  const notes = [...parts.notes];
  // A store that cannot be read stops changes, not a look at the account.
  const noting =
    <T>(instead: T) =>
    (error: unknown): T => {
      notes.push(messageOf(error));
      return instead;
    };
  const [accounts, recovered, server] = await Promise.all([
    Promise.all(all.map((one, index) => reportAccount(one, index === 0))),
    parts.recovered().catch(noting([])),
    parts.server().catch(noting('')),
  ]);
  const current = await all[0]?.open().catch(() => null);
  return {
    server,
    session,
    read_only: parts.readOnly,
    accounts,
    now: (current?.now() ?? new Date()).toISOString(),
    recovered,
    notes: [...new Set(notes)],
  };
}

/** One account, asked who is calling. Never throws for AWS. */
export async function reportAccount(
  { name, backend, open }: Accounts['all'][number],
  current: boolean,
): Promise<AccountRow> {
  let account: Account;
  try {
    account = await open();
  } catch (error) {
    const problem = { what: 'the account', why: 'not_configured' as const, detail: messageOf(error) };
    return { name, account: null, identity: null, regions: [], backend, problem, current };
  }
  const notes = account.notes?.() ?? [];
  const common = {
    ...{ name: account.name, backend: account.backend, keeps: account.keeps, current },
    ...(notes.length > 0 && { notes }),
  };
  let regions: string[] = [];
  try {
    regions = await account.regions();
    const identity = await account.identity();
    return { ...common, account: identity.account, identity: identity.arn, regions, problem: null };
  } catch (error) {
    const place = { account, region: regions[0] ?? '' };
    const problem = asGap(error, 'who is calling', { action: 'sts:GetCallerIdentity', place });
    return { ...common, account: account.number(), identity: null, regions, problem };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
