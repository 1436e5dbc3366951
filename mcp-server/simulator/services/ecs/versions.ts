import type {
  DescribeServiceRevisionsCommandInput,
  DescribeTaskDefinitionCommandInput,
  ListServiceDeploymentsCommandInput,
  ListTaskDefinitionsCommandInput,
} from '@aws-sdk/client-ecs';
import { type Call, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { begunBy, type ServiceCourse, serviceCourses } from '../../world/ecs/service-course.ts';
import { completedAt } from '../../world/ecs/service-state.ts';
import { familyOf, type Version, versionsOf } from '../../world/ecs/versions.ts';
import {
  clusterArn,
  deploymentId,
  requireCluster,
  requireService,
  revisionArn,
  serviceArn,
  tail,
  taskDefinitionArn,
} from './names.ts';

const DAY_MS = 86_400_000;
/** Service deployments are kept so long. */
const HISTORY_MS = 90 * DAY_MS;
const REVISIONS_AT_ONCE = 20;
const PAGE_SIZE = 100;

export const listTaskDefinitions = read((input: ListTaskDefinitionsCommandInput, call) => {
  const { world, now, region } = call;
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input;
  const families = serviceCourses(world).filter(
    (one) => one.region === region && (familyPrefix === undefined || one.family === familyPrefix),
  );
  const arns = [...new Map(families.map((one) => [one.family, one])).values()]
    .flatMap((course) => versionsOf(course, now))
    .filter(({ active }) => active === (status === 'ACTIVE'))
    .sort((a, b) => a.family.localeCompare(b.family) || a.revision - b.revision)
    .map(({ family, revision }) => taskDefinitionArn(call, family, revision));
  const { items, next } = page(sort === 'DESC' ? arns.reverse() : arns, {
    size: input.maxResults ?? PAGE_SIZE,
    token: input.nextToken,
    question: questionOf(input, 'nextToken', 'maxResults'),
    badToken: 'InvalidParameterException',
  });
  return { taskDefinitionArns: items, ...(next !== undefined && { nextToken: next }) };
});

export const describeTaskDefinition = read((input: DescribeTaskDefinitionCommandInput, call) => {
  const [family = '', number] = tail(input.taskDefinition ?? '').split(':');
  const course = familyOf(call.world, family);
  const versions = course === undefined || course.region !== call.region ? [] : versionsOf(course, call.now);
  const found =
    number === undefined
      ? versions.find(({ active }) => active)
      : versions.find(({ revision }) => revision === Number(number));
  if (found === undefined) throw new Refusal('ClientException', 'Unable to describe task definition.');
  return { taskDefinition: versionShape(found, call), tags: [] };
});

function versionShape({ family, revision, active, image, registeredAt }: Version, call: Call) {
  return {
    taskDefinitionArn: taskDefinitionArn(call, family, revision),
    family,
    revision,
    status: active ? 'ACTIVE' : 'INACTIVE',
    registeredAt: new Date(registeredAt),
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '512',
    memory: '1024',
    containerDefinitions: [{ name: family, image, essential: true, portMappings: [{ containerPort: 8080 }] }],
  };
}

/** One deployment of a service as its history has it, those before the run among them. */
type Past = { id: string; at: number; revision: number; done: number | undefined };

function history(course: ServiceCourse, now: number): Past[] {
  const before = Array.from({ length: Math.min(3, course.revision) }, (_, back): Past => {
    const at = course.deployedAt - back * 7 * DAY_MS;
    const revision = course.revision - back;
    return { id: `ecs-svc/past-${revision}`, at, revision, done: at + 180_000 };
  }).reverse();
  const since = begunBy(course, now).slice(1);
  return [
    ...before,
    ...since.map((one) => ({
      id: deploymentId(course, one),
      at: one.at,
      revision: one.revision,
      done: completedAt(one, now),
    })),
  ];
}

export const listServiceDeployments = read((input: ListServiceDeploymentsCommandInput, call) => {
  const { now } = call;
  const course = requireService(requireCluster(input.cluster, call), input.service, call);
  const all = history(course, now).filter(({ at }) => at > now - HISTORY_MS);
  const last = all.at(-1);
  const found = all.reverse().map((one) => ({
    serviceDeploymentArn: serviceArn(call, course)
      .replace(':service/', ':service-deployment/')
      .concat('/', tail(one.id)),
    serviceArn: serviceArn(call, course),
    clusterArn: clusterArn(call, course.cluster),
    createdAt: new Date(one.at),
    startedAt: new Date(one.at),
    ...(one.done !== undefined && { finishedAt: new Date(one.done) }),
    targetServiceRevisionArn: revisionArn(call, course, one.id),
    status: one.done !== undefined ? 'SUCCESSFUL' : one === last ? 'IN_PROGRESS' : 'STOPPED',
  }));
  const { items, next } = page(
    found.filter(({ status }) => input.status === undefined || input.status.some((one) => one === status)),
    {
      size: input.maxResults ?? 20,
      token: input.nextToken,
      question: questionOf(input, 'nextToken', 'maxResults'),
      badToken: 'InvalidParameterException',
    },
  );
  return { serviceDeployments: items, ...(next !== undefined && { nextToken: next }) };
});

export const describeServiceRevisions = read((input: DescribeServiceRevisionsCommandInput, call) => {
  const arns = input.serviceRevisionArns ?? [];
  if (arns.length === 0 || arns.length > REVISIONS_AT_ONCE) {
    throw new Refusal('InvalidParameterException', 'serviceRevisionArns must have 1 to 20 members.');
  }
  const known = new Map(
    serviceCourses(call.world)
      .filter(({ region }) => region === call.region)
      .flatMap((course) =>
        history(course, call.now).map((one) => [revisionArn(call, course, one.id), { course, one }] as const),
      ),
  );
  return {
    serviceRevisions: arns.flatMap((arn) => {
      const found = known.get(arn);
      if (found === undefined) return [];
      const { course, one } = found;
      return [
        {
          serviceRevisionArn: arn,
          serviceArn: serviceArn(call, course),
          clusterArn: clusterArn(call, course.cluster),
          taskDefinition: taskDefinitionArn(call, course.family, one.revision),
          createdAt: new Date(one.at),
        },
      ];
    }),
    failures: arns.filter((arn) => !known.has(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
  };
});
