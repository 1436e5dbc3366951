import type { ServiceTitles } from '../../result-words/services.ts';

export const services: ServiceTitles = {
  cluster: '集群',
  tasks: '任务',
  version: '版本',
  deployment: '部署',
  failed: '失败',
  lastEvent: '最近事件',
  scheme: '模式',
  targetGroups: '目标组',
  target: '目标',
  port: '端口',
  noTargets: '没有目标。',
};
