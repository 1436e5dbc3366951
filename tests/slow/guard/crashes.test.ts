import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TrailEvidence } from '../../../mcp-server/cloud/trail-evidence.ts';
import type { ProposalGrant } from '../../../mcp-server/contract/grant.ts';
import type { ChangeOutcome } from '../../../mcp-server/guard/guard.ts';
import { openIntents, STALE_MS } from '../../../mcp-server/guard/open-intents.ts';
import { recoverOpenIntents } from '../../../mcp-server/guard/recover-intents.ts';
import { WAIT_LIMIT_MS } from '../../../mcp-server/tools/instance-waits.ts';
import { Bench, failed, instanceChange, request, seenOf } from '../../guard/bench.ts';

const FIXTURE = fileURLToPath(new URL('../../guard/fixtures/redeem.ts', import.meta.url));
const STOP = instanceChange();

type Run = { signal: string | null; outcome: ChangeOutcome | null };

function server(bench: Bench, told: object): ChildProcess {
  return spawn(process.execPath, [FIXTURE, bench.folder, JSON.stringify({ change: STOP, ...told })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function ended(child: ChildProcess): Promise<Run> {
  let out = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  const [, signal] = await once(child, 'close');
  const last = out.trim().split('\n').at(-1);
  return { signal, outcome: last?.startsWith('{') ? JSON.parse(last) : null };
}

function attempts(bench: Bench): number {
  const file = join(bench.folder, 'attempts');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
}

describe('kill -9 of the server', () => {
  const points: [string, { ran: number; story: string[]; again: string; found: string[] }][] = [
    // Nothing was claimed: the same grant still runs.
    ['before-intent', { ran: 0, story: ['proposed'], again: 'changed', found: [] }],
    [
      'after-intent',
      { ran: 0, story: ['proposed', 'approved', 'intent'], again: 'grant_used', found: ['found'] },
    ],
    [
      'after-aws',
      { ran: 1, story: ['proposed', 'approved', 'intent'], again: 'grant_used', found: ['found'] },
    ],
    [
      'after-outcome',
      { ran: 1, story: ['proposed', 'approved', 'intent', 'outcome done'], again: 'grant_used', found: [] },
    ],
  ];

  it.each(points)('%s: one execution at most, and the log says what is known', async (dieAt, expected) => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    const crashed = await ended(server(bench, { grant, dieAt }));
    expect(crashed.signal).toBe('SIGKILL');
    expect(attempts(bench)).toBe(expected.ran);
    expect(bench.story()).toEqual(expected.story);

    const looked: string[] = [];
    const recovered = await recoverOpenIntents(
      bench.ledger,
      async (change, at) => {
        looked.push(`${change.tool} ${at.region}`);
        return { seen: seenOf(change, expected.ran ? 'done' : 'not_seen'), trail: null };
      },
      () => bench.now,
    );
    expect(bench.story().slice(expected.story.length)).toEqual(expected.found);
    expect(recovered.map(({ sequence }) => sequence)).toEqual(expected.found.map(() => 3));
    expect(looked).toEqual(expected.found.map(() => 'stop_instances eu-west-1'));
    expect(bench.desk().auditVerify()).toMatchObject({ intact: true, open_intents: [] });
    expect(
      await recoverOpenIntents(
        bench.ledger,
        async () => null,
        () => bench.now,
      ),
    ).toEqual([]);

    const again = request(STOP, { grant });
    const outcome = await bench.run(again);
    expect(outcome.kind === 'changed' ? 'changed' : failed(outcome).code).toBe(expected.again);
    expect(attempts(bench) + again.attempts.length).toBeLessThanOrEqual(1);
  });

  it('an intent that cannot be looked up stays open, and says so', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    await ended(server(bench, { grant, dieAt: 'after-aws' }));
    const fail = async () => {
      throw new Error('no credentials');
    };
    const [first] = await recoverOpenIntents(bench.ledger, fail, () => bench.now);
    expect(first?.finding).toContain('no credentials');
    const [second] = await recoverOpenIntents(
      bench.ledger,
      async () => null,
      () => bench.now,
    );
    expect(second?.finding).toContain('not one of this server');
    expect(bench.desk().auditVerify()).toMatchObject({ intact: true, open_intents: [3] });
  });
});

describe('a change that leaves the state as it was', () => {
  const REBOOT = instanceChange('stop_instances', ['web-1']);
  const change = {
    ...REBOOT,
    tool: 'reboot_instances',
    targets: REBOOT.targets.map((one) => ({ ...one, becomes: {} })),
  };
  const event = 'RebootInstances';
  const at = '2026-03-01T09:00:01.000Z';

  it.each<[string, TrailEvidence | null, RegExp, string]>([
    ['no record of when', null, /cannot be told: the state is the same before and after/, 'found'],
    ['an unreadable trail', { kind: 'unreadable', event, why: 'denied' }, /cannot be told.*denied/, 'found'],
    [
      'a trail that may be late',
      { kind: 'none', event, late: true },
      /cannot be told yet.*next start/,
      'intent',
    ],
    ['a trail without it', { kind: 'none', event, late: false }, /is not seen to have happened/, 'found'],
    ['a trail with it', { kind: 'found', event, at, error: null }, /^reboot_instances happened/, 'found'],
    ['a refusal', { kind: 'found', event, at, error: 'Client.X' }, /did not happen.*Client\.X/, 'found'],
  ])('%s', async (_, trail, finding, last) => {
    using bench = new Bench();
    const grant = await bench.approved(change);
    await ended(server(bench, { change, grant, dieAt: 'after-intent' }));
    const look = async () => ({ seen: seenOf(change), trail });
    const [told] = await recoverOpenIntents(bench.ledger, look, () => bench.now);
    expect(told?.finding).toMatch(finding);
    expect(bench.story().at(-1)).toBe(last);
  });
});

describe('an intent whose record cannot be read', () => {
  const nobody = async () => null;
  const broken = (bench: Bench, set: string) =>
    bench.ledger.write((db) => db.exec(`UPDATE intents SET ${set} WHERE sequence = 3`));

  it.each([
    ['is no JSON', `body = '{"change":'`],
    ['is of another shape', `body = '{"change":{"tool":"stop_instances"}}'`],
    ['lacks where it was for', `body = json_remove(body, '$.account')`],
  ])('is reported, written and closed, and the others are looked up: it %s', async (_, set) => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    await ended(server(bench, { grant, dieAt: 'after-aws' }));
    broken(bench, set);
    const other = instanceChange('stop_instances', ['web-2']);
    const second = await bench.approved(other);
    await ended(server(bench, { change: other, grant: second, dieAt: 'after-aws' }));

    const recovered = await recoverOpenIntents(
      bench.ledger,
      async (change) => ({ seen: seenOf(change), trail: null }),
      () => bench.now,
    );
    expect(recovered).toMatchObject([
      { sequence: 3, tool: 'stop_instances' },
      { sequence: 6, finding: expect.stringContaining('seems to have happened') },
    ]);
    expect(recovered[0]?.finding).toMatch(
      /not known: the store's record of stop_instances on web-1 \(i-web-1\) cannot be read/,
    );
    expect(bench.story().slice(-2)).toEqual(['found', 'found']);
    expect(bench.desk().auditVerify()).toMatchObject({ intact: true, open_intents: [] });
    expect(await recoverOpenIntents(bench.ledger, nobody, () => bench.now)).toEqual([]);
    expect(failed(await bench.run(request(STOP, { grant }))).code).toBe('grant_used');
  });

  it('of whom nobody can tell whether it still runs is left alone for as long as any attempt takes', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    await ended(server(bench, { grant, dieAt: 'after-aws' }));
    broken(bench, `owner = 'nobody'`);
    expect(openIntents(bench.ledger, bench.now)).toEqual([]);
    expect(openIntents(bench.ledger, bench.now + STALE_MS + 60_000)).toMatchObject([{ kind: 'intent' }]);
  });

  it('is told also when what was found cannot be written', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    await ended(server(bench, { grant, dieAt: 'after-aws' }));
    bench.ledger.read((db) => db.exec('PRAGMA query_only = ON'));
    const [told] = await recoverOpenIntents(
      bench.ledger,
      async (change) => ({ seen: seenOf(change), trail: null }),
      () => bench.now,
    );
    expect(told?.finding).toMatch(/seems to have happened.*could not be written to the audit log/);
  });
});

