import type { Filter, Instance } from '@aws-sdk/client-ec2';
import { INSTANCE_STATES, type InstanceRow } from '../contract/catalogue/instances.ts';
import { type Place, partitionOf } from './account.ts';
import type { Cloud } from './cloud.ts';

/** The most AWS gives at a time. */
const PAGE = 1_000;

/** An instance as the SDK has it, and the number of the account that owns it. */
export type OwnedInstance = Instance & { OwnerId?: string | undefined };

/** All instances of a place that pass the filters, every page of them, as the SDK has them. */
export async function readInstances(
  cloud: Cloud,
  { account, region }: Place,
  filters: Filter[] = [],
): Promise<OwnedInstance[]> {
  const { sdk, client } = await account.connect('ec2', region, 'read');
  const found: OwnedInstance[] = [];
  const pages = sdk.paginateDescribeInstances(
    { client, pageSize: PAGE },
    filters.length > 0 ? { Filters: filters } : {},
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) {
    for (const { OwnerId, Instances = [] } of page.Reservations ?? []) {
      for (const instance of Instances) found.push({ ...instance, OwnerId });
    }
  }
  return found;
}

export function instanceRowOf(instance: Instance, { account, region }: Place): InstanceRow {
  const id = instance.InstanceId ?? '';
  const tags = Object.fromEntries((instance.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
  const { Name: name, ...others } = tags;
  const reason = instance.StateTransitionReason || instance.StateReason?.Message;
  return {
    id,
    name: name || id,
    state: INSTANCE_STATES.find((state) => state === instance.State?.Name) ?? 'pending',
    type: instance.InstanceType ?? 'unknown',
    az: instance.Placement?.AvailabilityZone ?? region,
    region,
    account: account.name,
    ...(instance.PrivateIpAddress ? { private_ip: instance.PrivateIpAddress } : {}),
    ...(instance.PublicIpAddress ? { public_ip: instance.PublicIpAddress } : {}),
    ...(instance.LaunchTime ? { launched_at: instance.LaunchTime.toISOString() } : {}),
    ...(reason ? { state_reason: reason } : {}),
    tags: others,
  };
}

/** `owner`: the account number. */
export function volumeArn(region: string, owner: string, id: string): string {
  return `arn:${partitionOf(region)}:ec2:${region}:${owner}:volume/${id}`;
}

/** `owner`: the account number. */
export function instanceArn(region: string, owner: string, id: string): string {
  return `arn:${partitionOf(region)}:ec2:${region}:${owner}:instance/${id}`;
}
