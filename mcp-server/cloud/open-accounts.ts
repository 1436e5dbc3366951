import { resolve } from 'node:path';
import type { Account } from './account.ts';
import type { AccountSource, Accounts } from './accounts.ts';
import { openAwsAccount } from './aws-account.ts';
import { endpointsInWords, endpointsOfEnvironment } from './endpoint.ts';
import { openSimulatedAccount, type SimulationSettings } from './simulated-account.ts';

/** Makes accounts of their sources, each at its first use and once; one that failed to open is tried anew. */
export function openAccounts(
  sources: readonly AccountSource[],
  environment: NodeJS.ProcessEnv,
  simulation: SimulationSettings,
): Accounts {
  return {
    all: sources.map((source) => {
      let opened: Promise<Account> | null = null;
      return {
        name: source.name ?? (source.kind === 'simulated' ? source.file : ''),
        backend:
          source.kind === 'aws'
            ? { kind: 'aws', endpoint: endpointsInWords(endpointsOfEnvironment(environment)) }
            : { kind: 'simulated', file: resolve(source.file), sha256: '' },
        open() {
          opened ??= openOne(source).catch((error: unknown) => {
            opened = null;
            throw error;
          });
          return opened;
        },
      };
    }),
  };

  async function openOne(source: AccountSource): Promise<Account> {
    if (source.problem) throw source.problem;
    if (source.kind === 'aws') return openAwsAccount(source, environment);
    return openSimulatedAccount(source, simulation);
  }
}
