/** The part of ECS's client in use; see `ec2.ts`. */
export {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTaskDefinitionsCommand,
  paginateListClusters,
  paginateListServices,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
