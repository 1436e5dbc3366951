import type { Account, Identity } from './account.ts';
import { assumeRole } from './assume-role.ts';
import { untouched } from './call-failure.ts';
import { createConnections } from './connections.ts';
import { configuredEndpoints, endpointFor, endpointsInWords } from './endpoint.ts';
import type { Service } from './services.ts';
import { readProfile } from './shared-config.ts';

export type AwsSource = {
  name: string;
  profile?: string | undefined;
  role_arn?: string | undefined;
  /** Empty or missing: the region of the environment or the profile. */
  regions?: string[] | undefined;
};

/** How long an identity is believed before AWS is asked again. */
const IDENTITY_MS = 60_000;

/** A real account, with the SDK's default credential chain, a profile, or a role assumed with either. */
export async function openAwsAccount(
  source: AwsSource,
  environment: NodeJS.ProcessEnv,
  now: () => Date = () => new Date(),
): Promise<Account> {
  const profile = source.profile;
  const base = profile ? { profile } : {};
  let role: ReturnType<typeof assumeRole> | null = null;

  const endpoints = await configuredEndpoints(environment, profile);
  const towards = (service: Service) => {
    const endpoint = endpointFor(service, endpoints);
    return endpoint ? { endpoint } : {};
  };

  const connect = createConnections((service, region) => {
    const config = { ...base, ...towards(service) };
    if (!source.role_arn) return config;
    role ??= assumeRole(source.role_arn, { ...base, ...towards('sts'), region }, () => now().getTime());
    return { ...config, credentials: role };
  });

  async function regions(): Promise<string[]> {
    if (source.regions && source.regions.length > 0) return source.regions;
    const named = profile ? undefined : (environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION);
    const found = named || (await regionOfProfile(base)) || environment.AWS_REGION;
    if (found) return [found];
    if (profile && !(await readProfile(profile, environment)).known)
      throw untouched('not_configured', `There is no profile "${profile}".`, {
        hint: 'Profiles stand in ~/.aws/config and ~/.aws/credentials.',
      });
    throw untouched('not_configured', `The account ${source.name} has no region.`, {
      hint: 'Pass --region, set AWS_REGION, or list `regions` in the configuration.',
    });
  }

  let number: string | null = null;
  let known: { at: number; identity: Promise<Identity> } | null = null;
  async function identity(): Promise<Identity> {
    const at = now().getTime();
    if (known && Math.abs(at - known.at) < IDENTITY_MS) return known.identity;
    const asked = ask();
    known = { at, identity: asked };
    asked.then(
      (identity) => {
        number = identity.account;
      },
      () => {
        if (known?.identity === asked) known = null;
      },
    );
    return asked;
  }
  async function ask(): Promise<Identity> {
    const [region = ''] = await regions();
    const { sdk, client } = await connect('sts', region, 'read');
    const answer = await client.send(new sdk.GetCallerIdentityCommand({}));
    return { account: answer.Account ?? '', arn: steadyArn(answer.Arn ?? '') };
  }

  return {
    name: source.name,
    backend: { kind: 'aws', endpoint: endpointsInWords(endpoints) },
    profile: profile ?? null,
    regions,
    identity,
    now,
    protected: [],
    number: () => number,
    declared: () => [],
    keeps: true,
    connect,
  };
}

/** The SDK names a role session after the time when a profile gives it no name; the caller is the same all the while. */
export function steadyArn(arn: string): string {
  return arn.replace(/\/aws-sdk-js-(session-)?\d+$/, '/aws-sdk-js');
}

/** The region the SDK finds in the profile's section of the AWS configuration file, if any. */
async function regionOfProfile(base: { profile?: string }): Promise<string | undefined> {
  const { STSClient } = await import('./sdk/sts.ts');
  try {
    return await new STSClient(base).config.region();
  } catch {
    // The SDK throws "Region is missing": our caller says it in its own words.
    return undefined;
  }
}
