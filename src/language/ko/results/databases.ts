import type { DatabaseTitles } from '../../result-words/databases.ts';

export const databases: DatabaseTitles = {
  engine: '엔진',
  class: '클래스',
  storage: '스토리지',
  cluster: '클러스터',
  replicas: '복제본',
  replicaOf: '원본',
  parameters: '파라미터',
  pending: '적용 대기',
  source: '대상',
  load: '부하',
  vcpus: 'vCPU',
  wait: '대기 이벤트',
  statement: 'SQL',
  calls: '초당 호출',
  users: '사용자',
  hosts: '호스트',
};
