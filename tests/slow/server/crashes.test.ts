import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../mcp-server/contract/audit.ts';
import { accountReport, META, METHODS, RESOURCES } from '../../../mcp-server/contract/wire.ts';
import { SHOP } from '../../server/accounts.ts';
import { executed } from '../../server/kept-journal.ts';
import {
  grantFor,
  type Home,
  makeHome,
  type RunningServer,
  startServer,
} from '../../server/running-server.ts';

const DYING = fileURLToPath(new URL('../../server/fixtures/dying-server.ts', import.meta.url));
const START = { account: SHOP, args: ['--keep', '--speed', '1000'], env: { AIOPS_SESSION: 'the-session' } };
const STOP = { instances: ['api-1'] };

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function ownHome(): Promise<Home> {
  const home = await makeHome({ account: SHOP });
  open.push(home.remove);
  return home;
}

async function started(home: Home, more: Parameters<typeof startServer>[0] = {}): Promise<RunningServer> {
  const server = await startServer({ ...START, ...more, env: { ...START.env, ...more?.env } }, home);
  open.push(() => server.stop());
  return server;
}

/** A server that is to meet its fate in the middle of an approved stop of api-1. */
async function doomed(home: Home, moment: string, tool = 'stop_instances', args = START.args) {
  const server = await started(home, { main: DYING, args, env: { DIE: moment } });
  const { proposal } = await server.failing(tool, STOP);
  return { server, grant: { [META.grant]: grantFor(proposal!, home.key) } };
}

async function killed(home: Home, moment: string) {
  const { server, grant } = await doomed(home, moment);
  await expect(server.call('stop_instances', STOP, grant)).rejects.toThrow('closed');
  await server.stop();
  return grant;
}

/** How often the account itself knows of a stop. */
function executions(home: Home): number {
  return executed(home).filter((event) => event === 'StopInstances').length;
}

async function story(server: RunningServer): Promise<string[]> {
  const { entries } = (await server.method(METHODS.auditShow)) as { entries: AuditEntry[] };
  return entries.map(({ event, detail }) => (event === 'outcome' ? `outcome ${detail.result}` : event));
}

async function recovered(server: RunningServer) {
  return accountReport.parse(await server.resource(RESOURCES.account)).recovered;
}

const stateOf = async (server: RunningServer) =>
  (await server.call('describe_instance', { instance: 'api-1' })).output.instance.state;

const INTENT = ['proposed', 'approved', 'intent'];

describe('kill -9', () => {
  test.each([
    // A state may still be on its way at the very start; a later start sees it where it went.
    ['after the intent', 0, /is not seen to have happened: api-1 .*state running/],
    [
      'after AWS answered',
      1,
      /stop_instances happened: CloudTrail has its StopInstances of .*Now api-1 .*state stop/,
    ],
  ])('%s: the next start says what became of it, and repeats nothing', async (moment, ran, finding) => {
    const home = await ownHome();
    const grant = await killed(home, moment);
    const next = await started(home);
    const found = await recovered(next);
    expect(found).toMatchObject([{ sequence: 3, tool: 'stop_instances' }]);
    expect(found[0]?.finding).toMatch(finding);
    expect(await story(next)).toEqual([...INTENT, 'found']);
    await expect.poll(() => stateOf(next), { timeout: 20_000 }).toBe(ran === 1 ? 'stopped' : 'running');
    const again = await next.failing('stop_instances', STOP, grant);
    expect(again.code).toBe(ran === 1 ? 'state_moved' : 'grant_used');
    expect(executions(home)).toBe(ran);
    expect(await next.method(METHODS.auditVerify)).toMatchObject({
      verdict: { intact: true, open_intents: [] },
    });
    await next.stop();
    expect(await recovered(await started(home))).toEqual([]);
  });

  test('before the intent: nothing ran, nothing is left open, and the grant still counts, once', async () => {
    const home = await ownHome();
    const grant = await killed(home, 'before the intent');
    const next = await started(home);
    expect(await recovered(next)).toEqual([]);
    expect(await story(next)).toEqual(['proposed']);
    expect(executions(home)).toBe(0);
    await next.call('stop_instances', STOP, grant);
    expect(executions(home)).toBe(1);
    expect(await story(next)).toEqual([...INTENT, 'outcome done']);
  });

  test('after the outcome: the log has it, and the next start has nothing to look up', async () => {
    const home = await ownHome();
    const grant = await killed(home, 'after the outcome');
    const next = await started(home);
    expect(await recovered(next)).toEqual([]);
    expect(await story(next)).toEqual([...INTENT, 'outcome done']);
    await expect.poll(() => stateOf(next), { timeout: 20_000 }).toBe('stopped');
    expect((await next.failing('stop_instances', STOP, grant)).code).toBe('state_moved');
    expect(executions(home)).toBe(1);
  });
});