it('a running change of a live server is left alone', async () => {
  using bench = new Bench();
  const grant = await bench.approved(STOP);
  let seen: unknown[] = ['not asked'];
  await bench.run(
    request(STOP, {
      grant,
      attempt: async () => {
        seen = openIntents(bench.ledger, bench.now + 86_400_000);
      },
    }),
  );
  expect(seen).toEqual([]);
});

it('an owner that cannot be asked counts as gone only after a while', async () => {
  using bench = new Bench();
  const grant = await bench.approved(STOP);
  await ended(server(bench, { grant, dieAt: 'after-aws' }));
  bench.ledger.write((db) =>
    db.exec(`UPDATE intents SET owner = '{"pid":1,"start":"1","world":"another machine"}'`),
  );
  expect(openIntents(bench.ledger, bench.now + 60_000)).toEqual([]);
  expect(openIntents(bench.ledger, bench.now + 29 * 60_000)).toEqual([]);
  expect(openIntents(bench.ledger, bench.now + 31 * 60_000)).toHaveLength(1);
  expect(STALE_MS).toBeGreaterThanOrEqual(2 * WAIT_LIMIT_MS);
});

it('two servers at the same moment: one of them runs', async () => {
  using bench = new Bench();
  const grant: ProposalGrant = await bench.approved(STOP);
  const children = [server(bench, { grant, waitFor: 'go' }), server(bench, { grant, waitFor: 'go' })];
  const ends = children.map(ended);
  await Promise.all(children.map((child) => child.stdout && once(child.stdout, 'data')));
  writeFileSync(join(bench.folder, 'go'), '');
  const outcomes = (await Promise.all(ends)).map(({ outcome }) =>
    outcome?.kind === 'changed' ? 'changed' : outcome?.failure.code,
  );
  expect(outcomes.sort()).toEqual(['changed', 'grant_used']);
  expect(attempts(bench)).toBe(1);
  expect(bench.story().sort()).toEqual([
    'approved',
    'intent',
    'outcome done',
    'proposed',
    'refused grant_used',
  ]);
});
