import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StandingGrant } from '../../mcp-server/contract/grant.ts';
import type { PlannedChange } from '../../mcp-server/contract/proposal.ts';
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
  signedBy,
} from './bench.ts';

const DAY_MS = 86_400_000;

const TEMPLATE: StandingGrant['template'] = {
  group: { is: 'web-asg' },
  desired: { is: 3 },
  region: { is: ORIGIN.region },
  account: { is: ORIGIN.account },
};

describe('a standing grant', () => {
  it('lets its one call run unattended, within its rate', async () => {
    using bench = new Bench();
    bench.desk().submitGrant(bench.standing(), 'me');
    for (let run = 0; run < 2; run += 1) {
      const asked = request(scalingChange(3), { origin: { ...ORIGIN, session: `night-${run}` } });
      expect(await bench.run(asked)).toMatchObject({ kind: 'changed', grant: 'standing-1' });
      expect(asked.attempts).toHaveLength(1);
    }
    const third = request(scalingChange(3));
    const failure = failed(await bench.run(third));
    expect(failure).toMatchObject({ code: 'grant_rate_exceeded', nothing_changed: true });
    expect(failure.proposal?.kind).toBe('call');
    expect(third.attempts).toEqual([]);
    bench.now += 60_001;
    expect((await bench.run(request(scalingChange(3)))).kind).toBe('changed');
    expect(bench.desk().standing()).toMatchObject([
      { grant: { id: 'standing-1' }, revoked_at: null, used: 3 },
    ]);
    expect(bench.story()).toEqual([
      'standing_signed',
      ...['intent', 'outcome done', 'intent', 'outcome done'],
      ...['proposed', 'refused grant_rate_exceeded', 'intent', 'outcome done'],
    ]);
  });

  it('that is used up stands in no other grant’s way', async () => {
    using bench = new Bench();
    const once = { rate: { count: 1, seconds: 60 } };
    bench.desk().submitGrant(bench.standing(once), 'me');
    bench.desk().submitGrant(bench.standing({ id: 'standing-2', ...once }), 'me');
    const runs = async () => {
      const outcome = await bench.run(request(scalingChange(3)));
      return outcome.kind === 'changed' ? outcome.grant : outcome.failure;
    };
    expect(await runs()).toBe('standing-1');
    expect(await runs()).toBe('standing-2');
    const spent = await runs();
    expect(spent).toMatchObject({ code: 'grant_rate_exceeded', nothing_changed: true });
    if (typeof spent === 'string' || !spent.proposal) throw new Error('nobody was asked');
    // A person says yes to the one run beyond the rate.
    bench.desk().submitGrant(grantFor(bench.person, spent.proposal), ORIGIN.session);
    expect(await runs()).toBe(spent.proposal.id);
    expect(await runs()).toMatchObject({ code: 'grant_rate_exceeded' });
  });

  const published = (detail: Record<string, unknown>): PlannedChange => ({
    ...scalingChange(3),
    tool: 'put_event',
    arguments: { detail, region: ORIGIN.region, account: ORIGIN.account },
    targets: [{ kind: 'event_bus', id: 'default', name: 'default', was: {}, becomes: {} }],
  });

  it('can leave text open inside an object, and nothing else of it', async () => {
    using bench = new Bench();
    const detail = { members: { summary: { any: true as const }, kind: { is: 'incident' } } };
    const place = { region: { is: ORIGIN.region }, account: { is: ORIGIN.account } };
    const terms = { tool: 'put_event', target: 'default', template: { detail, ...place } };
    bench.desk().submitGrant(bench.standing(terms), 'me');
    const runs = async (of: Record<string, unknown>) =>
      (await bench.run(request(published(of), { population: 1 }))).kind;
    expect(await runs({ summary: 'web-1 is down', kind: 'incident' })).toBe('changed');
    for (const other of [
      { summary: 'x', kind: 'order' },
      { summary: 'x' },
      { summary: 'x', kind: 'incident', more: 'y' },
      { summary: { text: 'x' }, kind: 'incident' },
      { summary: 7, kind: 'incident' },
    ]) {
      expect(await runs(other)).toBe('not_changed');
    }
  });

  const notCovered: [string, Partial<StandingGrant>, PlannedChange][] = [
    ['another value', {}, scalingChange(4)],
    ['another target', { target: 'api-asg' }, scalingChange(3)],
    ['another account', { account: '999988887777' }, scalingChange(3)],
    ['another region', { region: 'us-east-1' }, scalingChange(3)],
    ['another endpoint', { backend: { kind: 'aws', endpoint: null } }, scalingChange(3)],
    [
      'an argument the template does not have',
      { template: { group: { is: 'web-asg' }, desired: { is: 3 } } },
      scalingChange(3),
    ],
    [
      'a template that asks for more than the call has',
      { template: { ...TEMPLATE, force: { is: true } } },
      scalingChange(3),
    ],
    [
      'free text where a number stands',
      { template: { ...TEMPLATE, desired: { any: true } } },
      scalingChange(3),
    ],
    [
      'a scale down, which is destructive',
      { template: { ...TEMPLATE, desired: { is: 1 } } },
      scalingChange(1),
    ],
    [
      'a stop, which is destructive',
      {
        tool: 'stop_instances',
        target: 'i-web-1',
        template: {
          instances: { is: ['i-web-1'] },
          region: { is: ORIGIN.region },
          account: { is: ORIGIN.account },
        },
      },
      instanceChange(),
    ],
    [
      'two targets',
      {
        tool: 'start_instances',
        target: 'i-a',
        template: {
          instances: { is: ['i-a', 'i-b'] },
          region: { is: ORIGIN.region },
          account: { is: ORIGIN.account },
        },
      },
      instanceChange('start_instances', ['a', 'b']),
    ],
  ];

  it.each(notCovered)('does not help: %s', async (_, more, change) => {
    using bench = new Bench();
    const standing = bench.standing(more);
    bench.desk().submitGrant(standing, 'me');
    const silently = request(change);
    expect(failed(await bench.run(silently)).code).toBe('approval_required');
    const openly = request(change, { grant: standing });
    expect(failed(await bench.run(openly)).code).toBe('grant_mismatch');
    expect([...silently.attempts, ...openly.attempts]).toEqual([]);
    expect(bench.story()).toEqual(['standing_signed', 'proposed', 'refused grant_mismatch']);
  });

  it('ends when it is revoked, and cannot be handed in again', async () => {
    using bench = new Bench();
    const standing = bench.standing();
    bench.desk().submitGrant(standing, 'me');
    bench.desk().revokeStanding('standing-1', 'me');
    const silently = request(scalingChange(3));
    expect(failed(await bench.run(silently)).code).toBe('approval_required');
    const openly = request(scalingChange(3), { grant: standing });
    expect(failed(await bench.run(openly)).code).toBe('grant_revoked');
    expect(() => bench.desk().submitGrant(standing, 'me')).toThrow(/revoked/);
    expect(() => bench.desk().revokeStanding('standing-1', 'me')).toThrow(/no standing grant/);
    expect([...silently.attempts, ...openly.attempts]).toEqual([]);
  });

  it('ends at its end', async () => {
    using bench = new Bench();
    const standing = bench.standing();
    bench.desk().submitGrant(standing, 'me');
    bench.now = START + DAY_MS + 1;
    const silently = request(scalingChange(3));
    expect(failed(await bench.run(silently)).code).toBe('approval_required');
    const openly = request(scalingChange(3), { grant: standing });
    expect(failed(await bench.run(openly)).code).toBe('grant_expired');
    expect([...silently.attempts, ...openly.attempts]).toEqual([]);
  });

  it('counts only with a trusted signature, also when it lies in the store', async () => {
    using bench = new Bench();
    const stranger = personIn(join(bench.folder, 'elsewhere'));
    const { signature: _, approver: __, ...content } = bench.standing();
    const forged = signedBy<StandingGrant>(stranger, content);
    expect(() => bench.desk().submitGrant(forged, 'me')).toThrow(/not trusted/);
    bench.ledger.write((db) =>
      db
        .prepare('INSERT INTO standing VALUES (?, ?, ?, ?, NULL)')
        .run('standing-1', forged.tool, JSON.stringify(forged), START),
    );
    const asked = request(scalingChange(3));
    expect(failed(await bench.run(asked)).code).toBe('approval_required');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['refused grant_invalid', 'proposed']);
  });

  it('of the same id but other content is refused', async () => {
    using bench = new Bench();
    bench.desk().submitGrant(bench.standing(), 'me');
    bench.desk().submitGrant(bench.standing(), 'me'); // the very same: nothing new
    expect(() => bench.desk().submitGrant(bench.standing({ reason: 'other' }), 'me')).toThrow(
      /another standing/,
    );
    expect(bench.desk().standing()).toHaveLength(1);
  });

  it('cannot be had for a tool that only reads', () => {
    using bench = new Bench();
    expect(() => bench.desk().submitGrant(bench.standing({ tool: 'list_instances' }), 'me')).toThrow(
      /needs no grant/,
    );
  });
});
