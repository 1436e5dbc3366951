import type { Configuration } from '../contract/configuration.ts';
import type { Backend } from '../contract/proposal.ts';
import type { Account, Place } from './account.ts';
import type { AwsSource } from './aws-account.ts';
import { untouched } from './call-failure.ts';
import type { Whereabouts } from './cloud.ts';

/** Where an account comes from, before anything is read or imported for it. */
export type AccountSource =
  | ({ kind: 'aws' } & AwsSource)
  /** `name`: as configured; without it the file's alias. */
  | { kind: 'simulated'; name?: string | undefined; file: string };

/** What the command line says about accounts. */
export type AccountFlags = {
  /** A file, `demo`, `aws`, or a configured account's name. */
  account?: string | undefined;
  profile?: string | undefined;
  regions: string[];
};

export const DEMO = 'demo';
export const AWS = 'aws';

/** Any of these says that the environment is set up for AWS. */
const AWS_VARIABLES = [
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_ENDPOINT_URL',
];

/**
 * The accounts of a run, the current one first: what the flags name, else what the configuration names, else
 * AWS when the environment is set up for it, else the account that ships with the product.
 *
 * @param demoFile the account file that ships with the product
 */
export function accountSources(
  flags: AccountFlags,
  configuration: Pick<Configuration, 'account' | 'accounts' | 'regions'>,
  environment: NodeJS.ProcessEnv,
  demoFile: string,
): AccountSource[] {
  const regions = flags.regions.length > 0 ? flags.regions : configuration.regions;
  const configured = (configuration.accounts ?? []).map((one): AccountSource => {
    if ('file' in one) return { kind: 'simulated', name: one.name, file: one.file };
    return {
      kind: 'aws',
      ...one,
      regions: flags.regions.length > 0 ? flags.regions : (one.regions ?? regions),
    };
  });
  const wanted = flags.account ?? (flags.profile ? AWS : (configuration.account ?? fromEnvironment()));
  const named = configured.find((one) => one.name === wanted);
  if (named) return [named, ...configured.filter((one) => one !== named)];
  return [directly(wanted), ...configured];

  function fromEnvironment(): string {
    const [first] = configured;
    if (first?.name) return first.name;
    return AWS_VARIABLES.some((name) => environment[name]) ? AWS : DEMO;
  }
  function directly(account: string): AccountSource {
    if (account === DEMO) return { kind: 'simulated', file: demoFile };
    if (account !== AWS) return { kind: 'simulated', file: account };
    const name = flags.profile ?? environment.AWS_PROFILE ?? AWS;
    return { kind: 'aws', name, profile: flags.profile, regions };
  }
}

/** The accounts of a run, opened at first use. */
export type Accounts = {
  /** In order, the current one first. Each throws `CallFailure` when it cannot be opened. */
  all: { name: string /** As far as it is known unopened. */; backend: Backend; open(): Promise<Account> }[];
};

export async function accountAt(accounts: Accounts, name: string | undefined): Promise<Account> {
  const [current] = accounts.all;
  if (!current) throw untouched('not_configured', 'There is no account.');
  if (name === undefined || name === current.name) return current.open();
  for (const one of accounts.all) if (one.name === name) return one.open();
  // A simulated account's alias and an account number are known only once it is open.
  for (const one of accounts.all) {
    const account = await one.open().catch(() => null);
    if (account && (account.name === name || account.number() === name)) return account;
  }
  throw untouched('not_configured', `There is no account "${name}".`, {
    hint: `Configured: ${accounts.all.map((one) => one.name).join(', ')}.`,
  });
}

const REGION = /^[a-z]{2,3}(-[a-z]+)+-\d+$/;

/** `account: "all"` looks at every account; no region looks at every region of the account. */
export async function placesAt(accounts: Accounts, at: Whereabouts): Promise<Place[]> {
  const everywhere = at.account === 'all' && !accounts.all.some((one) => one.name === 'all');
  const opened = everywhere
    ? await Promise.all(accounts.all.map((one) => one.open()))
    : [await accountAt(accounts, at.account)];
  const places = await Promise.all(opened.map((account) => placesOf(account, at.region)));
  return places.flat();
}

async function placesOf(account: Account, region: string | undefined): Promise<Place[]> {
  if (region === undefined) return (await account.regions()).map((one) => ({ account, region: one }));
  if (!REGION.test(region)) {
    throw untouched('invalid_arguments', `"${region}" is not an AWS region.`, {
      hint: `A region looks like ap-northeast-2; ${account.name} uses ${(await account.regions()).join(', ')}.`,
    });
  }
  const known = account.backend.kind === 'simulated' ? await account.regions() : [region];
  if (known.includes(region)) return [{ account, region }];
  throw untouched('invalid_arguments', `The account ${account.name} has no region ${region}.`, {
    hint: `It has ${known.join(', ')}.`,
  });
}
