import { describe, expect, it } from 'vitest';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';

const planner = createPlanner();
const FUNCTION_GROUP = { log_group: '/aws/lambda/transcode' };

describe('what to look for in which log', () => {
  it.each<[said: string, args: Record<string, unknown>]>([
    ['errors in /web/access in the past 2 hours', { log_group: '/web/access', filter: 'error', last: '2h' }],
    ['failed logins in /linux/auth, last hour', { log_group: '/linux/auth', filter: 'failed', last: '1h' }],
    ['지난 1시간 /linux/auth 로그인 실패 보여줘', { log_group: '/linux/auth', filter: 'failed', last: '1h' }],
    ['过去1小时 /linux/auth 登录失败', { log_group: '/linux/auth', filter: 'failed', last: '1h' }],
    [
      'logs of transcode containing OutOfMemory, last 30m',
      { ...FUNCTION_GROUP, filter: 'OutOfMemory', last: '30m' },
    ],
    ['timeouts in the transcode logs', { ...FUNCTION_GROUP, filter: 'timeout' }],
    ['show me the logs of transcode', FUNCTION_GROUP],
  ])('%s', (said, args) => {
    const { reading } = planner.read(said, {
      directory: STREAMING,
      now: NOW,
      conversation: EMPTY_CONVERSATION,
    });
    expect(reading.outcome).toBe('calls');
    expect(reading.outcome === 'calls' && reading.calls.map((call) => [call.tool, call.arguments])).toEqual([
      ['query_logs', args],
    ]);
  });
});
