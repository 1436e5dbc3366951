import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DocumentError } from '../contract/document-error.ts';
import { nearestWord } from '../contract/nearest-word.ts';
import type { Account } from './account.ts';
import { untouched } from './call-failure.ts';
import { createConnections } from './connections.ts';
import { declaredResources } from './declared-resources.ts';

/** How a simulated account is run; the same for all of a process. */
export type SimulationSettings = {
  /** Overrides the file's clock: when the run starts. */
  startAt?: Date;
  /** Simulated seconds in a real one. */
  speed?: number;
  /** The folder where changes are kept for the next run; without it they are gone with the process. */
  keepIn?: string;
};

/** Anything signs: nothing leaves the process. */
const CREDENTIALS = { accessKeyId: 'SIMULATED', secretAccessKey: 'simulated' };

/** Reads an account file and puts the simulator behind the clients. Throws `CallFailure` for a file that does not hold together. */
export async function openSimulatedAccount(
  source: { name?: string | undefined; file: string; others?: string[]; regions?: string[] },
  settings: SimulationSettings,
): Promise<Account> {
  const [{ readAccountFile }, { createSimulatedAccount }] = await Promise.all([
    import('../simulator/account-file.ts'),
    import('../simulator/simulated-account.ts'),
  ]);
  const [file, sha256] = await Promise.all([
    readAccountFile(source.file).catch((error: unknown) => {
      if (error instanceof DocumentError) throw untouched('configuration', error.message + instead(source));
      throw error;
    }),
    hashOf(source.file),
  ]);
  const { keepIn, ...rest } = settings;
  const kept = keepIn === undefined ? {} : { keep: { path: keptPath(keepIn, file.path) } };
  const simulated = madeOrExplained(() =>
    createSimulatedAccount({ file, clock: () => new Date(), ...rest, ...kept }),
  );
  const name = source.name ?? file.alias ?? file.account;
  const regions = narrowed(name, file.regions, source.regions);
  const connect = createConnections(
    () => ({ credentials: CREDENTIALS }),
    (client) => simulated.attach(client),
  );
  return {
    name,
    backend: { kind: 'simulated', file: resolve(source.file), sha256 },
    profile: null,
    regions: async () => regions,
    allRegions: [...file.regions],
    identity: async () => ({ account: file.account, arn: simulated.identity }),
    now: () => simulated.now(),
    protected: [...file.protected],
    number: () => file.account,
    notes: () => simulated.notes(),
    declared: () =>
      declaredResources(file, name).filter(
        ({ region }) => regions.includes(region) || !file.regions.includes(region),
      ),
    keeps: keepIn !== undefined,
    connect,
  };
}

/** What is kept cannot be used: the message says where it is and what to do. */
function madeOrExplained<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof DocumentError) throw untouched('store', error.message);
    throw error;
  }
}

/** The regions to look at: those asked for, in that order, else all there are. */
function narrowed(name: string, all: readonly string[], asked: readonly string[] = []): string[] {
  const unknown = asked.filter((one) => !all.includes(one));
  if (unknown.length > 0) {
    throw untouched('invalid_arguments', `The account ${name} has no region ${unknown.join(', ')}.`, {
      hint: `It has ${all.join(', ')}.`,
    });
  }
  return asked.length > 0 ? [...new Set(asked)] : [...all];
}

/** A word that is no file was more likely meant for the name of an account. */
function instead({ file, others = [] }: { file: string; others?: string[] }): string {
  if (others.length === 0 || existsSync(file)) return '';
  const meant = nearestWord(file, others);
  const question = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `${question} Accounts by name: ${others.join(', ')}.`;
}

/** One file for each account file, told apart by where it is. */
function keptPath(folder: string, file: string): string {
  const mark = createHash('sha256').update(file).digest('hex').slice(0, 16);
  return join(folder, `${mark}.journal`);
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path).catch(() => ''))
    .digest('hex');
}
