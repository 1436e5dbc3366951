import { describe, expect, it } from 'vitest';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';

const planner = createPlanner();
const read = (text: string, more: { mostAtOnce?: number } = {}) =>
  planner.read(text, { directory: STREAMING, now: NOW, conversation: EMPTY_CONVERSATION, ...more }).reading;

describe('what a list is narrowed by beside its arguments', () => {
  it.each([
    ['list t3.medium instances', 'list_instances', [{ by: 'type', value: 't3.medium' }]],
    ['list t3 instances', 'list_instances', [{ by: 'type', value: 't3' }]],
    ['t3.medium 인스턴스 목록', 'list_instances', [{ by: 'type', value: 't3.medium' }]],
    ['列出 t3.medium 实例', 'list_instances', [{ by: 'type', value: 't3.medium' }]],
    ['list instances in eu-west-1a', 'list_instances', [{ by: 'zone', value: 'eu-west-1a' }]],
    ['list instances in edge-asg', 'list_instances', [{ by: 'group', value: 'edge-asg' }]],
    ['edge-asg의 인스턴스 보여줘', 'list_instances', [{ by: 'group', value: 'edge-asg' }]],
    ['列出 edge-asg 里的实例', 'list_instances', [{ by: 'group', value: 'edge-asg' }]],
    ['show edge-asg', 'list_auto_scaling_groups', [{ by: 'name', value: 'edge-asg' }]],
    ['list instances in foo', 'list_instances', [{ by: 'unheld', value: 'foo' }]],
    [
      'list instances launched in the last hour',
      'list_instances',
      [{ by: 'unheld', value: 'in the last hour' }],
    ],
    ['list db.r6g.large databases', 'list_databases', [{ by: 'type', value: 'db.r6g.large' }]],
    ['alarms of gw-1', 'list_alarms', [{ by: 'unheld', value: 'gw-1' }]],
  ])('%s', (text, tool, narrow) => {
    expect(read(text)).toMatchObject({ outcome: 'calls', calls: [{ tool, narrow }] });
  });

  it.each(['list instances', 'list the kafka boxes', 'which ones are stopped?', 'list all alarms'])(
    '%s: by nothing',
    (text) => {
      const reading = read(text);
      expect(reading.outcome === 'calls' && reading.calls.map((call) => call.narrow)).toEqual([undefined]);
    },
  );
});

describe('how many a destructive request may name', () => {
  it('says the limit, and heeds a configured one', () => {
    const text = 'stop gw-1, gw-2, kafka-a and kafka-b';
    expect(read(text)).toEqual({ outcome: 'refusal', reason: 'too_many', action: 'stop_instances', most: 3 });
    expect(read(text, { mostAtOnce: 4 })).toMatchObject({ outcome: 'calls' });
  });
});

describe('the language of an answer', () => {
  it.each(['\ufffd睇\u0000\ufffd', '\u0001\u0002中', 'asdf'])('is not guessed from noise: %j', (text) => {
    expect(
      planner.read(text, { directory: STREAMING, now: NOW, conversation: EMPTY_CONVERSATION }).language,
    ).toBe('en');
  });
});
