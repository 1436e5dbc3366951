import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { Call } from '../../wire/operation.ts';
import type { Rollout } from '../../world/ecs/rollout.ts';
import { type ServiceCourse, wantedAt } from '../../world/ecs/service-course.ts';
import {
  completedAt,
  countsOf,
  failedTasks,
  listedRollouts,
  primaryAt,
  serviceCounts,
} from '../../world/ecs/service-state.ts';
import { targetGroupsOf } from '../../world/target-groups.ts';
import { clusterArn, deploymentId, serviceArn, taskDefinitionArn } from './names.ts';
import { serviceEvents } from './service-events.ts';

const DAY_MS = 86_400_000;

/** A service as DescribeServices has it. */
export function serviceShape(course: ServiceCourse, call: Call, withTags: boolean): Service {
  const { now, world } = call;
  const { cluster, name, family, entry } = course;
  const { running, pending } = serviceCounts(course, now);
  const listed = listedRollouts(course, now);
  const revision = primaryAt(course, now)?.revision ?? course.revision;
  return {
    serviceArn: serviceArn(call, course),
    serviceName: name,
    clusterArn: clusterArn(call, cluster),
    loadBalancers: targetGroupsOf(world, course).map(({ arn, port }) => ({
      targetGroupArn: arn,
      containerName: name,
      containerPort: port,
    })),
    serviceRegistries: [],
    status: 'ACTIVE',
    desiredCount: wantedAt(course, now),
    runningCount: running,
    pendingCount: pending,
    launchType: entry.scheduling === 'DAEMON' ? 'EC2' : 'FARGATE',
    taskDefinition: taskDefinitionArn(call, family, revision),
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: false, rollback: false },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    deployments:
      // CodeDeploy's are task sets.
      entry.controller === 'ECS' ? listed.map((one) => deploymentShape(course, one, listed[0], call)) : [],
    events: serviceEvents(course, call),
    createdAt: new Date(world.startMs - 200 * DAY_MS),
    schedulingStrategy: entry.scheduling,
    deploymentController: { type: entry.controller },
    ...(withTags && {
      tags: Object.entries(entry.tags ?? {}).map(([key, value]) => ({ key, value })),
    }),
  };
}

function deploymentShape(
  course: ServiceCourse,
  rollout: Rollout,
  newest: Rollout | undefined,
  call: Call,
): Deployment {
  const { now } = call;
  const { running, pending } = countsOf(rollout, now);
  const id = deploymentId(course, rollout);
  const done = completedAt(rollout, now);
  const at = new Date(Number.isFinite(rollout.at) ? rollout.at : course.deployedAt);
  const primary = rollout === newest;
  return {
    id,
    status: primary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: taskDefinitionArn(call, course.family, rollout.revision),
    desiredCount: primary ? wantedAt(course, now) : 0,
    pendingCount: primary ? pending : 0,
    runningCount: running,
    failedTasks: failedTasks(rollout, now),
    createdAt: at,
    updatedAt: done === undefined || !Number.isFinite(done) ? at : new Date(done),
    launchType: course.entry.scheduling === 'DAEMON' ? 'EC2' : 'FARGATE',
    rolloutState: done === undefined && primary ? 'IN_PROGRESS' : 'COMPLETED',
    rolloutStateReason:
      done === undefined && primary ? `ECS deployment ${id} in progress.` : `ECS deployment ${id} completed.`,
  };
}
