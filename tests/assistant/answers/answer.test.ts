import { describe, expect, test } from 'vitest';
import type { ToolName, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { answerOf } from '../../../src/assistant/answers/answer.ts';
import type { Language } from '../../../src/domain/reading.ts';
import { WORDS } from '../../../src/language/conversation.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const call = {
  cli: [],
  console: null,
  account: 'shop',
  regions: ['ap-northeast-2'],
  aws_calls: 1,
  retries: 0,
  elapsed_ms: 1,
};
const seen = { coverage: { looked_at: ['EC2'], gaps: [] }, call };
const at = { region: 'ap-northeast-2', account: 'shop', type: 't3.micro', az: 'ap-northeast-2a', tags: {} };

function answer<Name extends ToolName>(
  tool: Name,
  args: Record<string, unknown>,
  data: ToolOutput<Name>,
  language: Language = 'en',
): string {
  const setting = { words: WORDS[language].answers, now: NOW, timeZone: 'Asia/Seoul' };
  const { found, gaps, zone } = answerOf(tool, args, data as Record<string, unknown>, setting);
  return [found, ...gaps, ...(zone ? [zone] : [])].filter((line) => line !== '').join('\n');
}

const instances: ToolOutput<'list_instances'> = {
  instances: [
    { ...at, id: 'i-1', name: 'web-1', state: 'running' },
    { ...at, id: 'i-2', name: 'web-2', state: 'running' },
    {
      ...at,
      id: 'i-3',
      name: 'batch-1',
      state: 'stopped',
      state_reason: 'User initiated (2026-11-19 05:02:11 GMT)',
    },
  ],
  counts: { running: 2, stopped: 1 },
  ...seen,
};

describe('instances', () => {
  test('are counted by state, the stopped ones named with the local time they stopped', () => {
    expect(answer('list_instances', {}, instances)).toBe(
      '3 instances: 2 running, 1 stopped (batch-1 since yesterday 14:02).\n(Times: Asia/Seoul.)',
    );
  });

  test('are told in Korean and Chinese', () => {
    expect(answer('list_instances', {}, instances, 'ko')).toContain(
      '인스턴스 3개: 실행 중 2개, 중지됨 1개 (batch-1 어제 14:02부터).',
    );
    expect(answer('list_instances', {}, instances, 'zh')).toContain(
      '共 3 个实例：2 个运行中, 1 个已停止 (batch-1 自 昨天 14:02)。',
    );
  });

  test('none of a kind says what was looked for', () => {
    expect(answer('list_instances', { state: 'stopped' }, { ...instances, instances: [] })).toBe(
      'No instance matches (stopped).',
    );
  });

  test('what could not be seen is always said', () => {
    const coverage = {
      looked_at: [],
      gaps: [
        { what: 'instances', why: 'denied' as const, detail: 'ec2:DescribeInstances', region: 'eu-west-1' },
      ],
    };
    expect(answer('list_instances', {}, { ...instances, coverage })).toContain(
      'Could not see instances (eu-west-1): access denied.',
    );
  });

  test('a name from outside cannot steer the terminal', () => {
    const evil = { ...at, id: 'i-9', name: 'web\u001b[2J\u202e1', state: 'stopped' as const };
    const told = answer('list_instances', {}, { ...instances, instances: [evil] });
    expect(told).toContain('web\\u{1b}[2J\\u{202e}1');
  });
});

describe('a metric', () => {
  const series: ToolOutput<'get_metric'>['series'][number] = {
    resource: { id: 'i-1', name: 'web-1' },
    namespace: 'AWS/EC2',
    metric: 'CPUUtilization',
    dimensions: { InstanceId: 'i-1' },
    statistic: 'Average',
    unit: 'Percent',
    account: 'shop',
    region: 'ap-northeast-2',
    start: '2026-11-20T06:00:00Z',
    period_s: 60,
    values: [31, 88, 35],
    summary: {
      points: 3,
      min: 31,
      max: 88,
      max_at: '2026-11-20T05:20:00Z',
      average: 31.4,
      last: 35.2,
      last_at: '2026-11-20T08:59:00Z',
    },
    status: 'Complete',
  };

  test('gives average, peak with its time, and now, with units', () => {
    expect(answer('get_metric', {}, { series: [series], ...seen })).toBe(
      'web-1 CPU averaged 31 %, peaked at 88 % at 14:20; now 35 %.\n(Times: Asia/Seoul.)',
    );
  });

  test('a last value that is old is not called now', () => {
    const old = { ...series, summary: { ...series.summary!, last_at: '2026-11-20T07:00:00Z' } };
    expect(answer('get_metric', {}, { series: [old], ...seen })).toContain('last 35 % at 16:00');
  });

  test('no points is no number', () => {
    expect(answer('get_metric', {}, { series: [{ ...series, summary: null }], ...seen })).toBe(
      'No data for CPU of web-1 in that time.',
    );
  });
});

test('firing alarms come with since when', () => {
  const alarm = {
    name: 'api-5xx-high',
    state: 'ALARM' as const,
    since: '2026-11-20T08:40:00Z',
    dimensions: {},
    region: 'ap-northeast-2',
    account: 'shop',
  };
  expect(answer('list_alarms', {}, { alarms: [alarm], counts: { ALARM: 1, OK: 5 }, ...seen })).toBe(
    '1 alarm firing: api-5xx-high since 17:40.\nOthers: 5 OK.\n(Times: Asia/Seoul.)',
  );
});

test('a change tells from what to what, and whether it is still under way', () => {
  const made: ToolOutput<'start_instances'> = {
    changes: [
      {
        id: 'i-3',
        name: 'batch-1',
        before: { state: 'stopped' },
        after: { state: 'pending' },
        result: 'in_progress',
      },
    ],
    grant: 'g',
    audit: { intent: 1, outcome: 2 },
    ...seen,
  };
  expect(answer('start_instances', { instances: ['batch-1'] }, made)).toBe(
    'batch-1: stopped → pending, still under way.',
  );
});
