import type { ServiceTitles } from '../../result-words/services.ts';

export const services: ServiceTitles = {
  cluster: 'Cluster',
  tasks: 'Tasks',
  version: 'Version',
  deployment: 'Deployment',
  failed: 'Failed',
  lastEvent: 'Last event',
  scheme: 'Scheme',
  targetGroups: 'Target groups',
  target: 'Target',
  port: 'Port',
  noTargets: 'No targets.',
};
