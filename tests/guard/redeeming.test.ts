import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CallFailure, untouched } from '../../mcp-server/cloud/call-failure.ts';
import type { Failure } from '../../mcp-server/contract/failure.ts';
import { proposalDigest } from '../../mcp-server/contract/proposal.ts';
import {
  Bench,
  failed,
  grantFor,
  instanceChange,
  ORIGIN,
  personIn,
  request,
  START,
  scalingChange,
  seenOf,
} from './bench.ts';

describe('a change without a grant', () => {
  it('is proposed, not run', async () => {
    using bench = new Bench();
    const asked = request(instanceChange());
    const failure = failed(await bench.run(asked));
    expect(failure).toMatchObject({ code: 'approval_required', nothing_changed: true });
    expect(failure.proposal?.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(failure.hint).toContain(`aiops approve ${failure.proposal?.id}`);
    expect(proposalDigest(failure.proposal!)).toBe(failure.proposal!.digest);
    expect(Date.parse(failure.proposal!.expires_at) - START).toBe(900_000);
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed']);
  });

  it('asked again unchanged is the same proposal; on another state, in another session or late it is a new one', async () => {
    using bench = new Bench();
    const first = await bench.proposed(instanceChange());
    expect((await bench.proposed(instanceChange())).id).toBe(first.id);
    const moved = instanceChange();
    moved.targets[0]!.was.type = 't3.large';
    expect((await bench.proposed(moved)).id).not.toBe(first.id);
    const other = await bench.proposed(instanceChange(), { origin: { ...ORIGIN, session: 'session-two' } });
    expect(other.id).not.toBe(first.id);
    bench.now += 500_000;
    expect((await bench.proposed(instanceChange())).id).not.toBe(first.id);
  });

  it('is not proposed without end: a client cannot bury a person in questions', async () => {
    using bench = new Bench();
    for (let size = 0; size < 200; size += 1) {
      await bench.proposed(scalingChange(5 + size, { risk: 'destructive' }));
    }
    const failure = failed(await bench.run(request(instanceChange())));
    expect(failure.code).toBe('rejected');
    expect(bench.story().at(-1)).toBe('refused rejected');
  });
});

describe('a change with its grant', () => {
  it('runs once, with intent before and outcome after', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    let before: string[] = [];
    const asked = request(instanceChange(), {
      grant,
      attempt: async () => {
        before = bench.story();
      },
    });
    const outcome = await bench.run(asked);
    expect(outcome).toMatchObject({
      kind: 'changed',
      grant: grant.proposal,
      audit: { intent: 3, outcome: 4 },
    });
    expect(before).toEqual(['proposed', 'approved', 'intent']);
    expect(bench.story()).toEqual(['proposed', 'approved', 'intent', 'outcome done']);
    expect(asked.attempts).toHaveLength(1);
    expect(bench.audit()[2]?.detail).toMatchObject({ approver: bench.person.id, identity: ORIGIN.identity });
    expect(bench.audit()[3]?.detail).toMatchObject({ intent: 3, seen: [{ id: 'i-web-1', result: 'done' }] });
  });

  it('does not run again with the same grant, nor with a second signature under the same proposal', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    await bench.run(request(instanceChange(), { grant }));
    const again = request(instanceChange(), { grant });
    expect(failed(await bench.run(again)).code).toBe('grant_used');
    const proposal = bench.desk().proposals({ id: grant.proposal })[0]!;
    expect(proposal.status).toBe('used');
    const second = grantFor(bench.person, proposal.proposal, {
      issued_at: new Date(START + 1).toISOString(),
    });
    const third = request(instanceChange(), { grant: second });
    expect(failed(await bench.run(third)).code).toBe('grant_used');
    expect([...again.attempts, ...third.attempts]).toEqual([]);
    expect(bench.story().slice(4)).toEqual(['refused grant_used', 'refused grant_used']);
  });

  it('runs without `_meta` once the grant was submitted for its session', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    bench.desk().submitGrant(grant, 'the terminal');
    expect(bench.desk().proposals({ id: grant.proposal })[0]?.status).toBe('approved');
    const elsewhere = request(instanceChange(), { origin: { ...ORIGIN, session: 'session-two' } });
    expect(failed(await bench.run(elsewhere)).code).toBe('approval_required');
    const otherCall = request(instanceChange('stop_instances', ['web-2']));
    expect(failed(await bench.run(otherCall)).code).toBe('approval_required');
    expect([...elsewhere.attempts, ...otherCall.attempts]).toEqual([]);
    expect((await bench.run(request(instanceChange()))).kind).toBe('changed');
    expect(failed(await bench.run(request(instanceChange()))).code).toBe('approval_required');
  });

  it('is asked about anew when the kept grant has ended or its key is trusted no more', async () => {
    using bench = new Bench();
    const ended = await bench.approved(instanceChange(), {
      expires_at: new Date(START + 1_000).toISOString(),
    });
    bench.desk().submitGrant(ended, 'the terminal');
    const other = instanceChange('stop_instances', ['web-2']);
    bench.desk().submitGrant(await bench.approved(other), 'the terminal');
    bench.now += 2_000;
    rmSync(join(bench.approversFolder, `${bench.person.id}.pub`));
    for (const change of [instanceChange(), other]) {
      const asked = request(change);
      expect(failed(await bench.run(asked)).code).toBe('approval_required');
      expect(asked.attempts).toEqual([]);
    }
  });

  it('uses the grant up when AWS refuses', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const refusing = request(instanceChange(), {
      grant,
      attempt: async () => {
        throw untouched('denied', 'Not allowed: ec2:StopInstances.');
      },
    });
    const failure = failed(await bench.run(refusing));
    expect(failure).toMatchObject({
      code: 'denied',
      message: 'Not allowed: ec2:StopInstances.',
      nothing_changed: true,
    });
    expect(bench.audit().at(-1)).toMatchObject({
      event: 'outcome',
      detail: { result: 'failed', aws: { code: 'denied' }, seen: [] },
    });
    expect(failed(await bench.run(request(instanceChange(), { grant }))).code).toBe('grant_used');
  });

  it('looks after a refusal that came when a part was done, and says what it saw', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const halfway = {
      code: 'denied',
      message: 'web-1 was told to stop.',
      hint: 'Start it.',
      nothing_changed: false,
    } as const;
    const failure = failed(
      await bench.run(
        request(instanceChange(), {
          grant,
          attempt: async () => {
            throw new CallFailure(halfway);
          },
          verify: async () => seenOf(instanceChange(), 'not_seen'),
        }),
      ),
    );
    expect(failure).toMatchObject({ code: 'denied', hint: 'Start it.', nothing_changed: false });
    expect(failure.message).toBe(
      'web-1 was told to stop. A look afterwards shows web-1 (i-web-1): state running, type t3.micro.',
    );
    expect(bench.audit().at(-1)?.detail).toMatchObject({ result: 'failed', seen: [{ id: 'i-web-1' }] });
  });

  it('keeps what the tool says is to be done when the outcome is unknown', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const open = {
      code: 'outcome_unknown',
      message: 'No answer.',
      hint: 'Start it.',
      nothing_changed: false,
    };
    const asked = request(instanceChange(), {
      grant,
      attempt: async () => {
        throw new CallFailure(open as Failure);
      },
    });
    expect(failed(await bench.run(asked)).hint).toMatch(/^Start it\. Look at the account/);
  });

  it.each([
    [
      'AWS’s words of a refusal, when no tool says which request they were for',
      Object.assign(new Error('expired'), { name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } }),
    ],
    ['a timeout', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['a fault of AWS', Object.assign(new Error('oops'), { $metadata: { httpStatusCode: 500 } })],
    ['an error nobody knows', new Error('what?')],
  ])('says that the outcome is unknown after %s, and what a look found', async (_, error) => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const failure = failed(
      await bench.run(
        request(instanceChange(), {
          grant,
          attempt: async () => {
            throw error;
          },
        }),
      ),
    );
    expect(failure).toMatchObject({ code: 'outcome_unknown', nothing_changed: false });
    expect(failure.message).toContain('state stopped');
    expect(bench.audit().at(-1)?.detail).toMatchObject({ result: 'unknown', seen: [{ id: 'i-web-1' }] });
  });

  it('is known to have run when only the look afterwards fails', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const outcome = await bench.run(
      request(instanceChange(), {
        grant,
        verify: async () => {
          throw new Error('throttled');
        },
      }),
    );
    expect(outcome).toMatchObject({ kind: 'changed', seen: [{ result: 'not_seen' }] });
    expect(outcome.kind === 'changed' && outcome.note).toContain('throttled');
  });
});

