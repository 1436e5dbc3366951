import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** The most AWS gives at a time. */
const PAGE = 100;

/** All Auto Scaling groups of a place, or those named, every page of them, as the SDK has them. */
export async function readScalingGroups(
  cloud: Cloud,
  { account, region }: Place,
  names?: string[],
): Promise<AutoScalingGroup[]> {
  const { sdk, client } = await account.connect('autoscaling', region, 'read');
  const found: AutoScalingGroup[] = [];
  const pages = sdk.paginateDescribeAutoScalingGroups(
    { client, pageSize: PAGE },
    names ? { AutoScalingGroupNames: names } : {},
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) found.push(...(page.AutoScalingGroups ?? []));
  return found;
}
