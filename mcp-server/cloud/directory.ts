import type { DirectoryEntry, ResourceKind } from '../contract/directory.ts';
import type { Place } from './account.ts';
import { readAlarms } from './alarms.ts';
import type { Cloud, Listing } from './cloud.ts';
import { instanceArn, instanceRowOf, readInstances } from './instances.ts';
import { joined, lookBeside } from './look.ts';
import { readScalingGroups } from './scaling-groups.ts';

export type DirectorySource = {
  kind: ResourceKind;
  what: string;
  action: string;
  read(cloud: Cloud, place: Place): Promise<DirectoryEntry[]>;
};

/** Where names come from. A kind of resource joins the directory by a line here. */
export const DIRECTORY_SOURCES: readonly DirectorySource[] = [
  { kind: 'instance', what: 'instances', action: 'ec2:DescribeInstances', read: instanceEntries },
  {
    kind: 'auto_scaling_group',
    what: 'Auto Scaling groups',
    action: 'autoscaling:DescribeAutoScalingGroups',
    read: groupEntries,
  },
  { kind: 'alarm', what: 'alarms', action: 'cloudwatch:DescribeAlarms', read: alarmEntries },
];

/** Lists one kind of resource in all the given regions; what cannot be listed is a gap. Never throws for AWS. */
export async function listSource(cloud: Cloud, source: DirectorySource, places: Place[]): Promise<Listing> {
  const looks = await Promise.all(
    places.map((place) => lookBeside(cloud, place, source, () => source.read(cloud, place))),
  );
  return {
    entries: looks.flatMap((look) => look.value ?? []),
    coverage: joined(...looks.map((look) => look.coverage)),
  };
}

async function instanceEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const instances = await readInstances(cloud, place);
  return instances.map((instance) => {
    const owner = instance.OwnerId;
    const { id, name, state, tags, account, region } = instanceRowOf(instance, place);
    return {
      kind: 'instance' as const,
      id,
      name,
      ...(owner ? { arn: instanceArn(region, owner, id) } : {}),
      account,
      region,
      state,
      tags,
    };
  });
}

async function groupEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const groups = await readScalingGroups(cloud, place);
  return groups.map((group) => ({
    kind: 'auto_scaling_group' as const,
    id: group.AutoScalingGroupName ?? '',
    name: group.AutoScalingGroupName ?? '',
    ...(group.AutoScalingGroupARN ? { arn: group.AutoScalingGroupARN } : {}),
    account: place.account.name,
    region: place.region,
    tags: Object.fromEntries((group.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
  }));
}

async function alarmEntries(cloud: Cloud, place: Place): Promise<DirectoryEntry[]> {
  const alarms = await readAlarms(cloud, place);
  return alarms.map((alarm) => ({
    kind: 'alarm' as const,
    id: alarm.name,
    name: alarm.name,
    ...(alarm.arn ? { arn: alarm.arn } : {}),
    account: alarm.account,
    region: alarm.region,
    state: alarm.state,
  }));
}
