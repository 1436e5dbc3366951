import type { UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { type Call, change } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { findCourse, type ServiceCourse } from '../../world/ecs/service-course.ts';
import { versionsOf } from '../../world/ecs/versions.ts';
import { createWorld } from '../../world/world.ts';
import { requireCluster, requireService, tail } from './names.ts';
import { serviceShape } from './service-shape.ts';

export const updateService = change((input: UpdateServiceCommandInput, call) => {
  const cluster = requireCluster(input.cluster, call);
  const course = requireService(cluster, input.service, call);
  refuseForController(course, input);
  const desired = wantedCount(course, input.desiredCount);
  const revision =
    input.taskDefinition === undefined ? undefined : revisionMeant(course, input.taskDefinition, call);
  const effect = {
    kind: 'update_service' as const,
    cluster,
    service: course.name,
    ...(desired !== undefined && { desired }),
    ...(revision !== undefined && { revision }),
    forced: input.forceNewDeployment ?? false,
  };
  const entry = {
    source: 'ecs.amazonaws.com',
    parameters: {
      cluster,
      service: course.name,
      ...(input.desiredCount !== undefined && { desiredCount: input.desiredCount }),
      ...(input.taskDefinition !== undefined && { taskDefinition: input.taskDefinition }),
      ...(input.forceNewDeployment !== undefined && { forceNewDeployment: input.forceNewDeployment }),
    },
    resources: [{ type: 'AWS::ECS::Service', name: course.name }],
    effect,
  };
  return { output: { service: serviceAfter(course, entry, call) }, entry };
});

/** ECS answers with the service as it is from then on. */
function serviceAfter(
  course: ServiceCourse,
  entry: Pick<Call['world']['journal'][number], 'source' | 'parameters' | 'resources' | 'effect'>,
  call: Call,
) {
  const { world, now, region, identity } = call;
  const made = { at: now, region, eventId: '', by: identity, event: 'UpdateService', ...entry };
  const after = createWorld(world.file, world.startMs, [...world.journal, made]);
  const changed = findCourse(after, course.cluster, course.name) ?? course;
  return serviceShape(changed, { ...call, world: after }, false);
}

function refuseForController({ entry }: ServiceCourse, input: UpdateServiceCommandInput): void {
  if (entry.controller === 'ECS') return;
  const what =
    input.taskDefinition !== undefined
      ? 'update task definition'
      : input.forceNewDeployment === true
        ? 'force a new deployment'
        : undefined;
  if (what === undefined && entry.controller === 'CODE_DEPLOY') return;
  const instead =
    entry.controller === 'CODE_DEPLOY'
      ? 'Use AWS CodeDeploy to trigger a new deployment.'
      : 'Use task sets instead.';
  throw new Refusal(
    'InvalidParameterException',
    `Unable to ${what ?? 'update desired count'} on services with a ${entry.controller} deployment controller. ${instead}`,
  );
}

function wantedCount({ entry }: ServiceCourse, desired: number | undefined): number | undefined {
  if (desired === undefined) return undefined;
  if (entry.scheduling === 'DAEMON') {
    throw new Refusal(
      'InvalidParameterException',
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.',
    );
  }
  if (!Number.isInteger(desired) || desired < 0) {
    throw new Refusal('InvalidParameterException', 'desiredCount must be a non-negative integer.');
  }
  return desired;
}

/** `cart:87`, an ARN, or a family alone: its newest active revision. */
function revisionMeant(course: ServiceCourse, given: string, { now }: Call): number {
  const [family, number] = tail(given).split(':');
  const active = versionsOf(course, now).filter((one) => one.active);
  if (family !== course.family) throw new Refusal('ClientException', 'Unable to describe task definition.');
  const found = number === undefined ? active[0] : active.find((one) => one.revision === Number(number));
  if (found !== undefined) return found.revision;
  const known = versionsOf(course, now).some((one) => one.revision === Number(number));
  throw new Refusal(
    'ClientException',
    known ? 'TaskDefinition is inactive' : 'Unable to describe task definition.',
  );
}