describe('a grant for something else', () => {
  it.each([
    ['session', { session: 'session-two' }],
    ['account', { account: '999988887777' }],
    ['region', { region: 'us-east-1' }],
    ['identity', { identity: 'arn:aws:iam::111122223333:user/eve' }],
    ['backend', { backend: { kind: 'aws' as const, endpoint: null } }],
    [
      'account file',
      { backend: { kind: 'simulated' as const, file: '/tmp/shop.account.yaml', sha256: 'b'.repeat(64) } },
    ],
    ['endpoint', { backend: { kind: 'aws' as const, endpoint: 'http://127.0.0.1:4566' } }],
  ])('is refused: another %s', async (_, place) => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const asked = request(instanceChange(), { grant, origin: { ...ORIGIN, ...place } });
    expect(failed(await bench.run(asked))).toMatchObject({ code: 'grant_mismatch', nothing_changed: true });
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'refused grant_mismatch']);
    expect(bench.audit()[1]).toMatchObject({
      subject: grant.proposal,
      detail: { tool: 'stop_instances', times: 1 },
    });
  });

  it.each([
    ['tool', instanceChange('terminate_instances')],
    ['target', instanceChange('stop_instances', ['web-2'])],
    [
      'argument',
      instanceChange('stop_instances', ['web-1'], { arguments: { instances: ['i-web-1'], force: true } }),
    ],
  ])('is refused: another %s', async (_, change) => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const asked = request(change, { grant });
    expect(failed(await bench.run(asked)).code).toBe('grant_mismatch');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'refused grant_mismatch']);
  });

  it('of another installation is refused', async () => {
    using bench = new Bench();
    using other = new Bench();
    const grant = await other.approved(instanceChange());
    const here = grantFor(bench.person, await other.proposed(instanceChange()));
    for (const foreign of [grant, here]) {
      const asked = request(instanceChange(), { grant: foreign });
      expect(failed(await bench.run(asked)).code).toBe('grant_invalid');
      expect(asked.attempts).toEqual([]);
    }
  });
});

