import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { z } from 'zod';
import type { Place } from '../cloud/account.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { readScalingGroups } from '../cloud/scaling-groups.ts';
import { listAutoScalingGroups, type scalingGroupRow } from '../contract/catalogue/scaling.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

type Row = z.infer<typeof scalingGroupRow>;

export const listScalingGroupsTool: ReadTool<
  ToolInput<'list_auto_scaling_groups'>,
  ToolOutput<'list_auto_scaling_groups'>
> = {
  kind: 'read',
  contract: listAutoScalingGroups,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'Auto Scaling groups', action: 'autoscaling:DescribeAutoScalingGroups' },
      async (place) => (await readScalingGroups(cloud, place)).map((group) => rowOf(group, place)),
    );
    const groups = found.flatMap(({ value }) => value).sort((a, b) => a.name.localeCompare(b.name));
    const heading =
      groups.length === 0 ? 'No Auto Scaling groups.' : `${plural(groups.length, 'Auto Scaling group')}.`;
    return {
      findings: { groups, coverage },
      text: listText(heading, groups.map(line)),
      cli: places.open.map((place) => awsLine(place, 'autoscaling', 'describe-auto-scaling-groups')),
      console: consolePage(places.open[0], 'ec2', 'AutoScalingGroups:'),
    };
  },
};

function rowOf(group: AutoScalingGroup, { account, region }: Place): Row {
  return {
    name: group.AutoScalingGroupName ?? '',
    ...(group.AutoScalingGroupARN ? { arn: group.AutoScalingGroupARN } : {}),
    min: group.MinSize ?? 0,
    max: group.MaxSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    instances: (group.Instances ?? []).map((one) => ({
      id: one.InstanceId ?? '',
      state: one.LifecycleState ?? 'unknown',
      health: one.HealthStatus ?? 'unknown',
    })),
    region,
    account: account.name,
  };
}

function line({ name, min, max, desired, instances }: Row): string {
  const serving = instances.filter((one) => one.state === 'InService').length;
  return `${name}  desired ${desired} (${min} to ${max}), ${serving} in service`;
}
