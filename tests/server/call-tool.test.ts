import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createToolCalls, type ToolCall } from '../../mcp-server/call-tool.ts';
import type { Account } from '../../mcp-server/cloud/account.ts';
import type { OpenCloud } from '../../mcp-server/cloud/open-cloud.ts';
import type { ChangeOutcome } from '../../mcp-server/guard/guard.ts';
import type { AnyTool } from '../../mcp-server/tools/tool.ts';

const account = {
  name: 'shop',
  backend: { kind: 'aws', endpoint: null },
  protected: [],
  keeps: true,
  now: () => new Date(0),
  identity: async () => ({ account: '111122223333', arn: 'arn' }),
} as unknown as Account;
const cloud = {
  forCall: () => ({ account: async () => account, progress: () => {} }),
  forget: () => {},
} as unknown as OpenCloud;
const contract = { name: 'touch', input: z.object({}), output: z.object({}) };
const fails = async () => {
  throw new Error('a mistake of ours');
};

/** Breaks where it is told to. */
function tools(observe: () => Promise<object>): Map<string, AnyTool> {
  const change = {
    kind: 'change',
    contract,
    observe,
    plan: () => ({ tool: 'touch', targets: [] }),
    attempt: async () => {},
    verify: async () => [],
  };
  const read = { kind: 'read', contract, run: fails };
  return new Map([
    ['touch', change as unknown as AnyTool],
    ['look', read as unknown as AnyTool],
  ]);
}

async function failed(
  name: string,
  broken: { observe?: () => Promise<object>; run?: () => Promise<ChangeOutcome>; left?: boolean },
) {
  const observed = async () => ({ account: 'shop', region: 'eu-west-1', states: [], population: 1 });
  const leaving = new AbortController();
  const calls = createToolCalls({
    tools: tools(broken.observe ?? observed),
    cloud,
    guard: {
      run: () => {
        if (broken.left) leaving.abort();
        return (broken.run ?? fails)();
      },
    },
    turnedAway: () => {},
    stopwatch: () => 0,
    report: () => 'id',
  });
  const call = { name, arguments: {}, session: 's', signal: leaving.signal, progress: () => {} } as object;
  const answer = await calls(call as ToolCall);
  if (answer.kind !== 'failed') throw new Error('it succeeded');
  return answer.failure;
}

describe('an error nobody has words for', () => {
  test('in a read: nothing was changed', async () => {
    expect(await failed('look', {})).toMatchObject({ code: 'internal', nothing_changed: true });
  });

  test('before the guard was asked: nothing was changed', async () => {
    expect(await failed('touch', { observe: fails })).toMatchObject({
      code: 'internal',
      nothing_changed: true,
    });
  });

  test.each([false, true])(
    'after the guard was asked: nobody claims that (the caller left: %s)',
    async (left) => {
      expect(await failed('touch', { left })).toMatchObject({ code: 'internal', nothing_changed: false });
      // What the guard answered cannot be made into an answer.
      const run = async () => ({ kind: 'changed' }) as ChangeOutcome;
      const failure = await failed('touch', { run, left });
      expect(failure).toMatchObject({ code: 'internal', nothing_changed: false });
      expect(failure.hint).toContain('aiops audit show');
    },
  );
});
