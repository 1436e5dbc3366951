import { describe, expect, it } from 'vitest';
import type { Directory } from '../../mcp-server/contract/directory.ts';
import { EMPTY_CONVERSATION, type Reading } from '../../src/domain/reading.ts';
import { looksInstead } from '../../src/planner/looks-instead.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';

const planner = createPlanner();

/** What the last of several sentences of one conversation comes to. */
function heard(...said: string[]): Reading {
  let conversation = EMPTY_CONVERSATION;
  let reading: Reading | null = null;
  for (const text of said) {
    const read = planner.read(text, { directory: STREAMING, now: NOW, conversation, accounts: ['main'] });
    ({ conversation, reading } = read);
  }
  return reading!;
}

const callsOf = (reading: Reading) =>
  reading.outcome === 'calls' ? reading.calls.map((call) => [call.tool, call.arguments]) : reading.outcome;

const cpuOf = (resource: string) => [['get_metric', { resource, metric: 'CPUUtilization' }]];

describe('a list of choices', () => {
  const many = STREAMING.entries.filter(({ kind }) => kind === 'instance').length;

  it.each(['CPU', 'reboot the server'])('says how many it leaves out: %s', (said) => {
    const reading = heard(said);
    expect(reading).toMatchObject({ outcome: 'question', question: { more: many - 8 } });
    expect(reading.outcome === 'question' && reading.question.choices).toHaveLength(8);
  });

  it('is answered by a number on it or by a name, on it or not; by no number off it', () => {
    expect(callsOf(heard('CPU', '3'))).toEqual(cpuOf('ingest-worker-1'));
    expect(callsOf(heard('CPU', 'gw-2'))).toEqual(cpuOf('gw-2'));
    expect(callsOf(heard('CPU', 'report-gen'))).toEqual(cpuOf('report-gen'));
    expect(callsOf(heard('CPU', '10'))).toBe('none');
  });

  it('that is whole leaves nothing out', () => {
    expect(heard('connections of the database')).toMatchObject({ outcome: 'question' });
    expect(heard('connections of the database')).not.toHaveProperty('question.more');
  });
});

describe('log groups that are not named', () => {
  it.each([
    'errors in all log groups',
    'which log groups have errors?',
    '어느 로그 그룹에 에러가 있어?',
    '哪些日志组有错误？',
  ])('are offered with the rest of what was asked: %s', (said) => {
    const reading = heard(said);
    expect(reading.outcome === 'question' && reading.question.choices.map((one) => one.label)).toEqual([
      '/aws/lambda/transcode',
      '/aws/lambda/send-receipt',
    ]);
    expect(callsOf(heard(said, '2'))).toEqual([
      ['query_logs', { log_group: '/aws/lambda/send-receipt', filter: 'error' }],
    ]);
  });
});

describe('what is looked at', () => {
  it.each<[said: string[], tool: string, args: Record<string, unknown>]>([
    [['edge-nlb 目标健康状态', 'AWS 健康事件'], 'list_health_events', {}],
    [['edge-nlb 目标健康状态', '健康事件呢？'], 'list_health_events', {}],
    [['edge-nlb target health', 'and AWS health events?'], 'list_health_events', {}],
    [['target health of nlb'], 'get_target_health', { load_balancer: 'edge-nlb' }],
    [['show the target health of the load balancer'], 'get_target_health', { load_balancer: 'edge-nlb' }],
    [['resources tagged env=production'], 'list_instances', { tags: { env: 'production' } }],
    [['env=production 태그가 달린 리소스'], 'list_instances', { tags: { env: 'production' } }],
    [['标签为 env=production 的资源'], 'list_instances', { tags: { env: 'production' } }],
  ])('%j', (said, tool, args) => {
    expect(callsOf(heard(...said))).toEqual([[tool, args]]);
  });
});

describe('what can be looked at in place of a cause', () => {
  const looks = (target: string, directory: Directory = STREAMING, times = {}) =>
    looksInstead({ target, ...times }, directory).looks;

  it('is of the resource itself, by what its kind fails with, and never a change', () => {
    const last = '2h';
    expect(looks('transcode', STREAMING, { last }).map(({ pick }) => [pick.tool, pick.arguments])).toEqual([
      ['get_metric', { resource: 'transcode', metric: 'Errors', last }],
      ['get_metric', { resource: 'transcode', metric: 'Duration', last }],
      ['query_logs', { log_group: '/aws/lambda/transcode', last }],
      ['list_alarms', { state: 'ALARM' }],
      ['get_dependencies', { resource: 'transcode' }],
      ['list_changes', { resource: 'transcode', last }],
    ]);
    for (const { name } of STREAMING.entries)
      for (const { pick } of looks(name)) expect(pick.risk).toBe('read');
  });

  it('has a log group that carries the name, unless several do', () => {
    const group = (name: string) => ({
      ...STREAMING.entries[0]!,
      kind: 'log_group' as const,
      id: name,
      name,
    });
    const having = (...names: string[]) => ({
      ...STREAMING,
      entries: [...STREAMING.entries, ...names.map(group)],
    });
    const logs = (directory: Directory) =>
      looks('player', directory).flatMap(({ look, pick }) =>
        look === 'logs' ? [pick.arguments.log_group] : [],
      );
    expect(logs(having('/ecs/media/player'))).toEqual(['/ecs/media/player']);
    expect(logs(having('/ecs/media/player', '/old/player'))).toEqual([]);
    expect(logs(STREAMING)).toEqual([]);
  });

  it('is what holds for the account when no resource is known', () => {
    expect(looks('why is everything slow?').map(({ look }) => look)).toEqual(['alarms', 'changes']);
  });
});
