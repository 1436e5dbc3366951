import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProposalGrant } from '../../mcp-server/contract/grant.ts';
import { type CallProposal, proposalDigest } from '../../mcp-server/contract/proposal.ts';
import { idOf } from './kit/account-file.ts';
import type { AttackClient } from './kit/mcp-client.ts';
import { grantWith, plantApprover, stranger } from './kit/person.ts';
import { Scene } from './kit/scene.ts';
import { expectNothingRan } from './kit/seen.ts';

// A yes that nobody gave: made up, bent, or signed by somebody who has no say.

let scene: Scene;
let client: AttackClient;
beforeAll(async () => {
  scene = new Scene();
  client = await scene.server();
});
afterAll(() => scene[Symbol.asyncDispose]());

const DAY = 86_400_000;

describe('a forged grant', () => {
  type Forgery = (proposal: CallProposal, real: ProposalGrant) => unknown;
  it.each<[tried: string, code: string, forge: Forgery]>([
    ['a key nobody trusts', 'grant_invalid', (proposal) => grantWith(stranger(), proposal)],
    [
      'a key nobody trusts, under the person’s name',
      'grant_invalid',
      (proposal) => ({ ...grantWith(stranger(), proposal), approver: scene.person.key.id }),
    ],
    [
      'a signature cut short',
      'grant_invalid',
      (_, real) => ({ ...real, signature: real.signature.slice(0, -2) }),
    ],
    ['an empty signature', 'grant_invalid', (_, real) => ({ ...real, signature: '' })],
    [
      'a signature of zeros',
      'grant_invalid',
      (_, real) => ({ ...real, signature: Buffer.alloc(64).toString('base64url') }),
    ],
    [
      'the signature of another grant',
      'grant_invalid',
      (proposal, real) => ({
        ...real,
        signature: grantWith(scene.person.key, proposal, { session: 'other' }).signature,
      }),
    ],
    [
      'a longer life, put in after the signature',
      'grant_invalid',
      (_, real) => ({ ...real, expires_at: new Date(Date.now() + DAY).toISOString() }),
    ],
    ['another proposal, put in after', 'grant_invalid', (_, real) => ({ ...real, proposal: 'AAAAAAAA' })],
    ['another digest, put in after', 'grant_invalid', (_, real) => ({ ...real, digest: '0'.repeat(64) })],
    ['one member more', 'grant_invalid', (_, real) => ({ ...real, approve_everything: true })],
    ['a version nobody knows', 'grant_invalid', (_, real) => ({ ...real, version: 2 })],
    [
      'a real signature for another digest',
      'grant_mismatch',
      (proposal) => grantWith(scene.person.key, proposal, { digest: 'f'.repeat(64) }),
    ],
    [
      'a real signature for the digest of a bent proposal',
      'grant_mismatch',
      (proposal) => {
        const arguments_ = { ...proposal.arguments, instances: [idOf('web', 20)] };
        return grantWith(scene.person.key, proposal, {
          digest: proposalDigest({ ...proposal, arguments: arguments_ }),
        });
      },
    ],
    [
      'a real signature for another session',
      'grant_mismatch',
      (proposal) => grantWith(scene.person.key, proposal, { session: 'another' }),
    ],
    [
      'a real signature for a proposal that was never made',
      'grant_invalid',
      (proposal) => grantWith(scene.person.key, { ...proposal, id: 'ZZZZZZZZ' }),
    ],
    [
      'signed in the future',
      'grant_invalid',
      (proposal) =>
        grantWith(scene.person.key, proposal, { issued_at: new Date(Date.now() + DAY).toISOString() }),
    ],
    [
      'expired when it was signed',
      'grant_expired',
      (proposal) =>
        grantWith(scene.person.key, proposal, { expires_at: new Date(Date.now() - 1_000).toISOString() }),
    ],
  ])('%s: %s', async (_, code, forge) => {
    const args = { instances: ['web-1'] };
    const proposal = await client.proposed('terminate_instances', args);
    const grant = forge(proposal, scene.person.approve(proposal));
    const called = await scene.watch(client, () => client.call('terminate_instances', args, { grant }));
    expect(called.answer.code).toBe(code);
    expectNothingRan(called);
    // The log folds a refusal that repeats, so that knocking fills no disk: the first of a kind is always there.
    expect(['refused', 'none']).toContain(called.audit[0]?.split(' ')[0] ?? 'none');
    const all = await client.audit();
    expect(all.filter(({ event, detail }) => event === 'refused' && detail.code === code)).not.toEqual([]);

    const submitted = await scene.watch(client, () => client.submit(grant as ProposalGrant));
    expect(['protocol', code]).toContain(submitted.answer.code); // `protocol`: not of a grant's shape at all
    expect((await client.call('terminate_instances', args)).code).toBe('approval_required');
    expectNothingRan(submitted);
  });
});

