import { describe, expect, test } from 'vitest';
import type { ToolName, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { answerOf } from '../../../src/assistant/answers/answer.ts';
import { lastDay, money, share } from '../../../src/assistant/answers/money.ts';
import type { Language } from '../../../src/domain/reading.ts';
import { WORDS } from '../../../src/language/conversation.ts';

const rest = {
  coverage: { looked_at: [], gaps: [] },
  call: { cli: [], console: null, account: 'shop', regions: [], aws_calls: 1, retries: 0, elapsed_ms: 1 },
};
const paid = { requests: 1, price_usd: 0.01, as_of: '2026-11-20T08:00:00.000Z' };
const COST: ToolOutput<'get_cost'> = {
  account: 'shop',
  region: null,
  currency: 'USD',
  start: '2026-11-01',
  end: '2026-11-21',
  granularity: 'MONTHLY',
  group_by: 'TAG:team',
  total: 1_240,
  estimated: true,
  before: { start: '2026-10-01', end: '2026-10-20', amount: 1_000, compared: 1_200 },
  groups: [
    { key: '', amount: 600, share: 0.4839 },
    { key: 'we\u202eb', amount: 400, share: 0.3226 },
    { key: 'c', amount: 200, share: 0.1613 },
    { key: 'd', amount: 30, share: 0.0242 },
  ],
  rest: { count: 3, amount: 10 },
  periods: [],
  ...paid,
  ...rest,
};
const FORECAST: ToolOutput<'forecast_cost'> = {
  account: 'shop',
  currency: 'USD',
  start: '2026-11-20',
  end: '2026-12-01',
  spent: { start: '2026-11-01', end: '2026-11-20', amount: 1_200 },
  forecast: 600,
  total: 1_800,
  level: 80,
  low: 550,
  high: 650,
  periods: [],
  ...paid,
  requests: 0,
  price_usd: 0,
  ...rest,
};
const event = {
  arn: 'a',
  service: 'EC2',
  code: 'AWS_EC2_OPERATIONAL_ISSUE',
  category: 'issue' as const,
  status: 'open' as const,
  region: 'us-east-1',
  started: '2026-11-20T07:30:00.000Z',
  description: 'API errors\nup',
  affected: [{ id: 'i-1' }],
  account: 'shop',
};
const HEALTH: ToolOutput<'list_health_events'> = {
  events: [event, { ...event, category: 'scheduledChange', status: 'upcoming' }],
  counts: {},
  since: '2026-11-19T09:00:00.000Z',
  until: '2026-11-20T09:00:00.000Z',
  ...rest,
};
const UNTAGGED: ToolOutput<'find_untagged_resources'> = {
  required_tags: ['owner'],
  resources: [
    { kind: 'bucket', id: 'a', name: 'a', tags: {}, missing: ['owner'], region: 'r', account: 'shop' },
    { kind: 'function', id: 'b', name: 'b', tags: {}, missing: ['owner'], region: 'r', account: 'shop' },
  ],
  checked: 9,
  counts: { bucket: 1, function: 1 },
  ...rest,
};
const PUBLISHED: ToolOutput<'put_event'> = {
  changes: [
    {
      id: 'default',
      name: 'default',
      before: {},
      after: { event_id: 'e-1', state: 'accepted' },
      result: 'done',
    },
  ],
  grant: 'G',
  audit: { intent: 1, outcome: 2 },
  ...rest,
};

function said<Name extends ToolName>(
  tool: Name,
  data: ToolOutput<Name>,
  language: Language = 'en',
): string[] {
  const setting = { words: WORDS[language].answers, now: new Date('2026-11-20T09:00:00Z'), timeZone: 'UTC' };
  return answerOf(tool, {}, data, setting).found.split('\n');
}

describe('costs', () => {
  test('the sum, against whole days before, on what most, and what asking cost', () => {
    expect(said('get_cost', COST)).toEqual([
      '$1,240.00 spent from 2026-11-01 to 2026-11-20 (estimated, the bill is not final).',
      'Without today it is $1,200.00, 20 % more than from 2026-10-01 to 2026-10-19 ($1,000.00).',
      String.raw`Most of it: without team $600.00 (48 %), we\u{202e}b $400.00 (32 %), c $200.00 (16 %) and 4 others $40.00.`,
      'Asking Cost Explorer cost $0.01.',
    ]);
    expect(said('get_cost', COST, 'ko').slice(0, 2)).toEqual([
      '2026-11-01부터 2026-11-20까지 비용은 $1,240.00입니다 (확정 전 추정치).',
      '오늘을 제외하면 $1,200.00로, 2026-10-01부터 2026-10-19까지($1,000.00)보다 20 % 늘었습니다.',
    ]);
    expect(said('get_cost', COST, 'zh')[1]).toBe(
      '不含今天为 $1,200.00，比 2026-10-01 至 2026-10-19（$1,000.00）增加了 20 %。',
    );
  });

  test('a forecast has its parts and interval; a remembered answer costs nothing', () => {
    expect(said('forecast_cost', FORECAST)).toEqual([
      'About $1,800.00 in all by the end of 2026-11-30.',
      '$1,200.00 was spent since 2026-11-01; $600.00 is forecast.',
      'The forecast part lies between $550.00 and $650.00 with 80 % probability.',
      'Remembered from 08:00: asking cost nothing.',
    ]);
    expect(said('forecast_cost', FORECAST, 'ko')[3]).toContain('조회 비용이 들지 않았습니다');
  });

  test('an account goes by its name and number', () => {
    const groups = [{ key: '111122223333', name: 'shop', amount: 3, share: 1 }];
    expect(said('get_cost', { ...COST, group_by: 'LINKED_ACCOUNT', groups, rest: null })[2]).toContain(
      'shop (111122223333) $3.00',
    );
  });

  test('amounts, shares and last days as people write them', () => {
    expect([money(-3.456, 'USD'), money(0.0034, 'USD'), money(12, 'CNY')]).toEqual([
      '-$3.46',
      '$0.0034',
      '12.00 CNY',
    ]);
    expect([share(0.0961), share(0.5), share(-0.02)]).toEqual(['9.6 %', '50 %', '-2 %']);
    expect(lastDay('2026-03-01')).toBe('2026-02-28');
  });
});

test('what AWS has trouble with, what it touches, and what is planned', () => {
  expect(said('list_health_events', HEALTH)).toEqual([
    'AWS reports 1 open issue: EC2 (us-east-1).',
    String.raw`EC2 in us-east-1 since 07:30: API errors\nup`,
    'Affected here: i-1.',
    'Besides: 1 planned change.',
  ]);
  expect(said('list_health_events', { ...HEALTH, events: [] }, 'ko')).toEqual([
    '이 계정에 영향을 주는 AWS 장애는 없습니다.',
  ]);
  const planned = said('list_health_events', { ...HEALTH, events: HEALTH.events.slice(1) }, 'zh');
  expect(planned[1]).toMatch(/^计划变更：EC2（us-east-1，07:30）：/);
});

test('what lacks which tag', () => {
  expect(said('find_untagged_resources', UNTAGGED)).toEqual([
    '2 of 9 resources have no owner tag (1 bucket, 1 function): a and b.',
  ]);
  expect(said('find_untagged_resources', UNTAGGED, 'ko')[0]).toContain('9개 중 2개에 owner 태그가 없습니다');
  expect(said('find_untagged_resources', { ...UNTAGGED, resources: [] })).toEqual([
    'All 9 resources seen have owner.',
  ]);
});

test('an event that was accepted, and that more cannot be seen', () => {
  expect(said('put_event', PUBLISHED)[0]).toContain('(id e-1). Whether a rule took it up cannot be seen');
});
