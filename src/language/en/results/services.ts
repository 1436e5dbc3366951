import type { ServiceTitles } from '../../result-words/services.ts';

export const services: ServiceTitles = {
  cluster: 'cluster',
  tasks: 'tasks',
  version: 'version',
  deployment: 'deployment',
  failed: 'failed',
  lastEvent: 'last event',
  scheme: 'scheme',
  targetGroups: 'target groups',
  target: 'target',
  port: 'port',
  noTargets: 'No targets.',
};
