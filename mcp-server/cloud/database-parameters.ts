import type { Parameter } from '@aws-sdk/client-rds';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** Where a parameter is set: for one database (and all that share its group), or for a whole cluster. */
export type ParameterGroup = { scope: 'database' | 'cluster'; name: string };

/** The most AWS gives at a time. */
const PAGE = 100;

/** The parameter of that name, or null when the group has none. Throws the SDK's errors. */
export async function readParameter(
  cloud: Cloud,
  { account, region }: Place,
  group: ParameterGroup,
  name: string,
): Promise<Parameter | null> {
  const { sdk, client } = await account.connect('rds', region, 'read');
  const paging = { client, pageSize: PAGE };
  const abort = { abortSignal: cloud.signal };
  const pages =
    group.scope === 'database'
      ? sdk.paginateDescribeDBParameters(paging, { DBParameterGroupName: group.name }, abort)
      : sdk.paginateDescribeDBClusterParameters(paging, { DBClusterParameterGroupName: group.name }, abort);
  for await (const page of pages) {
    const found = page.Parameters?.find((one) => one.ParameterName === name);
    if (found) return found;
  }
  return null;
}

/** The group AWS made for an engine, which nobody may change. */
export function isDefaultGroup({ name }: ParameterGroup): boolean {
  return name.startsWith('default.') || name.startsWith('default:');
}

/** The call that reads a group's parameters, as a policy names it. */
export function readAction({ scope }: ParameterGroup): string {
  return scope === 'database' ? 'rds:DescribeDBParameters' : 'rds:DescribeDBClusterParameters';
}
