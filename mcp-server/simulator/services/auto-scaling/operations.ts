import type {
  Activity,
  AutoScalingGroup,
  DescribeAutoScalingGroupsCommandInput,
  DescribeScalingActivitiesCommandInput,
  LifecycleState,
  SetDesiredCapacityCommandInput,
} from '@aws-sdk/client-auto-scaling';
import { type Call, change, type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { uuidOf } from '../../world/deterministic.ts';
import { type Group, groups, IN_SERVICE_MS, membersOf } from '../../world/groups.ts';
import { phaseAt, stateAt, typeAt } from '../../world/instance-life.ts';
import { statusChecks } from '../../world/status-checks.ts';
import { tagsAfter } from '../../world/tags.ts';
import { targetGroupsOfMembers } from '../../world/target-groups.ts';
import type { Instance } from '../../world/world.ts';
import { chooseToTerminate, launchMore, liveMembers } from './launch.ts';

const GROUPS_A_PAGE = 50;
const ACTIVITIES_A_PAGE = 100;
const DAY_MS = 86_400_000;

function groupsIn({ world, region }: Call): Group[] {
  return [...groups(world).values()].filter((one) => one.region === region);
}

const describeAutoScalingGroups = read((input: DescribeAutoScalingGroupsCommandInput, call) => {
  const wanted = input.AutoScalingGroupNames ?? [];
  const found = groupsIn(call).filter((one) => wanted.length === 0 || wanted.includes(one.name));
  const { items, next } = page(found, {
    size: input.MaxRecords ?? GROUPS_A_PAGE,
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxRecords'),
    badToken: 'InvalidNextToken',
  });
  return {
    AutoScalingGroups: items.map((one) => groupShape(one, call)),
    ...(next !== undefined && { NextToken: next }),
  };
});

export function groupArn({ name, region }: Group, account: string): string {
  const id = uuidOf(`${account}/asg/${name}`);
  return `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${id}:autoScalingGroupName/${name}`;
}

function groupShape(group: Group, call: Call): AutoScalingGroup {
  const { world, now, account } = call;
  const members = membersOf(world, group).filter((one) => {
    const state = stateAt(one.life, now);
    return state !== undefined && state !== 'terminated';
  });
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: groupArn(group, account),
    LaunchTemplate: { LaunchTemplateName: group.name, Version: '1' },
    MinSize: group.entry.min,
    MaxSize: group.entry.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: [...new Set(members.map((one) => one.az))].sort(),
    LoadBalancerNames: [],
    TargetGroupARNs: targetGroupsOfMembers(
      world,
      members.map(({ id }) => id),
    ).map(({ arn }) => arn),
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: 300,
    CreatedTime: new Date(world.startMs - 200 * DAY_MS),
    // A simulated group does not replace what fails: an operator's recovery is what is tried out.
    SuspendedProcesses: [
      {
        ProcessName: 'ReplaceUnhealthy',
        SuspensionReason: 'User suspended: simulated groups replace nothing',
      },
    ],
    Instances: members.map((one) => ({
      InstanceId: one.id,
      InstanceType: typeAt(one.life, now),
      AvailabilityZone: one.az,
      LifecycleState: lifecycle(one, now),
      HealthStatus: isHealthy(one, call) ? 'Healthy' : 'Unhealthy',
      ProtectedFromScaleIn: false,
    })),
    Tags: Object.entries(tagsAfter(world, groupArn(group, account), group.entry.tags)).map(
      ([Key, Value]) => ({
        Key,
        Value,
        ResourceId: group.name,
        ResourceType: 'auto-scaling-group',
        PropagateAtLaunch: true,
      }),
    ),
  };
}

function lifecycle(instance: Instance, now: number): LifecycleState {
  const phase = phaseAt(instance.life, now);
  if (phase?.state === 'shutting-down') return 'Terminating';
  const launched = instance.life.phases[0]?.from ?? Number.NEGATIVE_INFINITY;
  return now < launched + IN_SERVICE_MS ? 'Pending' : 'InService';
}

function isHealthy(instance: Instance, { world, now }: Call): boolean {
  const state = stateAt(instance.life, now);
  if (state === 'pending') return true;
  return state === 'running' && statusChecks(world, instance, now).instance !== 'impaired';
}

