import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { METHODS } from '../../../mcp-server/contract/wire.ts';
import { signStanding } from '../../../src/cli/standing.ts';
import { createTools } from '../../../src/tools/client.ts';
import { spawnServer } from '../../../src/tools/server-process.ts';
import { type MethodName, type Tools, ToolsError } from '../../../src/tools/tools.ts';
import { PACKAGE, runAiops } from '../../cli/run-aiops.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../../e2e/pseudo-terminal.ts';
import { type Home, makeHome, serverOf } from '../../tools-client/small-shop.ts';

const LAUNCHER = join(PACKAGE, 'bin', 'aiops.js');
const TERMS = ['--rate', '2/1d', '--expires', '7d', '--reason', 'nightly batch'];
const START = ['approvals', 'standing', 'start_instances', 'batch-1', ...TERMS];
const NAMED = ['--approve', 'start_instances:batch-1'];

/** The command on a terminal, whose standard error nobody reads. */
function onTerminal(home: Home, args: string[]): PseudoTerminal {
  const all = [process.execPath, LAUNCHER, ...args, '--account', home.account];
  const terminal = openPseudoTerminal('/bin/sh', ['-c', '"$0" "$@" 2>/dev/null', ...all], {
    cwd: home.folder,
    env: { ...home.environment, TERM: 'xterm-256color' },
  });
  onTestFinished(async () => {
    terminal.kill();
    await terminal.exited;
  });
  return terminal;
}

async function standingOf(home: Home): Promise<{ grant: { id: string }; revoked_at: string | null }[]> {
  const { stdout } = await runAiops(['approvals', '--json'], { home });
  return JSON.parse(stdout).standing;
}

