import type { Configuration } from '../contract/configuration.ts';
import type { Gap } from '../contract/coverage.ts';
import type { Backend } from '../contract/proposal.ts';
import type { Account, Place } from './account.ts';
import type { AwsSource } from './aws-account.ts';
import { CallFailure, untouched } from './call-failure.ts';
import type { Places, Whereabouts } from './cloud.ts';

/** Where an account comes from, before anything is read or imported for it. */
export type AccountSource = (
  | ({ kind: 'aws' } & AwsSource)
  /** `name`: as configured; without it the file's alias. `others`: what it may have been meant for. */
  | { kind: 'simulated'; name?: string | undefined; file: string; others?: string[]; regions?: string[] }
) & {
  /** Why it is not opened. */
  problem?: CallFailure;
};

/** What the command line says about accounts. */
type AccountFlags = {
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
  const current = named ?? directly(wanted);
  const others = configured.filter((one) => one !== named);
  return [{ ...current, ...narrowing(), ...contradiction(flags, current) }, ...others];

  /** A simulated account has its regions from its file: only `--region`, about the current one, narrows it. */
  function narrowing(): { regions?: string[] } {
    return current.kind === 'simulated' && flags.regions.length > 0 ? { regions: flags.regions } : {};
  }
  function fromEnvironment(): string {
    const [first] = configured;
    if (first?.name) return first.name;
    return AWS_VARIABLES.some((name) => environment[name]) ? AWS : DEMO;
  }
  function directly(account: string): AccountSource {
    if (account === DEMO) return { kind: 'simulated', file: demoFile };
    if (account !== AWS) return { kind: 'simulated', file: account, others: names() };
    const name = flags.profile ?? environment.AWS_PROFILE ?? AWS;
    return { kind: 'aws', name, profile: flags.profile, regions };
  }
  function names(): string[] {
    return [...new Set([...configured.flatMap(({ name }) => name ?? []), DEMO, AWS])];
  }
}

/** An account that has a profile of its own, or none, is not reached with another. */
function contradiction(
  { account, profile }: AccountFlags,
  current: AccountSource,
): { problem?: CallFailure } {
  const own = current.kind === 'aws' ? current.profile : undefined;
  if (account === undefined || profile === undefined || own === profile) return {};
  const is = current.kind === 'simulated' ? 'simulated' : own ? `of the profile ${own}` : 'of no profile';
  return {
    problem: untouched(
      'invalid_arguments',
      `--account ${account} and --profile ${profile} contradict each other: that account is ${is}. Leave one of them out.`,
    ),
  };
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
export async function placesAt(accounts: Accounts, at: Whereabouts): Promise<Places> {
  const everywhere = at.account === 'all' && !accounts.all.some((one) => one.name === 'all');
  if (!everywhere) {
    return { open: await placesOf(await accountAt(accounts, at.account), at.region), gaps: [] };
  }
  const outcomes = await Promise.allSettled(
    accounts.all.map(async (one) => placesOf(await one.open(), at.region)),
  );
  const open = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const failed = outcomes.find((one) => one.status === 'rejected');
  if (failed && open.length === 0) throw failed.reason;
  const gaps = outcomes.flatMap((one, index) =>
    one.status === 'rejected' ? [unopened(accounts.all[index]?.name ?? '', one.reason)] : [],
  );
  return { open, gaps };
}

/** An account that cannot be opened, or has no such region. */
function unopened(account: string, reason: unknown): Gap {
  const misplaced = reason instanceof CallFailure && reason.failure.code === 'invalid_arguments';
  return {
    what: 'the account',
    why: misplaced ? 'wrong_region' : 'not_configured',
    detail: reason instanceof Error ? reason.message : String(reason),
    account,
  };
}

async function placesOf(account: Account, region: string | undefined): Promise<Place[]> {
  if (region === undefined) return (await account.regions()).map((one) => ({ account, region: one }));
  if (!REGION.test(region)) {
    throw untouched('invalid_arguments', `"${region}" is not an AWS region.`, {
      hint: `A region looks like ap-northeast-2; ${account.name} uses ${(await account.regions()).join(', ')}.`,
    });
  }
  const known = account.allRegions ?? [region];
  if (known.includes(region)) return [{ account, region }];
  throw untouched('invalid_arguments', `The account ${account.name} has no region ${region}.`, {
    hint: `It has ${known.join(', ')}.`,
  });
}
