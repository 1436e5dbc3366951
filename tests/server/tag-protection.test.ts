import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { spellingsIn } from '../../mcp-server/cloud/tags.ts';
import { META } from '../../mcp-server/contract/wire.ts';
import { awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { composedServer } from './in-process.ts';
import { grantFor, makeHome } from './running-server.ts';

const OWNED = 'ap-northeast-2:111122223333';
const INSTANCE = `arn:aws:ec2:${OWNED}:instance/i-0b47c0de00000001`;
const SHOP = `
account: "111122223333"
alias: shop
regions: [ap-northeast-2, us-east-1]
clock: 2026-11-20T09:00:00Z
protected: [web-1, /aws/lambda/checkout, orders]
ec2:
  - {id: i-0b47c0de00000001, name: web-1, type: t3.medium, tags: {env: prod}}
  - {id: i-0b47c0de00000002, name: web-2, type: t3.medium}
lambda: [{name: checkout, tags: {owner: pay}}]
asg: [{name: web-asg, min: 1, max: 4, desired: 2, instances: [web-1, web-2], tags: {owner: web}}]
`;
const shop = () => composedServer({ account: SHOP });
const retag = (resource: string, more: object = {}) => ({
  resources: [resource],
  tags: { Name: 'x', env: 'x', owner: 'x' },
  ...more,
});

const VOLUME = 'arn:aws:ec2:eu-central-1:123456789012:volume/vol-1';

/** A server on a scripted AWS that answers the tagging API; what else is asked, to list, is denied. */
async function onAws(reply: (action: string) => object, configuration?: string) {
  const endpoint = await awsEndpoint(({ action }) => {
    if (action === 'GetCallerIdentity') return callerIdentity('arn:aws:iam::123456789012:user/u');
    const tagging = ['GetResources', 'TagResources', 'UntagResources'].includes(action);
    const body = JSON.stringify(tagging ? reply(action) : {});
    return { status: tagging ? 200 : 403, type: 'application/x-amz-json-1.1', body };
  });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'A');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  vi.stubEnv('AWS_PROFILE', undefined);
  const home = await makeHome(configuration === undefined ? {} : { configuration });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await home.remove();
    await endpoint.close();
  });
  const env = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: endpoint.url };
  return { server: await composedServer({ account: null, env }, home), home };
}

describe('tag_resources', () => {
  test('what the tagging API says nothing of, a group, is asked where it tells', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('tag_resources', {
      resources: ['web-asg'],
      tags: { owner: 'x' },
    });
    expect(proposal).toMatchObject({
      risk: 'destructive',
      targets: [{ was: { owner: 'web' }, becomes: { owner: 'x' } }],
      undo: { possible: true, arguments: { tags: { owner: 'web' } } },
    });
    expect(output.changes).toMatchObject([{ after: { owner: 'x' }, result: 'done' }]);
  });

  test.each([
    'arn:aws:iam::111122223333:role/admin',
    `arn:aws:cloudtrail:${OWNED}:trail/all`,
    `arn:aws:config:${OWNED}:config-rule/config-rule-1`,
  ])('%s is of a service that no tool changes', async (arn) => {
    const server = await shop();
    const refused = await server.failing('tag_resources', { resources: [arn], tags: { team: 'admins' } });
    expect(refused).toMatchObject({ code: 'forbidden', nothing_changed: true });
  });

  test.each([
    ['its name', 'web-1', 'forbidden'],
    ['its ARN', INSTANCE, 'forbidden'],
    ['its ARN in capitals', INSTANCE.toUpperCase().replace('ARN:AWS', 'arn:aws'), 'close_match'],
    ['an ARN without an account', INSTANCE.replace('111122223333', ''), 'close_match'],
  ])('what is protected by name is so by %s', async (_, resource, code) => {
    const server = await shop();
    expect(await server.failing('tag_resources', retag(resource))).toMatchObject({ code });
  });

  test('an ARN is of its own region, whatever the call says', async () => {
    const server = await shop();
    const other = await server.failing('tag_resources', retag(INSTANCE, { region: 'us-east-1' }));
    expect(other).toMatchObject({ code: 'invalid_arguments' });
    expect(other.message).toContain('ap-northeast-2');
  });

  test('what is no ARN, and more tags than a resource can have, is refused before a proposal', async () => {
    const server = await shop();
    const empty = await server.failing('tag_resources', { resources: ['arn:aws:ec2::::'], tags: { a: 'x' } });
    expect(empty.code).toBe('not_found');
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'v']));
    const many = await server.failing('tag_resources', { resources: ['web-2'], tags });
    expect(many).toMatchObject({ code: 'invalid_arguments' });
  });

  test('an ARN that reads like a listed one is no other resource', async () => {
    const server = await shop();
    const arn = `arn:aws:logs:${OWNED}:log-group:/aws/lambda/checkout:*`;
    const close = await server.failing('tag_resources', { resources: [arn], tags: { team: 'x' } });
    expect(close).toMatchObject({ code: 'close_match', candidates: [{ name: '/aws/lambda/checkout' }] });
  });

  test('what AWS refuses behind a request that it carried out is not called nothing', async () => {
    const { server, home } = await onAws((action) => {
      if (action === 'GetResources') {
        return { ResourceTagMappingList: [{ ResourceARN: VOLUME, Tags: [{ Key: 'old', Value: '1' }] }] };
      }
      const refused = { [VOLUME]: { ErrorCode: 'InternalServiceException', StatusCode: 500 } };
      return action === 'UntagResources' ? { FailedResourcesMap: refused } : {};
    });
    const args = { resources: [VOLUME], tags: { new: '1', old: null } };
    const { proposal } = await server.failing('tag_resources', args);
    if (proposal?.kind !== 'call') throw new Error('nothing was proposed');
    const meta = { [META.grant]: grantFor(proposal, home.key) };
    const failed = await server.failing('tag_resources', args, meta);
    expect(failed.message).toContain('refused tag:UntagResources for 1 of 1');
    expect(failed.nothing_changed).toBe(false);
  });

  test('what is not listed is protected by its Name tag', async () => {
    const Tags = [{ Key: 'Name', Value: 'orders-data' }];
    const { server } = await onAws(
      () => ({ ResourceTagMappingList: [{ ResourceARN: VOLUME, Tags }] }),
      'protected: [orders-data]\n',
    );
    const refused = await server.failing('tag_resources', retag(VOLUME));
    expect(refused).toMatchObject({ code: 'forbidden', rule: 'protected' });
  });
});

test.each([
  ['arn:aws:sns:eu-west-1:1:orders', ['orders']],
  ['arn:aws:ec2:eu-west-1:1:volume/vol-1', ['vol-1']],
  ['arn:aws:cloudformation:eu-west-1:1:stack/orders/0a1b', ['orders', '0a1b', 'orders/0a1b']],
  ['arn:aws:logs:eu-west-1:1:log-group:/aws/x', ['aws', 'x', '/aws/x', 'aws/x']],
])('%s holds the names %j', (arn, names) => {
  expect(spellingsIn(arn)).toEqual(names);
});
