import type {
  DescribeServicesCommandInput,
  ListClustersCommandInput,
  ListServicesCommandInput,
} from '@aws-sdk/client-ecs';
import { type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { clusterArn, clustersIn, coursesIn, requireCluster, serviceArn, tail } from './names.ts';
import { serviceShape } from './service-shape.ts';
import { updateService } from './update-service.ts';
import {
  describeServiceRevisions,
  describeTaskDefinition,
  listServiceDeployments,
  listTaskDefinitions,
} from './versions.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html, API_DescribeServices.html */
const CLUSTERS_A_PAGE = 100;
const SERVICES_A_PAGE = 10;
const DESCRIBED_AT_ONCE = 10;

const listClusters = read((input: ListClustersCommandInput, call) => {
  const { items, next } = page(clustersIn(call), {
    size: input.maxResults ?? CLUSTERS_A_PAGE,
    token: input.nextToken,
    question: questionOf(input, 'nextToken', 'maxResults'),
    badToken: 'InvalidParameterException',
  });
  return {
    clusterArns: items.map((cluster) => clusterArn(call, cluster)),
    ...(next !== undefined && { nextToken: next }),
  };
});

const listServices = read((input: ListServicesCommandInput, call) => {
  const { launchType, schedulingStrategy } = input;
  const courses = coursesIn(requireCluster(input.cluster, call), call).filter(
    ({ entry }) =>
      (schedulingStrategy === undefined || entry.scheduling === schedulingStrategy) &&
      (launchType === undefined || (entry.scheduling === 'DAEMON') === (launchType === 'EC2')),
  );
  const { items, next } = page(courses, {
    size: input.maxResults ?? SERVICES_A_PAGE,
    token: input.nextToken,
    question: questionOf(input, 'nextToken', 'maxResults'),
    badToken: 'InvalidParameterException',
  });
  return {
    serviceArns: items.map((one) => serviceArn(call, one)),
    ...(next !== undefined && { nextToken: next }),
  };
});

const describeServices = read((input: DescribeServicesCommandInput, call) => {
  const cluster = requireCluster(input.cluster, call);
  const wanted = input.services ?? [];
  if (wanted.length === 0) throw new Refusal('InvalidParameterException', 'Services cannot be empty.');
  if (wanted.length > DESCRIBED_AT_ONCE) {
    throw new Refusal('InvalidParameterException', `Services cannot be more than ${DESCRIBED_AT_ONCE}.`);
  }
  const courses = coursesIn(cluster, call);
  const withTags = input.include?.includes('TAGS') ?? false;
  const found = wanted.map((one) => ({ one, course: courses.find(({ name }) => name === tail(one)) }));
  return {
    services: found.flatMap(({ course }) => (course ? [serviceShape(course, call, withTags)] : [])),
    failures: found.flatMap(({ one, course }) =>
      course
        ? []
        : [
            {
              arn: one.startsWith('arn:')
                ? one
                : `${clusterArn(call, cluster).replace(':cluster/', ':service/')}/${one}`,
              reason: 'MISSING',
            },
          ],
    ),
  };
});

export const ECS: Operations = {
  DescribeServiceRevisions: describeServiceRevisions,
  DescribeServices: describeServices,
  DescribeTaskDefinition: describeTaskDefinition,
  ListClusters: listClusters,
  ListServiceDeployments: listServiceDeployments,
  ListServices: listServices,
  ListTaskDefinitions: listTaskDefinitions,
  UpdateService: updateService,
};
