import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { z } from 'zod';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { createLimit } from '../cloud/limit.ts';
import { readLoadBalancers, readTargetGroups, readTargetHealth } from '../cloud/load-balancers.ts';
import { joined, lookBeside, lookOnce, seen } from '../cloud/look.ts';
import { placeOf, resolveInDirectory } from '../cloud/resolve.ts';
import {
  getTargetHealth,
  type targetGroupHealth,
  type targetRow,
} from '../contract/catalogue/load-balancers.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { countBy, countsText, listText } from './list-text.ts';
import { closeNote } from './one-instance.ts';
import type { ReadTool } from './tool.ts';

type Output = ToolOutput<'get_target_health'>;
type Group = z.infer<typeof targetGroupHealth>;
type Row = z.infer<typeof targetRow>;

const AT_ONCE = 8;

export const targetHealthTool: ReadTool<ToolInput<'get_target_health'>, Output> = {
  kind: 'read',
  contract: getTargetHealth,
  async run(input, cloud) {
    const { found, matched } = await resolveInDirectory(cloud, input.load_balancer, input, ['load_balancer']);
    const place = await placeOf(cloud, found);
    const balancer = await balancerNow(cloud, place, found);
    const arn = balancer.LoadBalancerArn ?? '';
    const [groups, listing] = await Promise.all([
      lookOnce(place, 'elasticloadbalancing:DescribeTargetGroups', () =>
        readTargetGroups(cloud, place, { balancer: arn }),
      ),
      cloud.directory(place.account, { kinds: ['instance'] }),
    ]);
    const limit = createLimit(AT_ONCE);
    const looks = await Promise.all(
      groups.map((group) => limit(() => healthOf(cloud, place, group, listing.entries), cloud.signal)),
    );
    const findings = {
      load_balancer: {
        name: found.name,
        arn,
        type: balancer.Type ?? 'unknown',
        state: balancer.State?.Code ?? 'unknown',
      },
      matched,
      target_groups: looks.map(({ group }) => group),
      region: place.region,
      account: place.account.name,
      coverage: joined(
        {
          looked_at: [
            seen('elasticloadbalancing:DescribeLoadBalancers', place),
            seen('elasticloadbalancing:DescribeTargetGroups', place),
          ],
          gaps: [],
        },
        ...looks.map(({ coverage }) => coverage),
      ),
    };
    return {
      findings,
      text: closeNote(matched, input.load_balancer, found.name) + textOf(findings),
      cli: [
        awsLine(place, 'elbv2', 'describe-target-groups', '--load-balancer-arn', arn),
        ...groups.map(({ TargetGroupArn: group = '' }) =>
          awsLine(place, 'elbv2', 'describe-target-health', '--target-group-arn', group),
        ),
      ],
      console: consolePage(place, 'ec2', `LoadBalancer:loadBalancerArn=${arn}`),
    };
  },
};

async function balancerNow(cloud: Cloud, place: Place, { name, arn }: DirectoryEntry) {
  if (arn === undefined) {
    throw untouched('invalid_state', `${name} is a Classic Load Balancer: its targets are not read.`, {
      hint: '`aws elb describe-instance-health` tells their health.',
    });
  }
  const [balancer] = await lookOnce(place, 'elasticloadbalancing:DescribeLoadBalancers', () =>
    readLoadBalancers(cloud, place, [name]),
  );
  if (balancer) return balancer;
  throw untouched('not_found', `The load balancer ${name} is gone.`, { mention: name, candidates: [] });
}

async function healthOf(
  cloud: Cloud,
  place: Place,
  group: TargetGroup,
  instances: readonly DirectoryEntry[],
) {
  const arn = group.TargetGroupArn ?? '';
  const name = group.TargetGroupName ?? '';
  const { value, coverage } = await lookBeside(
    cloud,
    place,
    { what: `targets of ${name}`, action: 'elasticloadbalancing:DescribeTargetHealth' },
    () => readTargetHealth(cloud, place, arn),
  );
  const targets = (value ?? [])
    .map((one) => rowOf(one, instances))
    .sort(
      (a, b) => Number(a.state === 'healthy') - Number(b.state === 'healthy') || a.name.localeCompare(b.name),
    );
  return { group: groupOf(group, targets), coverage };
}

function groupOf(group: TargetGroup, targets: Row[]): Group {
  return {
    name: group.TargetGroupName ?? '',
    arn: group.TargetGroupArn ?? '',
    target_type: group.TargetType ?? 'unknown',
    ...(group.Protocol ? { protocol: group.Protocol } : {}),
    ...(group.Port === undefined ? {} : { port: group.Port }),
    ...(group.HealthCheckEnabled === false || !group.HealthCheckProtocol
      ? {}
      : {
          health_check: [
            `${group.HealthCheckProtocol}:${group.HealthCheckPort ?? 'traffic-port'}`,
            ...(group.HealthCheckPath ? [group.HealthCheckPath] : []),
          ].join(' '),
        }),
    healthy: targets.filter(({ state }) => state === 'healthy').length,
    targets,
  };
}

function rowOf(
  { Target: target, TargetHealth: health }: TargetHealthDescription,
  instances: readonly DirectoryEntry[],
): Row {
  const id = target?.Id ?? '';
  const name =
    instances.find((one) => one.id === id)?.name ?? (id.startsWith('arn:') ? id.split(/[:/]/).at(-1) : id);
  return {
    id,
    name: name ?? id,
    ...(target?.Port === undefined ? {} : { port: target.Port }),
    ...(target?.AvailabilityZone ? { zone: target.AvailabilityZone } : {}),
    state: health?.State ?? 'unknown',
    ...(health?.Reason ? { reason: health.Reason } : {}),
    ...(health?.Description ? { description: health.Description } : {}),
  };
}

function textOf({
  load_balancer: balancer,
  target_groups: groups,
}: Pick<Output, 'load_balancer' | 'target_groups'>): string {
  if (groups.length === 0)
    return `${balancer.name} (${balancer.type}, ${balancer.state}) has no target groups.`;
  return groups
    .map(({ name, targets }) => {
      const counts = targets.length === 0 ? 'no targets' : countsText(countBy(targets, ({ state }) => state));
      return listText(`${balancer.name} → ${name}: ${counts}.`, targets.map(line));
    })
    .join('\n');
}

function line({ id, name, port, state, reason, description }: Row): string {
  const why = [reason, description].filter((part) => part !== undefined).join(': ');
  return `${name === id ? id : `${name} (${id})`}${port === undefined ? '' : `:${port}`}  ${state}${why ? `  ${why}` : ''}`;
}
