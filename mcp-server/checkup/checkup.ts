import { reportAccount } from '../account-report.ts';
import type { Accounts } from '../cloud/accounts.ts';
import type { AccountCheckup } from '../contract/checkup.ts';
import { clockAheadMs } from './clock.ts';
import { checkPermissions } from './permissions.ts';

/**
 * Looks at each account as far as AWS can tell: who is calling, where, by which clock, and what the caller may
 * do of what `tools` need. What cannot be found out says so; nothing is changed and nothing thrown for AWS.
 */
export async function checkAccounts(
  accounts: Accounts,
  tools: readonly string[],
  now: () => number,
): Promise<AccountCheckup[]> {
  return Promise.all(
    accounts.all.map(async (one, index): Promise<AccountCheckup> => {
      const report = await reportAccount(one, index === 0);
      const { account, identity, regions } = report;
      const { name, current, backend, problem } = report;
      const known = { name, current, backend, account, identity, regions, problem };
      const [region] = regions;
      if (identity === null || account === null || region === undefined)
        return { ...known, clock_ahead_ms: null, permissions: null };
      const place = { account: await one.open(), region };
      return {
        ...known,
        // The identity was told a moment ago: a failure now is no more than an unknown clock.
        clock_ahead_ms: await clockAheadMs(place, now).catch(() => null),
        permissions: await checkPermissions(identity, account, tools, place),
      };
    }),
  );
}