describe('a grant that does not count', () => {
  it.each([
    ['changed after signing', (grant: object) => ({ ...grant, expires_at: '2030-01-01T00:00:00.000Z' })],
    ['unsigned', (grant: object) => ({ ...grant, signature: '' })],
    ['a yes in words', () => 'yes, approved'],
    ['a made-up object', () => ({ kind: 'proposal', approved: true })],
    ['with members nobody asked for', (grant: object) => ({ ...grant, dry_run: 'none' })],
  ])('is refused: %s', async (_, forge) => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const asked = request(instanceChange(), { grant: forge(grant) });
    expect(failed(await bench.run(asked)).code).toBe('grant_invalid');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'refused grant_invalid']);
  });

  it('is refused: by a key that is not, or no longer, trusted', async () => {
    using bench = new Bench();
    const stranger = personIn(join(bench.folder, 'elsewhere'));
    const proposal = await bench.proposed(instanceChange());
    const asked = request(instanceChange(), { grant: grantFor(stranger, proposal) });
    expect(failed(await bench.run(asked)).code).toBe('grant_invalid');
    expect(asked.attempts).toEqual([]);
  });

  it('is refused: signed for another digest', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange(), { digest: 'f'.repeat(64) });
    const asked = request(instanceChange(), { grant });
    expect(failed(await bench.run(asked)).code).toBe('grant_mismatch');
    expect(asked.attempts).toEqual([]);
  });

  it('is refused: the stored proposal was altered', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    bench.ledger.write((db) =>
      db.exec("UPDATE proposals SET body = replace(body, 'i-web-1', 'i-web-9'), expires_at = expires_at"),
    );
    const asked = request(instanceChange('stop_instances', ['web-9']), { grant });
    expect(failed(await bench.run(asked)).code).toBe('grant_invalid');
    expect(asked.attempts).toEqual([]);
  });

  it('is refused: declined', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    bench.desk().decline({ id: grant.proposal.toLowerCase(), reason: 'not now' }, 'me');
    const asked = request(instanceChange(), { grant });
    expect(failed(await bench.run(asked)).code).toBe('grant_revoked');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'declined', 'refused grant_revoked']);
    expect(() => bench.desk().submitGrant(grant, 'me')).toThrow(/declined/);
  });

  it.each([
    ['the grant', { expires_at: new Date(START + 10_000).toISOString() }, 10_001],
    ['the proposal', { expires_at: new Date(START + 9_000_000).toISOString() }, 900_001],
  ])('is refused: %s has ended', async (_, times, later) => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange(), times);
    bench.now += later;
    const asked = request(instanceChange(), { grant });
    expect(failed(await bench.run(asked)).code).toBe('grant_expired');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'refused grant_expired']);
  });

  it('is refused: signed in the future', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange(), {
      issued_at: new Date(START + 300_000).toISOString(),
    });
    const asked = request(instanceChange(), { grant });
    expect(failed(await bench.run(asked)).code).toBe('grant_invalid');
    expect(asked.attempts).toEqual([]);
  });

  it('is refused: the clock was set back to before its end', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    bench.now += 3_600_000;
    await bench.proposed(instanceChange('stop_instances', ['web-2'])); // the store has now seen the later time
    bench.now -= 3_600_000;
    const asked = request(instanceChange(), { grant });
    const failure = failed(await bench.run(asked));
    expect(failure.code).toBe('clock_moved_back');
    expect(failure.hint).toContain(bench.state);
    expect(asked.attempts).toEqual([]);
    expect(bench.story().at(-1)).toBe('refused clock_moved_back');
  });

  it.each([0o622, 0o660])('is refused: others can write the approver’s key (%o)', async (mode) => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    chmodSync(join(bench.approversFolder, `${bench.person.id}.pub`), mode);
    const asked = request(instanceChange(), { grant });
    const failure = failed(await bench.run(asked));
    expect(failure).toMatchObject({ code: 'configuration', hint: expect.stringContaining('chmod go-w') });
    expect(asked.attempts).toEqual([]);
    expect(bench.story().at(-1)).toBe('refused configuration');
  });
});