describe('approvers that cannot be trusted', () => {
  it('a key that others may have written: nothing of that folder counts', async () => {
    await using own = new Scene();
    const by = await own.server();
    const args = { instances: ['web-1'] };
    const proposal = await by.proposed('stop_instances', args);
    const planted = plantApprover(own.configFolder, 0o666);
    const seen = await own.watch(by, () =>
      by.call('stop_instances', args, { grant: grantWith(planted, proposal) }),
    );
    expect(seen.answer.code).toBe('configuration');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused configuration']);
    rmSync(join(own.configFolder, 'approvers', `${planted.id}.pub`));

    chmodSync(join(own.configFolder, 'approvers'), 0o777);
    const open = await own.watch(by, () =>
      by.call('stop_instances', args, { grant: own.person.approve(proposal) }),
    );
    expect(open.answer.code).toBe('configuration');
    expectNothingRan(open);
    expect(open.audit).toEqual(['refused configuration']);
  });

  it('an approver whose key was taken away stops counting at once, also for grants already handed in', async () => {
    await using own = new Scene();
    const by = await own.server();
    const args = { instances: ['web-1'] };
    const colleague = plantApprover(own.configFolder, 0o600);
    const grant = grantWith(colleague, await by.proposed('stop_instances', args));
    expect((await by.submit(grant)).code).toBe('done');
    rmSync(join(own.configFolder, 'approvers', `${colleague.id}.pub`));
    const seen = await own.watch(by, () => by.call('stop_instances', args));
    expect(['grant_invalid', 'approval_required']).toContain(seen.answer.code);
    expectNothingRan(seen);
    const handedIn = await own.watch(by, () => by.call('stop_instances', args, { grant }));
    expect(handedIn.answer.code).toBe('grant_invalid');
    expectNothingRan(handedIn);
    expect(handedIn.audit).toEqual(['refused grant_invalid']);
  });
});

describe('a stored proposal, edited', () => {
  it('under a grant for what it said before', async () => {
    await using own = new Scene();
    const by = await own.server();
    const proposal = await by.proposed('stop_instances', { instances: ['web-1'] });
    const grant = own.person.approve(proposal);
    const bent = JSON.stringify(proposal).replaceAll(idOf('web', 1), idOf('web', 2));
    own.tamper((db) => db.prepare('UPDATE proposals SET body = ? WHERE id = ?').run(bent, proposal.id));
    for (const instances of [['web-1'], ['web-2']]) {
      const seen = await own.watch(by, () => by.call('stop_instances', { instances }, { grant }));
      expect(seen.answer.code).toBe('grant_invalid');
      expectNothingRan(seen);
      expect(seen.audit).toEqual(['refused grant_invalid']);
    }
  });

  it('is not signed by the person’s side either: what is signed is what was shown', async () => {
    const proposal = await client.proposed('stop_instances', { instances: ['web-3'] });
    const bent = { ...proposal, targets: [{ ...proposal.targets[0]!, name: 'something harmless' }] };
    expect(() => scene.person.approve(bent)).toThrow(/digest/);
  });

  it('a longer life for a proposal, written into the store', async () => {
    await using own = new Scene();
    const early = await own.server({ session: 'one' });
    const args = { instances: ['web-1'] };
    const proposal = await early.proposed('stop_instances', args);
    const grant = grantWith(own.person.key, proposal, {
      expires_at: new Date(Date.now() + 30 * DAY).toISOString(),
    });
    own.tamper((db) => db.exec(`UPDATE proposals SET expires_at = ${Date.now() + 30 * DAY}`));
    const late = await own.server({ session: 'one', clockOffsetMs: DAY });
    const seen = await own.watch(late, () => late.call('stop_instances', args, { grant }));
    expect(seen.answer.code).toBe('grant_expired');
    expectNothingRan(seen);
    expect(seen.audit).toEqual(['refused grant_expired']);
  });
});
