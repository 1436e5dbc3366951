import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { OpenCloud } from './cloud/open-cloud.ts';
import type { Ledger } from './guard/ledger.ts';
import { type LookUp, type Recovered, recoverOpenIntents } from './guard/open-intents.ts';
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
    if (tool?.kind !== 'change') return null;
    for (const one of cloud.accounts.all) {
      const account = await one.open().catch(() => null);
      if (!account || !isDeepStrictEqual(account.backend, at.backend)) continue;
      if ((await account.identity()).account !== at.account) continue;
      const signal = AbortSignal.timeout(60_000);
      return tool.verify(change, { account: account.name, region: at.region }, cloud.forCall({ signal }));
    }
    return null;
  };
}
