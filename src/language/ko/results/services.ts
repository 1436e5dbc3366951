import type { ServiceTitles } from '../../result-words/services.ts';

export const services: ServiceTitles = {
  cluster: '클러스터',
  tasks: '태스크',
  version: '버전',
  deployment: '배포',
  failed: '실패',
  lastEvent: '최근 이벤트',
  scheme: '체계',
  targetGroups: '대상 그룹',
  target: '대상',
  port: '포트',
  noTargets: '대상이 없습니다.',
};