describe('a state that moved', () => {
  it.each([
    ['a fact', (change: ReturnType<typeof instanceChange>) => (change.targets[0]!.was.type = 'm7i.large')],
    [
      'a fact that was not there',
      (change: ReturnType<typeof instanceChange>) => (change.targets[0]!.was.asg = 'web'),
    ],
    [
      'what it leads to',
      (change: ReturnType<typeof instanceChange>) => (change.targets[0]!.becomes.state = 'gone'),
    ],
    [
      'who feels it',
      (change: ReturnType<typeof instanceChange>) =>
        change.blast_radius.affected.push({ id: 'lb-1', name: 'lb-1', how: 'calls_it' }),
    ],
    ['how grave it is', (change: ReturnType<typeof instanceChange>) => (change.irreversible = true)],
  ])('asks anew: %s', async (_, move) => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const moved = instanceChange();
    move(moved);
    const asked = request(moved, { grant });
    const failure = failed(await bench.run(asked));
    expect(failure).toMatchObject({ code: 'state_moved', nothing_changed: true });
    expect(failure.proposal?.id).not.toBe(grant.proposal);
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'proposed', 'refused state_moved']);
    const anew = grantFor(bench.person, failure.proposal!);
    expect((await bench.run(request(moved, { grant: anew }))).kind).toBe('changed');
  });
});

it('a refusal repeated is counted, not written each time', async () => {
  using bench = new Bench();
  const grant = await bench.approved(instanceChange());
  for (let knock = 0; knock < 20; knock += 1) {
    await bench.run(request(instanceChange(), { grant: { ...grant, signature: `${knock}` } }));
  }
  const times = bench
    .audit()
    .filter(({ event }) => event === 'refused')
    .map(({ detail }) => detail.times);
  expect(times).toEqual([1, 2, 4, 8, 16]);
});
