import type { ServiceWords } from '../../answer-words/services.ts';

export const services: ServiceWords = {
  services: (count, cluster) => `${cluster ? `${cluster}의 ` : ''}ECS 서비스 ${count}개.`,
  noServices: (cluster) => (cluster ? `${cluster}에 서비스가 없습니다.` : 'ECS 서비스가 없습니다.'),
  allWell: () => '모두 원하는 수만큼 태스크가 실행 중입니다.',
  ailing: ({ name, running, desired, pending, version }) =>
    `${name}: 태스크 ${desired}개 중 ${running}개 실행 중${pending > 0 ? ` (${pending}개 시작 중)` : ''}, 버전 ${version}.`,
  rolling: ({ name, version, state, failed }) =>
    `${name}의 ${version} 배포 상태: ${state}${failed > 0 ? ` (지금까지 태스크 ${failed}개 실패)` : ''}.`,
  said: (message, when) => `${when} ECS 이벤트: ${message}`,
  well: (names) => `정상: ${names}.`,
  balancers: (count, names) => `로드 밸런서 ${count}개: ${names}.`,
  noBalancers: () => '로드 밸런서가 없습니다.',
  balancerState: (name, state, reason) => `${name} 상태: ${state}${reason ? ` (${reason})` : ''}.`,
  health: ({ balancer, healthy, total }) =>
    healthy === total
      ? `${balancer}의 대상 ${total}개가 모두 정상입니다.`
      : `${balancer}의 대상 ${total}개 중 ${healthy}개가 정상입니다.`,
  target: ({ name, group, state, reason }) => `${name} (${group}): ${state}${reason ? `, ${reason}` : ''}.`,
  noTargets: (balancer) => `${balancer}에 등록된 대상이 없어 요청을 보낼 곳이 없습니다.`,
  moreTargets: (count) => `그 밖에 정상이 아닌 대상이 ${count}개 더 있습니다.`,
};
