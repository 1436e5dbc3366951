import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { approverId } from '../../mcp-server/contract/grant.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import { signStanding } from '../../src/approval/sign.ts';
import { awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { composedServer } from './in-process.ts';
import { makeHome } from './running-server.ts';

const SHOP = `
account: "111122223333"
alias: shop
regions: [ap-northeast-2]
clock: 2026-11-20T09:00:00Z
`;
const EVENT = { detail_type: 'incident.opened', severity: 'high', detail: { incident: 'INC-1', n: 3 } };

describe('put_event', () => {
  test('is a change that EventBridge accepts with an id; nothing takes it back', async () => {
    const server = await composedServer({ account: SHOP, args: ['--speed', '600'] });
    const { proposal, output } = await server.approved('put_event', EVENT);
    expect(proposal).toMatchObject({
      risk: 'change',
      targets: [{ kind: 'event_bus', id: 'default' }],
      undo: { possible: false, why: 'published' },
      arguments: { ...EVENT, region: 'ap-northeast-2' },
    });
    expect(proposal.cli[0]).toContain(
      String.raw`'[{"Source":"aiops","DetailType":"incident.opened","Detail":"{\"incident\":\"INC-1\",\"n\":3,\"severity\":\"high\"}","EventBusName":"default"}]'`,
    );
    expect(output.changes).toMatchObject([
      {
        id: 'default',
        after: { state: 'accepted', event_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        result: 'done',
      },
    ]);
    // A data event: the event history never has it.
    expect((await server.call('list_changes', { last: '24h' })).output.changes).toEqual([]);
  });

  test('too large, or with two severities, is refused before anything is asked', async () => {
    const server = await composedServer({ account: SHOP });
    const large = await server.failing('put_event', { ...EVENT, detail: { text: '한'.repeat(90_000) } });
    expect(large).toMatchObject({ code: 'invalid_arguments', nothing_changed: true });
    expect(large.message).toContain('262,144');
    const two = await server.failing('put_event', { ...EVENT, detail: { severity: 'low' } });
    expect(two.code).toBe('invalid_arguments');
    expect((await server.failing('put_event', { ...EVENT, severity: 'awful' })).code).toBe(
      'invalid_arguments',
    );
    expect((await server.failing('put_event', { ...EVENT, detail: 'text' })).code).toBe('invalid_arguments');
  });

  test('what JSON cannot hold, or nobody can read, is no detail', async () => {
    const server = await composedServer({ account: SHOP });
    let deep: object = {};
    for (let level = 0; level < 200; level += 1) deep = { deep };
    for (const detail of [deep, { n: Number.POSITIVE_INFINITY }, { in: [{ n: Number.NaN }] }]) {
      const refused = await server.failing('put_event', { ...EVENT, detail });
      expect(refused).toMatchObject({ code: 'invalid_arguments' });
      expect(refused.message).toContain('finite numbers, and at most 100 levels');
    }
  });

  test('an entry that AWS does not take, in an answer with status 200, is a failure', async () => {
    const endpoint = await awsEndpoint(({ action }) => {
      if (action === 'GetCallerIdentity') return callerIdentity('arn:aws:iam::123456789012:user/u');
      const entry = { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
      return {
        type: 'application/x-amz-json-1.1',
        body: JSON.stringify({ FailedEntryCount: 1, Entries: [entry] }),
      };
    });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'A');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    vi.stubEnv('AWS_PROFILE', undefined);
    const home = await makeHome();
    try {
      const env = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: endpoint.url };
      const server = await composedServer({ account: null, env }, home);
      await expect(server.approved('put_event', EVENT)).rejects.toThrow(
        /EventBridge did not take the event: ThrottlingException: Rate exceeded/,
      );
      expect(endpoint.requests.filter(({ action }) => action === 'PutEvents')).toHaveLength(1);
    } finally {
      vi.unstubAllEnvs();
      await home.remove();
      await endpoint.close();
    }
  });
});

test('a standing grant signed for one kind of event lets just that one out unattended', async () => {
  const home = await makeHome({ account: SHOP });
  try {
    const server = await composedServer({ account: SHOP }, home);
    const { proposal } = await server.failing('put_event', EVENT);
    if (proposal?.kind !== 'call') throw new Error('nothing was proposed');
    const spki = home.key.publicKey.export({ type: 'spki', format: 'der' });
    const key = { id: approverId(spki), privateKey: home.key.privateKey } as Parameters<
      typeof signStanding
    >[0];
    const grant = signStanding(
      key,
      proposal,
      {
        id: 'SG-1',
        open: ['detail.incident'],
        rate: { count: 1, seconds: 3_600 },
        expiresAt: new Date(Date.now() + 3_600_000),
        reason: 'tell the team',
      },
      new Date(),
    );
    await server.client.request(
      { method: METHODS.submitGrant, params: { grant } } as never,
      z.looseObject({}),
    );
    const other = await server.failing('put_event', { ...EVENT, detail: { incident: 'INC-2', n: 4 } });
    expect(other.code).toBe('approval_required');
    const ran = await server.call('put_event', { ...EVENT, detail: { incident: 'INC-2', n: 3 } });
    expect(ran.output).toMatchObject({ grant: 'SG-1', changes: [{ result: 'done' }] });
    expect((await server.failing('put_event', EVENT)).code).toBe('grant_rate_exceeded');
  } finally {
    await home.remove();
  }
});
