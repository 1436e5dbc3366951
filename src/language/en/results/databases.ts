import type { DatabaseTitles } from '../../result-words/databases.ts';

export const databases: DatabaseTitles = {
  engine: 'engine',
  class: 'class',
  storage: 'storage',
  cluster: 'cluster',
  replicas: 'replicas',
  replicaOf: 'replica of',
  parameters: 'parameters',
  pending: 'pending',
  source: 'source',
  load: 'load',
  vcpus: 'vCPUs',
  wait: 'waits for',
  statement: 'SQL',
  calls: 'calls/s',
  users: 'users',
  hosts: 'hosts',
};
