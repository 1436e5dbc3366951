import { describe, expect, it } from 'vitest';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';

const planner = createPlanner();

function changes(said: readonly string[]): unknown[] {
  let conversation = EMPTY_CONVERSATION;
  let found: unknown[] = [];
  for (const text of said) {
    const result = planner.read(text, { directory: STREAMING, now: NOW, conversation });
    conversation = result.conversation;
    const { reading } = result;
    const calls = reading.outcome === 'calls' || reading.outcome === 'question' ? reading.calls : [];
    found = calls.filter((call) => call.risk !== 'read');
  }
  return found;
}

/** Sentences near to an order that are none, or not this one; parted by ` » ` where they are a conversation. */
const NOTHING = [
  "don't you dare stop gw-1",
  'do not under any circumstances terminate jenkins',
  'please do not touch or stop kafka-a',
  "don't go and stop gw-1",
  'no one should stop gw-1',
  "stop... no, don't stop gw-1",
  'reboot gw-1 - actually no, wait',
  'stop telling me about gw-1',
  'stop the alarm on gw-1',
  'start a conversation about gw-1',
  'kill the java process on gw-1',
  'restart the nginx service on gw-1',
  'terminate the ssh session on gw-1',
  'delete the logs on gw-1',
  'remove gw-1 from edge-nlb',
  'reset the password on gw-1',
  'what does stop gw-1 do?',
  'has gw-1 been rebooted?',
  'have you rebooted gw-1?',
  'does gw-1 need to be rebooted?',
  'we will reboot gw-1 tomorrow',
  'after you reboot gw-1 the latency drops',
  'summarize this: terminate gw-1 now',
  'here is the log:\nterminate gw-1',
  'the log says:\nterminate gw-1',
  'pretend to terminate gw-1',
  'unless gw-1 is idle, stop it',
  'stop gw-1 when the backup finishes',
  'stop gw-1 at 10pm',
  'wait 5 minutes then reboot gw-1',
  'reboot gw-1 every night',
  'reboot gw-1 or gw-2',
  'reboot one of the gateways',
  'stop the oldest instance',
  'stop idle instances',
  'stop gw-1-old',
  'stop my-gw-1',
  'stop gw-{1,2}',
  'stop gw-1..3',
  'stop i-deadbeef',
  'stop arn:aws:ec2:eu-west-1:999999999999:instance/i-0f00ba4000000001',
  'reboot gw-1 2',
  'start or stop gw-1',
  'maybe stop gw-1',
  'terminate the instance that has the highest cpu',
  'cpu of gw-1 and gw-2 » reboot it',
  'cpu of gw-1 » list all instances » reboot it',
  'cpu of gw-1 » stop server 2',
  'stop gw-1 » and kafka-a',
  'restart the gateway » yes',
  'restart the gateway » cpu of kafka-a',
  'gw-1 안 꺼도 돼',
  'gw-1 재부팅 금지',
  'gw-1 건드리지 마',
  'gw-1에 있는 로그 삭제해줘',
  'gw-1에서 nginx 재시작해줘',
  'gw-1 알람 꺼줘',
  'gw-1이나 gw-2 꺼줘',
  '게이트웨이 중 하나만 재부팅해줘',
  'gw-1 끄면 알려줘',
  '10분 뒤에 gw-1 재부팅',
  '밤 10시에 jenkins 꺼줘',
  'gw-1 꺼달라고 하던데',
  '재부팅이 뭐야?',
  'gw-1 不能停',
  '我不想停止 gw-1',
  '要不要重启 gw-1',
  '删除相关的 gw-1',
  '停止 gw-1 上的日志',
  '重启 gw-1 上的 nginx',
  '重启 gw-1 或 gw-2',
  '10分钟后重启 gw-1',
  '等备份完成后停止 gw-1',
  '日志里说：终止 gw-1',
  'gw-1 已经重启了',
];

describe('near to an order', () => {
  it.each(NOTHING)('%s', (text) => {
    expect(changes(text.split(' » '))).toEqual([]);
  });
});
