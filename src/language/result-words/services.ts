/** The titles of results about ECS services and load balancers. */
export type ServiceTitles = {
  cluster: string;
  tasks: string;
  version: string;
  deployment: string;
  failed: string;
  lastEvent: string;
  scheme: string;
  targetGroups: string;
  target: string;
  port: string;
  noTargets: string;
};
