import { describe, expect, it } from 'vitest';
import type { Directory } from '../../mcp-server/contract/directory.ts';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';

const GAP = {
  what: 'instances',
  why: 'denied',
  detail: 'ec2:DescribeInstances is not allowed.',
  region: 'us-west-2',
} as const;
const PARTIAL: Directory = { ...STREAMING, complete: false, gaps: [GAP] };
const ELSEWHERE = 'i-0f00ba40000009999';
const ARN = `arn:aws:ec2:us-west-2:444455556666:instance/${ELSEWHERE}`;

const planner = createPlanner();
function say(directory: Directory, ...texts: string[]) {
  let conversation = EMPTY_CONVERSATION;
  let reading = planner.read('', { directory, now: NOW, conversation }).reading;
  for (const text of texts)
    ({ reading, conversation } = planner.read(text, { directory, now: NOW, conversation }));
  return reading;
}

describe('a name that an incomplete directory does not know', () => {
  it.each(['stop gw-3', 'cpu of gw-3', 'status of gw-3', 'describe gw-3', 'gw-3 중지해줘', '停止 gw-3'])(
    '%s: the question carries what could not be listed',
    (text) => {
      expect(say(PARTIAL, text)).toMatchObject({
        outcome: 'question',
        question: { code: 'unknown_resource', mention: 'gw-3', unseen: [GAP] },
      });
      const whole = say(STREAMING, text);
      expect(whole).toMatchObject({ outcome: 'question', question: { code: 'unknown_resource' } });
      expect(whole.outcome === 'question' && 'unseen' in whole.question).toBe(false);
    },
  );

  it('so does the choice between those that are known', () => {
    expect(say(PARTIAL, 'stop the gateway')).toMatchObject({
      question: { code: 'ambiguous', unseen: [GAP] },
    });
  });

  it('says so too when nobody knows what could not be listed', () => {
    expect(say({ entries: [], complete: false }, 'stop gw-3')).toMatchObject({ question: { unseen: [] } });
  });
});

describe('a full id that an incomplete directory does not know', () => {
  it.each([
    [`stop ${ELSEWHERE}`, 'stop_instances', { instances: [ELSEWHERE] }],
    [`stop gw-1 and ${ELSEWHERE}`, 'stop_instances', { instances: ['gw-1', ELSEWHERE] }],
    [`stop ${ARN}`, 'stop_instances', { instances: [ARN] }],
    [`cpu of ${ELSEWHERE}`, 'get_metric', { resource: ELSEWHERE }],
    [`describe ${ELSEWHERE}`, 'describe_instance', { instance: ELSEWHERE }],
    [`把 ${ELSEWHERE} 停掉`, 'stop_instances', { instances: [ELSEWHERE] }],
  ])('%s goes to the server as it stands', (text, tool, args) => {
    expect(say(PARTIAL, text)).toMatchObject({ outcome: 'calls', calls: [{ tool, arguments: args }] });
    expect(say(STREAMING, text)).toMatchObject({ outcome: 'question' });
  });

  it('a piece of an id does not', () => {
    expect(say(PARTIAL, 'stop i-0f00ba')).toMatchObject({ question: { code: 'unknown_resource' } });
  });

  it('and it can be asked about further', () => {
    expect(say(PARTIAL, `cpu of ${ELSEWHERE} last 3h`, 'and the last hour?')).toMatchObject({
      calls: [{ tool: 'get_metric', arguments: { resource: ELSEWHERE, last: '1h' } }],
    });
  });
});
