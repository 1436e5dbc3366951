import type { ServiceWords } from '../../answer-words/services.ts';

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

export const services: ServiceWords = {
  services: (count, cluster) => `${plural(count, 'ECS service')}${cluster ? ` in ${cluster}` : ''}.`,
  noServices: (cluster) => (cluster ? `There are no services in ${cluster}.` : 'There are no ECS services.'),
  allWell: () => 'All run the tasks they should.',
  ailing: ({ name, running, desired, pending, version }) =>
    `${name} runs ${running} of ${desired} tasks${pending > 0 ? ` (${pending} starting)` : ''}, version ${version}.`,
  rolling: ({ name, version, state, failed }) =>
    `Its deployment of ${version} is ${state}${failed > 0 ? `, ${plural(failed, 'task')} failed so far` : ''} (${name}).`,
  said: (message, when) => `ECS at ${when}: ${message}`,
  well: (names) => `As wanted: ${names}.`,
  balancers: (count, names) => `${plural(count, 'load balancer')}: ${names}.`,
  noBalancers: () => 'There are no load balancers.',
  balancerState: (name, state, reason) => `${name} is ${state}${reason ? `: ${reason}` : ''}.`,
  health: ({ balancer, healthy, total }) =>
    healthy === total
      ? `All ${plural(total, 'target')} of ${balancer} are healthy.`
      : `${healthy} of ${plural(total, 'target')} of ${balancer} ${healthy === 1 ? 'is' : 'are'} healthy.`,
  target: ({ name, group, state, reason }) =>
    `${name} in ${group} is ${state}${reason ? `: ${reason}` : ''}.`,
  noTargets: (balancer) => `${balancer} has no targets: it has nothing to send requests to.`,
  moreTargets: (count) => `${count} more are not healthy.`,
};
