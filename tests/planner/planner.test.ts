import { describe, expect, it } from 'vitest';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';

const planner = createPlanner();
const read = (text: string, conversation = EMPTY_CONVERSATION, timeZone?: string) =>
  planner.read(text, { directory: STREAMING, now: NOW, conversation, ...(timeZone && { timeZone }) });

describe('a reading', () => {
  it('says when its targets stand in the text in full', () => {
    expect(read('start report-gen').reading).toMatchObject({ calls: [{ namedInFull: true }] });
    expect(read('start REPORT_GEN').reading).toMatchObject({ calls: [{ namedInFull: true }] });
    expect(read('start the finance machine').reading).toMatchObject({ calls: [{ namedInFull: false }] });
    const before = read('cpu of gw-1').conversation;
    expect(read('reboot it', before).reading).toMatchObject({ calls: [{ namedInFull: false }] });
  });

  it('offers the candidates of an ambiguous target as choices that can be taken as they are', () => {
    expect(read('restart the gateway').reading).toMatchObject({
      outcome: 'question',
      question: {
        code: 'ambiguous',
        choices: [
          { label: 'gw-1', pick: { tool: 'reboot_instances', arguments: { instances: ['gw-1'] } } },
          { label: 'gw-2', pick: { tool: 'reboot_instances', arguments: { instances: ['gw-2'] } } },
        ],
      },
    });
  });

  it('looks while it asks about a condition', () => {
    expect(read('if kafka-a cpu goes above 90% reboot it').reading).toMatchObject({
      outcome: 'question',
      question: { code: 'conditional', choices: [{ pick: { tool: 'reboot_instances' } }] },
      calls: [{ tool: 'get_metric', arguments: { resource: 'kafka-a', metric: 'CPUUtilization' } }],
    });
  });

  it('reads days in the time zone it is given', () => {
    expect(read('cpu of gw-1 today', EMPTY_CONVERSATION, 'Asia/Seoul').reading).toMatchObject({
      calls: [{ arguments: { start: '2027-03-18T15:00:00.000Z' } }],
    });
  });

  it('tells the language to answer in', () => {
    expect(read('list instances').language).toBe('en');
    expect(read('web 서버 목록').language).toBe('ko');
    expect(read('停止 kafka-b please').language).toBe('zh');
  });

  it('takes a close name for a read only', () => {
    expect(read('cpu of kafak-a').reading).toMatchObject({ calls: [{ arguments: { resource: 'kafka-a' } }] });
    expect(read('stop kafak-a').reading).toMatchObject({
      outcome: 'question',
      question: { code: 'unknown_resource', choices: [{ label: 'kafka-a' }] },
    });
  });

  it('writes an id where two machines share a name', () => {
    const twin = { ...STREAMING.entries[0]!, id: 'i-0f00ba4000000777', name: 'jenkins' };
    const directory = { ...STREAMING, entries: [...STREAMING.entries, twin] };
    const { reading } = planner.read('stop jenkins', {
      directory,
      now: NOW,
      conversation: EMPTY_CONVERSATION,
    });
    expect(reading).toMatchObject({ outcome: 'question', question: { code: 'ambiguous' } });
    const byId = planner.read('stop i-0f00ba4000000777', {
      directory,
      now: NOW,
      conversation: EMPTY_CONVERSATION,
    });
    expect(byId.reading).toMatchObject({
      calls: [{ arguments: { instances: ['i-0f00ba4000000777'] }, namedInFull: true }],
    });
  });

  it('is the same for the same input', () => {
    for (const text of ['reboot gw-1 then show its cpu', '게이트웨이 재부팅', '把 edge-asg 扩到 6 台'])
      expect(read(text)).toEqual(read(text));
  });

  it('does not need the account for words that explain themselves', () => {
    for (const text of [
      'list all instances',
      'which are stopped?',
      'what alarms are firing',
      '인스턴스 목록 보여줘',
      '列出所有实例',
      'what changed in the last hour?',
    ])
      expect(planner.needsDirectory(text), text).toBe(false);
    for (const text of [
      'cpu of gw-1',
      'list kafka boxes',
      'reboot it',
      'stop the gateway',
      'show staging servers',
    ])
      expect(planner.needsDirectory(text), text).toBe(true);
  });
});
