import type { ServiceWords } from '../../answer-words/services.ts';

export const services: ServiceWords = {
  services: (count, cluster) => `${cluster ? `${cluster} 中有` : '共有'} ${count} 个 ECS 服务。`,
  noServices: (cluster) => (cluster ? `${cluster} 中没有服务。` : '没有 ECS 服务。'),
  allWell: () => '所有服务的任务数都符合预期。',
  ailing: ({ name, running, desired, pending, version }) =>
    `${name}：期望 ${desired} 个任务，运行中 ${running} 个${pending > 0 ? `，启动中 ${pending} 个` : ''}，版本 ${version}。`,
  rolling: ({ name, version, state, failed }) =>
    `${name} 部署 ${version} 的状态为 ${state}${failed > 0 ? `，已有 ${failed} 个任务失败` : ''}。`,
  said: (message, when) => `ECS 事件（${when}）：${message}`,
  well: (names) => `正常：${names}。`,
  balancers: (count, names) => `共有 ${count} 个负载均衡器：${names}。`,
  noBalancers: () => '没有负载均衡器。',
  balancerState: (name, state, reason) => `${name} 的状态为 ${state}${reason ? `：${reason}` : ''}。`,
  health: ({ balancer, healthy, total }) =>
    healthy === total
      ? `${balancer} 的 ${total} 个目标全部健康。`
      : `${balancer} 的 ${total} 个目标中有 ${healthy} 个健康。`,
  target: ({ name, group, state, reason }) => `${name}（${group}）：${state}${reason ? `，${reason}` : ''}。`,
  noTargets: (balancer) => `${balancer} 没有目标，请求无处可发。`,
  moreTargets: (count) => `另有 ${count} 个目标不健康。`,
};
