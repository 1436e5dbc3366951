import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Account } from './cloud/account.ts';
import type { OpenCloud } from './cloud/open-cloud.ts';
import { lookForRequest } from './cloud/trail-evidence.ts';
import type { Backend } from './contract/proposal.ts';
import type { Ledger } from './guard/ledger.ts';
import { type LookUp, type Recovered, recoverOpenIntents } from './guard/recover-intents.ts';
import type { AnyTool } from './tools/tool.ts';

/**
 * Looks up, once, what became of changes that a crash left between intent and outcome. A store that is not
 * there yet has none, and is not made for looking.
 */
export function recoverOnce(
  ledger: Ledger,
  tools: ReadonlyMap<string, AnyTool>,
  cloud: OpenCloud,
  clock: () => number,
): () => Promise<Recovered[]> {
  let recovered: Promise<Recovered[]> | null = null;
  return () => {
    recovered ??= existsSync(ledger.file)
      ? recoverOpenIntents(ledger, lookUpWith(tools, cloud), clock)
      : Promise.resolve([]);
    return recovered;
  };
}

function lookUpWith(tools: ReadonlyMap<string, AnyTool>, cloud: OpenCloud): LookUp {
  return async (change, at) => {
    const tool = tools.get(change.tool);
    if (tool?.kind !== 'change') throw new Error(`this version has no ${change.tool}`);
    const unsure: string[] = [];
    for (const one of cloud.accounts.all) {
      const account = await accountWhere(one, at).catch((error: unknown) => {
        unsure.push(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      });
      if (account === null) continue;
      const place = { account, region: at.region };
      const looking = cloud.forCall({ signal: AbortSignal.timeout(60_000) });
      const [seen, trail] = await Promise.all([
        tool.verify(change, { account: account.name, region: at.region }, looking),
        tool.event === null || at.identity === undefined || at.asked_at === undefined
          ? null
          : lookForRequest(looking, place, {
              ...(tool.requestOf?.(change) ?? { event: tool.event, ids: change.targets.map(({ id }) => id) }),
              identity: at.identity,
              since: new Date(at.asked_at),
            }),
      ]);
      return { seen, trail };
    }
    if (unsure.length > 0) throw new Error(unsure.join('; '));
    return null;
  };
}

/** The account if it is the one the change was for, else null. Throws when that cannot be told. */
async function accountWhere(
  one: OpenCloud['accounts']['all'][number],
  at: Parameters<LookUp>[1],
): Promise<Account | null> {
  if (knownUnopened(one.backend) !== knownUnopened(at.backend)) return null;
  const account = await one.open();
  if (account.backend.kind === 'simulated' && !isDeepStrictEqual(account.backend, at.backend)) {
    throw new Error(`${account.backend.file} has changed since`);
  }
  if (!account.keeps) throw new Error('it was run with --keep, and this run is without');
  if (!isDeepStrictEqual(account.backend, at.backend)) return null;
  return (await account.identity()).account === at.account ? account : null;
}

/** An account's file is known before it is read; the endpoint of AWS only when its profile has been. */
function knownUnopened(backend: Backend): string {
  return backend.kind === 'aws' ? 'aws' : backend.file;
}
