import type { LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { z } from 'zod';
import type { Place } from '../cloud/account.ts';
import { readLoadBalancers, readTargetGroups } from '../cloud/load-balancers.ts';
import { joined, lookBeside, lookEverywhere } from '../cloud/look.ts';
import { listLoadBalancers, type loadBalancerRow } from '../contract/catalogue/load-balancers.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

type Row = z.infer<typeof loadBalancerRow>;

export const listLoadBalancersTool: ReadTool<
  ToolInput<'list_load_balancers'>,
  ToolOutput<'list_load_balancers'>
> = {
  kind: 'read',
  contract: listLoadBalancers,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'load balancers', action: 'elasticloadbalancing:DescribeLoadBalancers' },
      async (place) => {
        const [balancers, groups] = await Promise.all([
          readLoadBalancers(cloud, place),
          lookBeside(
            cloud,
            place,
            { what: 'target groups', action: 'elasticloadbalancing:DescribeTargetGroups' },
            () => readTargetGroups(cloud, place),
          ),
        ]);
        const rows = balancers.map((one) => rowOf(one, groups.value ?? [], place));
        return { rows, coverage: groups.coverage };
      },
    );
    const balancers = found.flatMap(({ value }) => value.rows).sort((a, b) => a.name.localeCompare(b.name));
    const heading =
      balancers.length === 0 ? 'No load balancers.' : `${plural(balancers.length, 'load balancer')}.`;
    return {
      findings: {
        load_balancers: balancers,
        coverage: joined(coverage, ...found.map(({ value }) => value.coverage)),
      },
      text: listText(heading, balancers.map(line)),
      cli: places.open.flatMap((place) => [
        awsLine(place, 'elbv2', 'describe-load-balancers'),
        awsLine(place, 'elbv2', 'describe-target-groups'),
      ]),
      console: consolePage(places.open[0], 'ec2', 'LoadBalancers:'),
    };
  },
};

function rowOf(one: LoadBalancer, groups: readonly TargetGroup[], { account, region }: Place): Row {
  const arn = one.LoadBalancerArn ?? '';
  return {
    name: one.LoadBalancerName ?? '',
    arn,
    type: one.Type ?? 'unknown',
    ...(one.Scheme ? { scheme: one.Scheme } : {}),
    state: one.State?.Code ?? 'unknown',
    ...(one.State?.Reason ? { state_reason: one.State.Reason } : {}),
    ...(one.DNSName ? { dns: one.DNSName } : {}),
    zones: (one.AvailabilityZones ?? []).flatMap(({ ZoneName: zone }) => zone ?? []),
    target_groups: groups
      .filter((group) => group.LoadBalancerArns?.includes(arn))
      .map((group) => group.TargetGroupName ?? ''),
    region,
    account: account.name,
  };
}

function line({ name, type, scheme, state, target_groups: groups }: Row): string {
  const to = groups.length > 0 ? ` → ${groups.join(', ')}` : '';
  return `${name}  ${type}${scheme ? `, ${scheme}` : ''}, ${state}${to}`;
}
