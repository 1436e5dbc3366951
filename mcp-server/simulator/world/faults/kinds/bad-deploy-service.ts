import { START_MS } from '../../ecs/rollout.ts';
import { courseNamed } from '../../ecs/service-course.ts';
import type { FaultRule, Span } from '../fault.ts';

/**
 * Somebody deploys a version whose tasks pass their first health checks and then crash, again and again (the
 * service's course has that). An earlier version mends it; new tasks of the same version do not.
 */
export const BAD_DEPLOY_SERVICE: FaultRule = {
  kind: 'bad_deploy',
  strikes: ['service'],
  spans: (world, { resource, at }) => {
    const course = courseNamed(world, resource.name);
    if (course === undefined) return [];
    const revision = [...course.broken].find(([, bad]) => bad.at === at)?.[0];
    const spans: Span[] = [];
    let from: number | undefined;
    for (const rollout of course.rollouts) {
      // Whatever comes next takes over when its tasks run.
      const takesOver = rollout.at + START_MS;
      if (rollout.revision === revision) from ??= takesOver;
      else if (from !== undefined) {
        spans.push({ from, to: takesOver });
        from = undefined;
      }
    }
    return from === undefined ? spans : [...spans, { from, to: Number.POSITIVE_INFINITY }];
  },
  distress: ({ severity }) => ({ errors: 0.8 * severity, latency: 0.4 * severity, down: 0.8 * severity }),
  changes: (world, { resource, at }) => {
    const course = courseNamed(world, resource.name);
    const revision = [...(course?.broken ?? [])].find(([, bad]) => bad.at === at)?.[0];
    if (course === undefined || revision === undefined) return [];
    const taskDefinition = `${course.family}:${revision}`;
    return [
      {
        at: at - 4_000,
        who: 'deploy-bot',
        event: 'RegisterTaskDefinition',
        parameters: { family: course.family },
        resources: [{ type: 'AWS::ECS::TaskDefinition', name: taskDefinition }],
      },
      {
        at,
        who: 'deploy-bot',
        event: 'UpdateService',
        parameters: { cluster: course.cluster, service: course.name, taskDefinition },
      },
    ];
  },
  metrics: [
    {
      namespace: 'AWS/ECS',
      metric: 'MemoryUtilization',
      unit: 'Percent',
      usual: { base: 46, noise: 0.08, daily: 0 },
      leadMs: 600_000,
      // Tasks that start over again and again never fill up.
      change: (value, { ramp }) => value * (1 - 0.5 * ramp(60_000)),
    },
    {
      namespace: 'AWS/ECS',
      metric: 'CPUUtilization',
      unit: 'Percent',
      usual: { base: 27, noise: 0.15, daily: 0 },
      leadMs: 600_000,
      // Starting is work.
      change: (value, { ramp }) => value + (88 - value) * 0.7 * ramp(60_000),
    },
  ],
  logs: [
    {
      says: 'again',
      perMinute: 14,
      lines: [
        (say) =>
          `${say.iso} ERROR unhandled exception, exiting: TypeError: Cannot read properties of undefined (reading 'currency')`,
        (say) =>
          `${say.iso}     at priceOf (/app/dist/pricing.js:${say.between(40, 44)}:${say.between(9, 31)})`,
        (say) => `${say.iso} ERROR GET /health failed with 503 after ${say.between(4, 90)} ms`,
        (say) => `${say.iso} INFO  ${say.resource.name} starting, pid 1`,
      ],
    },
  ],
};
