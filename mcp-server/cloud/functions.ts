import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type Place, partitionOf } from './account.ts';
import type { Cloud } from './cloud.ts';

/** The most AWS gives at a time, whatever it is asked for. */
const PAGE = 50;

/** All functions of a place, every page of them. Their state is not among what AWS says here. */
export async function readFunctions(
  cloud: Cloud,
  { account, region }: Place,
): Promise<FunctionConfiguration[]> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const found: FunctionConfiguration[] = [];
  const pages = sdk.paginateListFunctions({ client, pageSize: PAGE }, {}, { abortSignal: cloud.signal });
  for await (const page of pages) found.push(...(page.Functions ?? []));
  return found;
}

/** A function as it is now. */
export type FunctionNow = {
  configuration: FunctionConfiguration;
  /** Null: none of its own. */
  reserved: number | null;
};

/** One request for state, last update and reserved concurrency: this one may be made a hundred times a second. */
export async function readFunction(
  cloud: Cloud,
  { account, region }: Place,
  name: string,
): Promise<FunctionNow> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const command = new sdk.GetFunctionCommand({ FunctionName: name });
  const answer = await client.send(command, { abortSignal: cloud.signal });
  return {
    configuration: answer.Configuration ?? {},
    reserved: answer.Concurrency?.ReservedConcurrentExecutions ?? null,
  };
}

/** The configuration alone: of the unpublished version, or of a published one. */
export async function readConfiguration(
  cloud: Cloud,
  { account, region }: Place,
  name: string,
  version?: string,
): Promise<FunctionConfiguration> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const which = version === undefined ? {} : { Qualifier: version };
  return client.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: name, ...which }), {
    abortSignal: cloud.signal,
  });
}

export async function readAliases(
  cloud: Cloud,
  { account, region }: Place,
  name: string,
): Promise<AliasConfiguration[]> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const found: AliasConfiguration[] = [];
  const pages = sdk.paginateListAliases({ client }, { FunctionName: name }, { abortSignal: cloud.signal });
  for await (const page of pages) found.push(...(page.Aliases ?? []));
  return found;
}

/** The unpublished version and all published ones, oldest first, as AWS lists them. */
export async function readVersions(
  cloud: Cloud,
  { account, region }: Place,
  name: string,
): Promise<FunctionConfiguration[]> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const found: FunctionConfiguration[] = [];
  const pages = sdk.paginateListVersionsByFunction(
    { client, pageSize: PAGE },
    { FunctionName: name },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) found.push(...(page.Versions ?? []));
  return found;
}

/** What may still be reserved of the account's concurrency, before what AWS keeps for all others. */
export async function readUnreserved(cloud: Cloud, { account, region }: Place): Promise<number | null> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const { AccountLimit: limit } = await client.send(new sdk.GetAccountSettingsCommand({}), {
    abortSignal: cloud.signal,
  });
  return limit?.UnreservedConcurrentExecutions ?? null;
}

/** `owner`: the account number. */
export function functionArn(region: string, owner: string, name: string): string {
  return `arn:${partitionOf(region)}:lambda:${region}:${owner}:function:${name}`;
}

/** Lambda writes `2026-11-20T08:31:00.000+0000`; undefined for what is no time. */
export function modifiedAt({ LastModified: said }: FunctionConfiguration): string | undefined {
  const at = Date.parse((said ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
