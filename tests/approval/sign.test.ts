import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { grant, grantPayload } from '../../mcp-server/contract/grant.ts';
import { approversIn } from '../../mcp-server/guard/approvers.ts';
import { createGuard } from '../../mcp-server/guard/create-guard.ts';
import { approverIn } from '../../src/approval/approver.ts';
import { changePassphrase, unlockKey } from '../../src/approval/key.ts';
import { SigningError, type StandingTerms, signProposal, signStanding } from '../../src/approval/sign.ts';
import { approvalWords } from '../../src/language/en/approval.ts';
import { Bench, instanceChange, ORIGIN, request } from '../guard/bench.ts';
import { callOf, NOW, planOf, START_BATCH, TERMINATE } from './proposals.ts';

const folder = mkdtempSync(join(tmpdir(), 'aiops-sign-'));
const key = unlockKey(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SigningError) return error.problem.code;
    throw error;
  }
  return 'signed';
}

describe('signing a proposal', () => {
  it('says yes to exactly it, for its session, until its end', () => {
    const proposal = callOf(START_BATCH);
    const signed = signProposal(key, proposal, NOW);
    expect(grant.parse(signed)).toMatchObject({
      proposal: proposal.id,
      digest: proposal.digest,
      session: proposal.session,
      expires_at: proposal.expires_at,
      approver: key.id,
    });
    const { signature, ...payload } = signed;
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify(null, grantPayload(payload), createPublicKey(key.privateKey), bytes)).toBe(true);
  });

  it('is refused when what was shown is not what the digest stands for', () => {
    const shown = { ...callOf(START_BATCH), tool: 'stop_instances' };
    expect(codeOf(() => signProposal(key, shown, NOW))).toBe('digest');
    const plan = planOf([START_BATCH]);
    expect(codeOf(() => signProposal(key, { ...plan, steps: [TERMINATE] }, NOW))).toBe('digest');
  });

  it('is refused when the proposal has ended', () => {
    expect(codeOf(() => signProposal(key, callOf(START_BATCH), new Date('2026-03-01T09:15:00.001Z')))).toBe(
      'ended',
    );
  });
});

describe('signing a standing grant', () => {
  const event = callOf({
    ...START_BATCH,
    tool: 'put_event',
    arguments: { detail_type: 'alarm', severity: 'high', detail: { any: 1 } },
    targets: [{ kind: 'event_bus', id: 'default', name: 'default', was: {}, becomes: {} }],
  });
  const terms: StandingTerms = {
    id: 'night',
    open: ['detail_type'],
    rate: { count: 5, seconds: 3_600 },
    expiresAt: new Date('2026-04-01T00:00:00.000Z'),
    reason: 'tell the team',
  };

  it('keeps every argument but the open ones exactly', () => {
    expect(signStanding(key, event, terms, NOW)).toMatchObject({
      target: 'default',
      template: { detail_type: { any: true }, severity: { is: 'high' }, detail: { is: { any: 1 } } },
    });
  });

  it('opens members of an object by their path, and keeps its other members', () => {
    const told = callOf({
      ...event,
      arguments: { ...event.arguments, detail: { summary: 'x', of: { n: 1 } } },
    });
    expect(signStanding(key, told, { ...terms, open: ['detail.summary'] }, NOW).template).toMatchObject({
      detail: { members: { summary: { any: true }, of: { is: { n: 1 } } } },
    });
    for (const open of ['detail.of', 'detail.of.n', 'detail.none', 'detail.summary.x', 'detail.']) {
      expect(codeOf(() => signStanding(key, told, { ...terms, open: [open] }, NOW))).toBe(
        'standing_free_text',
      );
    }
  });

  it.each([
    ['destructive', callOf(TERMINATE), {}, 'standing_destructive'],
    [
      'more than one resource',
      callOf({ ...event, targets: [...event.targets, ...TERMINATE.targets] }),
      {},
      'standing_targets',
    ],
    ['an open number or object', event, { open: ['detail'] }, 'standing_free_text'],
    ['an open argument that is not there', event, { open: ['constructor'] }, 'standing_free_text'],
    ['another digest', { ...event, region: 'us-east-1' }, {}, 'digest'],
  ])('is refused: %s', (_, proposal, more, code) => {
    expect(codeOf(() => signStanding(key, proposal, { ...terms, ...more }, NOW))).toBe(code);
  });
});

describe('an approver', () => {
  it('signs what the guard then lets run', async () => {
    using bench = new Bench();
    const guard = createGuard({ ...bench.parts(), approvers: approversIn(join(folder, 'approvers')) });
    const asked = await guard.run(request(instanceChange()));
    const proposal = asked.kind === 'not_changed' ? asked.failure.proposal : undefined;
    const approver = approverIn(
      folder,
      () => approvalWords,
      () => new Date(bench.now),
    );
    const signed = await approver.sign(proposal!, undefined);
    expect(signed.kind).toBe('signed');
    const granted = signed.kind === 'signed' ? signed.grant : null;
    expect((await guard.run(request(instanceChange(), { grant: granted, origin: ORIGIN }))).kind).toBe(
      'changed',
    );
  });

  it('asks for a passphrase, says when it is wrong, and why else it does not sign', async () => {
    const locked = mkdtempSync(join(tmpdir(), 'aiops-locked-'));
    const approver = approverIn(
      locked,
      () => approvalWords,
      () => NOW,
    );
    expect(approver.encrypted()).toBe(false);
    unlockKey(locked);
    changePassphrase(locked, undefined, 'open sesame');
    expect(approver.encrypted()).toBe(true);
    const proposal = callOf(START_BATCH);
    expect(await approver.sign(proposal, undefined)).toMatchObject({ kind: 'passphrase' });
    expect(await approver.sign(proposal, 'wrong')).toEqual({
      kind: 'passphrase',
      why: 'That is not the passphrase of your approval key.',
    });
    expect((await approver.sign(proposal, 'open sesame')).kind).toBe('signed');
    expect(await approver.sign({ ...proposal, region: 'x' }, 'open sesame')).toMatchObject({
      kind: 'failed',
    });
    rmSync(locked, { recursive: true, force: true });
  });
});