test('the dialog shows every term that is signed, and its yes signs just those', async () => {
  const home = await makeHome();
  const terminal = onTerminal(home, [...START, '--json']);
  const seen = await terminal.until(/y approve/);
  expect(seen).toMatch(/Standing grant: SG-[0-9A-F]{10}/);
  expect(seen).toContain('At most: 2 times in any 1 day');
  const days = (Date.parse(/Until: (\S+)/.exec(seen)?.[1] ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(6.9);
  expect(days).toBeLessThanOrEqual(7);
  expect(seen).toContain('Any value for: no argument');
  expect(seen).toContain('Reason: nightly batch');
  expect(seen).not.toContain('Open for');
  expect((await terminal.pressUntilEnd('y')).exitCode).toBe(0);
  const [signed] = await standingOf(home);
  expect(signed?.grant).toMatchObject({
    kind: 'standing',
    target: 'i-0a00000000000003',
    rate: { count: 2, seconds: 86_400 },
    reason: 'nightly batch',
  });
  const id = signed?.grant.id ?? '';
  expect(seen).toContain(id);
  expect((await runAiops(['approvals'], { home })).stdout).toContain(id);
  expect((await runAiops(['approvals', 'revoke', id], { home })).code).toBe(0);
  expect((await standingOf(home))[0]?.revoked_at).not.toBeNull();
});

test('--approve does not stand in for the dialog: it asks all the same', async () => {
  const home = await makeHome();
  const terminal = onTerminal(home, [...START, ...NAMED]);
  await terminal.until(/Standing grant: SG-.*y approve/s);
  expect((await terminal.pressUntilEnd('n')).exitCode).toBe(4);
  expect(await standingOf(home)).toEqual([]);
});

test('--approve without a terminal signs nothing for the future', async () => {
  const home = await makeHome();
  const ran = await runAiops([...START, ...NAMED], { home });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('--approve does not count');
  expect(await standingOf(home)).toEqual([]);
  const { stdout } = await runAiops(['approvals', '--json'], { home });
  expect(JSON.parse(stdout).proposals).toEqual([]);
});

test('nobody is asked for a yes that could not be signed', async () => {
  const home = await makeHome();
  const ran = await runAiops(['approvals', 'standing', 'stop_instances', 'web-1', ...TERMS], { home });
  expect(ran.code).toBe(5);
  expect(ran.stderr).toContain('destructive');
});

test('one for a kind of event keeps all of it but the text left open', async () => {
  const home = await makeHome();
  const event = ['detail_type=incident.opened', 'severity=high', 'detail.team=shop', 'detail.summary=*'];
  const given = event.flatMap((pair) => ['--argument', pair]);
  const named = ['approvals', 'standing', 'put_event'];
  const other = await runAiops([...named, 'orders-bus', ...given, ...TERMS], { home });
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('put_event is for default');
  const terminal = onTerminal(home, [...named, 'default', ...given, ...TERMS, '--json']);
  expect(await terminal.until(/y approve/)).toContain('Any value for: detail.summary');
  expect((await terminal.pressUntilEnd('y')).exitCode).toBe(0);
  expect((await standingOf(home))[0]?.grant).toMatchObject({
    tool: 'put_event',
    target: 'default',
    template: {
      detail_type: { is: 'incident.opened' },
      detail: { members: { team: { is: 'shop' }, summary: { any: true } } },
    },
  });
});

/** The real tools, but for the one method that withdraws a proposal. */
function withoutDeclining(tools: Tools): Tools {
  const failure = { code: 'store', message: 'disk full', nothing_changed: true } as const;
  return {
    ...tools,
    ask: (method: MethodName, params: never) =>
      method === METHODS.decline ? Promise.reject(new ToolsError(failure)) : tools.ask(method, params),
  } as Tools;
}

test.each([
  ['signed', 'start_instances', 'batch-1', 'done'],
  ['refused with its reason', 'stop_instances', 'web-1', 'refused'],
] as const)('what cannot be withdrawn is said, and it stays %s', async (_, tool, resource, exit) => {
  const home = await makeHome();
  const tools = createTools(() => spawnServer(serverOf(home)), {
    version: 'test',
    stopwatch: () => performance.now(),
  });
  onTestFinished(() => tools.close());
  const notes: string[] = [];
  const output = { note: (text: string) => notes.push(text), data: () => {} };
  const parts = {
    environment: home.environment,
    now: () => new Date(),
    openAnswerer: async () => ({ ask: async () => ({ decision: 'approve' }) }),
  };
  const options = { language: 'en', json: false, config: null };
  const ended = await signStanding(
    { tool, resource, given: { rate: '1/1d', expires: '7d', reason: 'nightly batch' } },
    options as unknown as Parameters<typeof signStanding>[1],
    parts as unknown as Parameters<typeof signStanding>[2],
    withoutDeclining(tools),
    output as unknown as Parameters<typeof signStanding>[4],
  );
  expect(ended).toBe(exit);
  expect(notes.join('\n')).toContain('disk full');
  expect(notes.join('\n')).toMatch(exit === 'done' ? /is signed/ : /destructive/);
});

test('what a scale-up names is its service', async () => {
  const called: object[] = [];
  const tools = {
    callAny: async (_tool: string, args: object) => {
      called.push(args);
      throw new ToolsError({ code: 'denied', message: 'not here', nothing_changed: true });
    },
  };
  const given = { argument: ['desired=4'], rate: '1/1d', expires: '7d', reason: 'nightly batch' };
  const parts = { environment: {}, now: () => new Date(), openAnswerer: async () => null };
  const signing = signStanding(
    { tool: 'scale_service', resource: 'cart', given },
    { language: 'en', json: false, config: null } as unknown as Parameters<typeof signStanding>[1],
    parts as unknown as Parameters<typeof signStanding>[2],
    tools as unknown as Tools,
    { note: () => {}, data: () => {} } as unknown as Parameters<typeof signStanding>[4],
  );
  await expect(signing).rejects.toThrow('not here');
  expect(called).toEqual([{ service: 'cart', desired: 4 }]);
});