describe('a reboot leaves the state as it was: only CloudTrail tells', () => {
  // So fast that CloudTrail's fifteen minutes are over when the next server looks.
  const args = ['--keep', '--speed', '100000'];
  test.each([
    ['after the intent', 'is not seen to have happened: CloudTrail has no RebootInstances of it'],
    ['after AWS answered', 'reboot_instances happened: CloudTrail has its RebootInstances of '],
  ])('%s', async (moment, finding) => {
    const home = await ownHome();
    const { server, grant } = await doomed(home, moment, 'reboot_instances', args);
    await expect(server.call('reboot_instances', STOP, grant)).rejects.toThrow('closed');
    await server.stop();
    const next = await started(home, { args });
    const [found] = await recovered(next);
    expect(found?.finding).toContain(finding);
    expect(Date.parse(found?.at ?? '')).not.toBeNaN();
    expect(await story(next)).toEqual([...INTENT, 'found']);
  });
});

test('a simulated account that kept nothing: what was asked of it is lost, and closed', async () => {
  const home = await ownHome();
  const args = ['--speed', '1000'];
  const { server, grant } = await doomed(home, 'after AWS answered', 'stop_instances', args);
  await expect(server.call('stop_instances', STOP, grant)).rejects.toThrow('closed');
  await server.stop();
  const next = await started(home, { args });
  expect((await recovered(next))[0]?.finding).toContain('its state was lost with the process');
  expect(await story(next)).toEqual([...INTENT, 'found']);
  expect(await next.method(METHODS.auditVerify)).toMatchObject({ verdict: { open_intents: [] } });
});

const LIMITS_FILES = spawnSync('prlimit', ['--version']).status === 0;

test.runIf(LIMITS_FILES)(
  'a disk that is full between intent and outcome: told at once, found at the next start',
  async () => {
    const home = await ownHome();
    const { server, grant } = await doomed(home, 'never, but its disk is full after AWS answered');
    const failed = await server.failing('stop_instances', STOP, grant);
    expect(failed).toMatchObject({ code: 'outcome_unknown', nothing_changed: false });
    expect(failed.message).toMatch(/AWS accepted stop_instances on api-1 .*could not be written/);
    expect(failed.message).toContain('Entry 3 stands there as an intent without an outcome');
    // Nothing more runs on a log that cannot be written.
    expect(await server.failing('reboot_instances', { instances: ['web-1'] })).toMatchObject({
      code: 'store',
      nothing_changed: true,
    });
    await server.stop();

    const next = await started(home);
    expect(await recovered(next)).toMatchObject([{ sequence: 3, tool: 'stop_instances' }]);
    expect(await story(next)).toEqual([...INTENT, 'found']);
    expect(executions(home)).toBe(1);
    expect(await next.method(METHODS.auditVerify)).toMatchObject({
      verdict: { intact: true, open_intents: [] },
    });
  },
);

describe('an open intent that the next start cannot look up stays open, and it says why', () => {
  const findingWith = async (home: Home, more: Parameters<typeof startServer>[0] = {}) => {
    const next = await started(home, more);
    const [found] = await recovered(next);
    expect((await story(next)).at(-1)).toBe('intent');
    await next.stop();
    return found?.finding;
  };

  test('its account does not open, has changed, or is another one', async () => {
    const home = await ownHome();
    await killed(home, 'after AWS answered');
    const file = join(home.folder, 'account.yaml');
    await writeFile(file, `${SHOP}ec3: []\n`);
    expect(await findingWith(home)).toMatch(
      /could not be looked up \(.*account\.yaml.*next start tries again/,
    );
    await writeFile(file, `${SHOP}\n`);
    expect(await findingWith(home)).toMatch(/could not be looked up \(.*account\.yaml has changed since/);
    expect(await findingWith(home, { account: null, args: ['--account', 'demo'] })).toMatch(
      /its account is not one of this server/,
    );
    await writeFile(file, SHOP);
    expect(await recovered(await started(home))).toMatchObject([
      { finding: expect.stringContaining('stop_instances happened: CloudTrail has its StopInstances') },
    ]);
  });
});
