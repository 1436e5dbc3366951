import type {
  DeregisterTargetsCommandInput,
  DescribeLoadBalancersCommandInput,
  DescribeTargetGroupsCommandInput,
  DescribeTargetHealthCommandInput,
  LoadBalancer,
  RegisterTargetsCommandInput,
  TargetDescription,
  TargetGroup as TargetGroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { balancerDimension } from '../../metrics/dimensions.ts';
import { type Call, change, type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { hexOf } from '../../world/deterministic.ts';
import { resolveAs } from '../../world/references.ts';
import { type TargetGroup, targetGroups } from '../../world/target-groups.ts';
import { targetHealth } from '../../world/target-health.ts';

const PAGE_SIZE = 400;
const DAY_MS = 86_400_000;

type Balancer = TargetGroup['balancer'];

/** The older kind is another API's. */
function balancersIn({ world, region }: Call): Balancer[] {
  const home = world.file.regions[0];
  return world.file.elb.filter(
    (one) =>
      one.type !== 'classic' &&
      (resolveAs(world, one.name, ['load_balancer'])?.region ?? one.region ?? home) === region,
  );
}

function groupsIn({ world, region }: Call): TargetGroup[] {
  return targetGroups(world).filter((one) => one.region === region);
}

function balancerArn({ account, region }: Call, { type, name }: Balancer): string {
  return `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${balancerDimension(account, type, name)}`;
}

const describeLoadBalancers = read((input: DescribeLoadBalancersCommandInput, call) => {
  const { Names: names, LoadBalancerArns: arns } = input;
  if (input.PageSize !== undefined && (names || arns)) {
    throw new Refusal(
      'ValidationError',
      'Target group names or ARNs and a page size cannot be specified together',
    );
  }
  const all = balancersIn(call);
  const missing =
    names?.find((name) => !all.some((one) => one.name === name)) ??
    arns?.find((arn) => !all.some((one) => balancerArn(call, one) === arn));
  if (missing !== undefined) {
    throw new Refusal('LoadBalancerNotFound', `Load balancers '[${missing}]' not found`);
  }
  const found = all.filter(
    (one) => (names?.includes(one.name) ?? true) && (arns?.includes(balancerArn(call, one)) ?? true),
  );
  const { items, next } = paged(found, input);
  return {
    LoadBalancers: items.map((one) => balancerShape(one, call)),
    ...(next !== undefined && { NextMarker: next }),
  };
});

function paged<T>(all: readonly T[], input: { Marker?: string | undefined; PageSize?: number | undefined }) {
  return page(all, {
    size: input.PageSize ?? PAGE_SIZE,
    token: input.Marker,
    question: questionOf(input, 'Marker', 'PageSize'),
    badToken: 'ValidationError',
  });
}

function balancerShape(one: Balancer, call: Call): LoadBalancer {
  const { world, region, account } = call;
  const zones = groupsIn(call)
    .filter(({ balancer }) => balancer === one)
    .flatMap(({ targets }) => targets.flatMap(({ id }) => world.instances.get(id)?.az ?? []));
  const listed = zones.length > 0 ? zones : [`${region}a`, `${region}c`];
  return {
    LoadBalancerArn: balancerArn(call, one),
    LoadBalancerName: one.name,
    DNSName: `${one.name}-${Number.parseInt(hexOf(`${account}/${one.name}/dns`, 8), 16)}.${region}.elb.amazonaws.com`,
    CreatedTime: new Date(world.startMs - 200 * DAY_MS),
    Scheme: 'internet-facing',
    State: { Code: 'active' },
    Type: one.type === 'classic' ? 'application' : one.type,
    VpcId: vpcOf(call),
    IpAddressType: 'ipv4',
    AvailabilityZones: [...new Set(listed)].sort().map((ZoneName) => ({ ZoneName })),
  };
}

/** The one network of a region; the instances are in it. */
function vpcOf({ account, region }: Call): string {
  return `vpc-${hexOf(`${account}/${region}`, 17)}`;
}

const describeTargetGroups = read((input: DescribeTargetGroupsCommandInput, call) => {
  const { Names: names, TargetGroupArns: arns, LoadBalancerArn: balancer } = input;
  const all = groupsIn(call);
  const missing =
    names?.find((name) => !all.some((one) => one.name === name)) ??
    arns?.find((arn) => !all.some((one) => one.arn === arn));
  if (missing !== undefined) throw new Refusal('TargetGroupNotFound', 'One or more target groups not found');
  if (balancer !== undefined && !balancersIn(call).some((one) => balancerArn(call, one) === balancer)) {
    throw new Refusal('LoadBalancerNotFound', `Load balancers '[${balancer}]' not found`);
  }
  const found = all.filter(
    (one) =>
      (names?.includes(one.name) ?? true) &&
      (arns?.includes(one.arn) ?? true) &&
      (balancer === undefined || balancerArn(call, one.balancer) === balancer),
  );
  const { items, next } = paged(found, input);
  return {
    TargetGroups: items.map((one) => groupShape(one, call)),
    ...(next !== undefined && { NextMarker: next }),
  };
});

function groupShape(group: TargetGroup, call: Call): TargetGroupShape {
  const { name, arn, type, protocol, port, balancer } = group;
  return {
    TargetGroupArn: arn,
    TargetGroupName: name,
    TargetType: type,
    LoadBalancerArns: [balancerArn(call, balancer)],
    HealthCheckEnabled: type !== 'lambda',
    HealthCheckIntervalSeconds: 10,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 2,
    ...(type === 'lambda'
      ? {}
      : {
          Protocol: protocol,
          Port: port,
          VpcId: vpcOf(call),
          HealthCheckProtocol: protocol === 'HTTP' ? 'HTTP' : 'TCP',
          HealthCheckPort: 'traffic-port',
          ...(protocol === 'HTTP' && { HealthCheckPath: '/health', Matcher: { HttpCode: '200' } }),
        }),
  };
}

function requireGroup(arn: string | undefined, call: Call): TargetGroup {
  const found = groupsIn(call).find((one) => one.arn === arn);
  if (found === undefined) throw new Refusal('TargetGroupNotFound', 'One or more target groups not found');
  return found;
}

const describeTargetHealth = read((input: DescribeTargetHealthCommandInput, call) => {
  const group = requireGroup(input.TargetGroupArn, call);
  const all = targetHealth(call.world, group, call.now);
  const asked = input.Targets;
  const known = asked === undefined ? all : all.filter(({ id }) => asked.some((one) => one.Id === id));
  const unknown = (asked ?? []).filter(({ Id }) => !all.some(({ id }) => id === Id));
  return {
    TargetHealthDescriptions: [
      ...known.map(({ id, port, zone, state, reason, description }) => ({
        Target: {
          Id: id,
          ...(port !== undefined && { Port: port }),
          ...(zone !== undefined && { AvailabilityZone: zone }),
        },
        ...(port !== undefined && { HealthCheckPort: String(port) }),
        TargetHealth: {
          State: state,
          ...(reason !== undefined && { Reason: reason }),
          ...(description !== undefined && { Description: description }),
        },
      })),
      ...unknown.map((target) => ({
        Target: target,
        TargetHealth: {
          State: 'unused',
          Reason: 'Target.NotRegistered',
          Description: 'Target is not registered to the target group',
        },
      })),
    ],
  };
});

function registration(kind: 'register_targets' | 'deregister_targets') {
  return change((input: RegisterTargetsCommandInput & DeregisterTargetsCommandInput, call) => {
    const group = requireGroup(input.TargetGroupArn, call);
    const targets = (input.Targets ?? []).map((one: TargetDescription) => one.Id ?? '');
    if (kind === 'register_targets') refuseUnknown(group, targets, call);
    return {
      output: {},
      entry: {
        source: 'elasticloadbalancing.amazonaws.com',
        parameters: { targetGroupArn: group.arn, targets: targets.map((id) => ({ id })) },
        resources: [
          { type: 'AWS::ElasticLoadBalancingV2::TargetGroup', name: group.arn },
          { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: group.balancer.name },
        ],
        effect: { kind, targetGroup: group.arn, targets },
      },
    };
  });
}

function refuseUnknown({ type }: TargetGroup, targets: readonly string[], { world }: Call): void {
  const unknown = type === 'instance' ? targets.filter((id) => !world.instances.has(id)) : [];
  if (unknown.length > 0) {
    throw new Refusal(
      'InvalidTarget',
      `The following targets are not valid instances: '${unknown.join("', '")}'`,
    );
  }
}

export const ELASTIC_LOAD_BALANCING: Operations = {
  DeregisterTargets: registration('deregister_targets'),
  DescribeLoadBalancers: describeLoadBalancers,
  DescribeTargetGroups: describeTargetGroups,
  DescribeTargetHealth: describeTargetHealth,
  RegisterTargets: registration('register_targets'),
};
