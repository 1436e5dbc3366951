import { expect, test } from 'vitest';
import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { answerOf } from '../../../src/assistant/answers/answer.ts';
import { tableOf } from '../../../src/cli/tables/of-tool.ts';
import type { Language } from '../../../src/domain/reading.ts';
import { WORDS } from '../../../src/language/conversation.ts';
import { viewContext } from '../../../src/terminal/frame.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';
import { resultLines } from '../../../src/terminal/transcript/results/result-view.ts';

const call = {
  cli: [],
  console: null,
  account: 'shop',
  regions: ['ap-northeast-2'],
  aws_calls: 2,
  retries: 0,
  elapsed_ms: 1,
};
const common = { coverage: { looked_at: [], gaps: [] }, call };
const place = { region: 'ap-northeast-2', account: 'shop' };
const row = {
  cluster: 'shop',
  status: 'ACTIVE',
  pending: 0,
  scheduling: 'REPLICA',
  controller: 'ECS',
  circuit_breaker: { enabled: false, rollback: false },
  target_groups: [],
  ...place,
};
const deployment = { id: 'ecs-svc/1', status: 'PRIMARY', desired: 3, running: 1, pending: 2 };

const SERVICES: ToolOutput<'list_services'> = {
  services: [
    {
      ...row,
      name: 'cart',
      desired: 3,
      running: 1,
      pending: 2,
      task_definition: 'cart:89',
      deployments: [{ ...deployment, task_definition: 'cart:89', failed: 7, rollout: 'IN_PROGRESS' }],
      events: [
        { at: '2026-11-20T08:59:00.000Z', message: '(service cart) has started 1 tasks: (task a).' },
        { at: '2026-11-20T08:58:00.000Z', message: 'unable to\u202e start' },
      ],
    },
    {
      ...row,
      name: 'payment',
      desired: 2,
      running: 2,
      task_definition: 'payment:51',
      deployments: [{ ...deployment, task_definition: 'payment:51', failed: 0, rollout: 'COMPLETED' }],
      events: [],
    },
  ],
  ...common,
};
const HEALTH: ToolOutput<'get_target_health'> = {
  load_balancer: { name: 'shop-alb', arn: 'arn', type: 'application', state: 'active' },
  matched: 'exact',
  target_groups: [
    {
      name: 'web',
      arn: 'arn',
      target_type: 'instance',
      healthy: 1,
      targets: [
        {
          id: 'i-1',
          name: 'web-1',
          state: 'unhealthy',
          reason: 'Target.Timeout',
          description: 'Request timed out',
        },
        { id: 'i-2', name: 'web-2', state: 'healthy' },
      ],
    },
  ],
  ...place,
  ...common,
};
const BALANCERS: ToolOutput<'list_load_balancers'> = {
  load_balancers: [
    {
      name: 'shop-alb',
      arn: 'arn',
      type: 'application',
      state: 'failed',
      zones: [],
      target_groups: ['web'],
      ...place,
    },
  ],
  ...common,
};

const NOW = new Date('2026-11-20T09:00:00Z');

function answer(
  tool: string,
  data: Record<string, unknown>,
  language: Language = 'en',
  args: Record<string, unknown> = {},
): string[] {
  const setting = { words: WORDS[language].answers, now: NOW, timeZone: 'UTC' };
  return answerOf(tool, args, data, setting).found.split('\n');
}

function drawn(tool: string, data: Record<string, unknown>, columns: number): string {
  const context = viewContext({
    language: 'en',
    size: { columns, rows: 24 },
    account: null,
    accountClock: null,
    timeZone: 'UTC',
    now: NOW.getTime(),
  });
  return resultLines(tool, data, '', context).map(lineText).join('\n');
}

test('services: the one that ails first, with its deployment and what ECS says of it', () => {
  expect(answer('list_services', SERVICES)).toEqual([
    '2 ECS services.',
    'cart runs 1 of 3 tasks (2 starting), version cart:89.',
    'Its deployment of cart:89 is IN_PROGRESS, 7 tasks failed so far (cart).',
    String.raw`ECS at 08:58: unable to\u{202e} start`,
    'As wanted: payment 2/2.',
  ]);
  const well = { ...SERVICES, services: SERVICES.services.slice(1) };
  expect(answer('list_services', well)).toEqual(['1 ECS service.', 'All run the tasks they should.']);
  const none = { ...SERVICES, services: [] };
  expect(answer('list_services', none, 'en', { cluster: 'lab' })).toEqual(['There are no services in lab.']);
  expect(tableOf('list_services', SERVICES)[1]).toMatch(/^cart +shop +3 +1 +2 +cart:89 +IN_PROGRESS +7/);
});

test('target health: how many, and why the others are not', () => {
  expect(answer('get_target_health', HEALTH)).toEqual([
    '1 of 2 targets of shop-alb is healthy.',
    'web-1 in web is unhealthy: Target.Timeout: Request timed out.',
  ]);
  expect(answer('get_target_health', { ...HEALTH, target_groups: [] })).toEqual([
    'shop-alb has no targets: it has nothing to send requests to.',
  ]);
  expect(tableOf('get_target_health', HEALTH)).toHaveLength(3);
  expect(answer('list_load_balancers', BALANCERS)).toEqual([
    '1 load balancer: shop-alb (application).',
    'shop-alb is failed.',
  ]);
});

test.each([
  [
    'ko',
    'cart: 태스크 3개 중 1개 실행 중 (2개 시작 중), 버전 cart:89.',
    'shop-alb의 대상 2개 중 1개가 정상입니다.',
    '로드 밸런서 1개: shop-alb (application).',
  ],
  [
    'zh',
    'cart：期望 3 个任务，运行中 1 个，启动中 2 个，版本 cart:89。',
    'shop-alb 的 2 个目标中有 1 个健康。',
    '共有 1 个负载均衡器：shop-alb (application)。',
  ],
] as const)('the same in %s', (language, service, health, balancers) => {
  expect(answer('list_services', SERVICES, language)[1]).toBe(service);
  expect(answer('get_target_health', HEALTH, language)[0]).toBe(health);
  expect(answer('list_load_balancers', BALANCERS, language)[0]).toBe(balancers);
});

test.each([120, 40])('cards %i cells wide keep what matters', (columns) => {
  const services = drawn('list_services', SERVICES, columns);
  expect(services).toMatch(/cart .*1\/3 \+2/);
  const health = drawn('get_target_health', HEALTH, columns);
  expect(health).toMatch(/web 1\/2/);
  expect(health).toMatch(/web-1 .*unhealthy/);
  expect(drawn('list_load_balancers', BALANCERS, columns)).toMatch(/shop-alb .*failed/);
  for (const line of `${services}\n${health}`.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
});
