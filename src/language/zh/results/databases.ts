import type { DatabaseTitles } from '../../result-words/databases.ts';

export const databases: DatabaseTitles = {
  engine: '引擎',
  class: '实例类',
  storage: '存储',
  cluster: '集群',
  replicas: '副本',
  replicaOf: '主库',
  parameters: '参数',
  pending: '待生效',
  source: '对象',
  load: '负载',
  vcpus: 'vCPU',
  wait: '等待事件',
  statement: 'SQL',
  calls: '每秒调用',
  users: '用户',
  hosts: '主机',
};