function requireGroup(name: string | undefined, call: Call): Group {
  const group = groupsIn(call).find((one) => one.name === name);
  if (group === undefined) {
    throw new Refusal('ValidationError', 'AutoScalingGroup name not found - null');
  }
  return group;
}

const setDesiredCapacity = change((input: SetDesiredCapacityCommandInput, call) => {
  const { world, now } = call;
  const group = requireGroup(input.AutoScalingGroupName, call);
  const desired = input.DesiredCapacity ?? Number.NaN;
  const { min, max } = group.entry;
  if (!Number.isInteger(desired) || desired < 0) {
    throw new Refusal('ValidationError', `Invalid desired capacity: ${desired}`);
  }
  if (desired > max) {
    const bound = `is above max value ${max} for the AutoScalingGroup.`;
    throw new Refusal('ValidationError', `New SetDesiredCapacity value ${desired} ${bound}`);
  }
  if (desired < min) {
    const bound = `is below min value ${min} for the AutoScalingGroup.`;
    throw new Refusal('ValidationError', `New SetDesiredCapacity value ${desired} ${bound}`);
  }
  const difference = desired - liveMembers(world, group, now).length;
  return {
    output: {},
    entry: {
      source: 'autoscaling.amazonaws.com',
      parameters: {
        autoScalingGroupName: group.name,
        desiredCapacity: desired,
        honorCooldown: input.HonorCooldown ?? false,
      },
      resources: [{ type: 'AWS::AutoScaling::AutoScalingGroup', name: group.name }],
      effect: {
        kind: 'set_desired',
        group: group.name,
        desired,
        launched: difference > 0 ? launchMore(world, group, difference, now) : [],
        terminated: difference < 0 ? chooseToTerminate(world, group, -difference, now) : [],
      },
    },
  };
});

const describeScalingActivities = read((input: DescribeScalingActivitiesCommandInput, call) => {
  const wanted =
    input.AutoScalingGroupName === undefined
      ? groupsIn(call)
      : [requireGroup(input.AutoScalingGroupName, call)];
  const found = wanted
    .flatMap((group) => activitiesOf(group, call))
    .filter((one) => input.ActivityIds === undefined || input.ActivityIds.includes(one.ActivityId ?? ''))
    .sort((a, b) => (b.StartTime?.getTime() ?? 0) - (a.StartTime?.getTime() ?? 0));
  const { items, next } = page(found, {
    size: input.MaxRecords ?? ACTIVITIES_A_PAGE,
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxRecords'),
    badToken: 'InvalidNextToken',
  });
  return { Activities: items, ...(next !== undefined && { NextToken: next }) };
});

function activitiesOf(group: Group, { world, now, account }: Call): Activity[] {
  let before = group.entry.desired;
  return world.journal.flatMap(({ at, effect }) => {
    if (effect.kind !== 'set_desired' || effect.group !== group.name) return [];
    const time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
    const cause = `At ${time} a user request explicitly set group desired capacity changing the desired capacity from ${before} to ${effect.desired}.`;
    before = effect.desired;
    const activity = (description: string, id: string): Activity => ({
      ActivityId: uuidOf(`${at}/${id}`),
      AutoScalingGroupName: group.name,
      AutoScalingGroupARN: groupArn(group, account),
      Description: description,
      Cause: cause,
      StartTime: new Date(at),
      ...(now >= at + IN_SERVICE_MS && { EndTime: new Date(at + IN_SERVICE_MS) }),
      StatusCode: now >= at + IN_SERVICE_MS ? 'Successful' : 'InProgress',
      Progress: now >= at + IN_SERVICE_MS ? 100 : 50,
    });
    return [
      ...effect.launched.map(({ id }) => activity(`Launching a new EC2 instance: ${id}`, id)),
      ...effect.terminated.map((id) => activity(`Terminating EC2 instance: ${id}`, id)),
    ];
  });
}

export const AUTO_SCALING: Operations = {
  DescribeAutoScalingGroups: describeAutoScalingGroups,
  SetDesiredCapacity: setDesiredCapacity,
  DescribeScalingActivities: describeScalingActivities,
};
