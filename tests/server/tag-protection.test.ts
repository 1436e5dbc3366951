import { describe, expect, test, vi } from 'vitest';
import { spellingsIn } from '../../mcp-server/cloud/tags.ts';
import { awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { composedServer } from './in-process.ts';
import { makeHome } from './running-server.ts';

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
    ['its name', retag('web-1')],
    ['its ARN', retag(INSTANCE)],
    ['an ARN without an account', retag(INSTANCE.replace('111122223333', ''))],
    ['an ARN in capitals', retag(INSTANCE.replace(':ec2:', ':EC2:'))],
  ])('what is protected by name is so by %s', async (_, args) => {
    const server = await shop();
    expect(await server.failing('tag_resources', args)).toMatchObject({
      code: 'forbidden',
      rule: 'protected',
    });
  });

  test('an ARN is of its own region, whatever the call says', async () => {
    const server = await shop();
    const other = await server.failing('tag_resources', retag(INSTANCE, { region: 'us-east-1' }));
    expect(other).toMatchObject({ code: 'invalid_arguments' });
    expect(other.message).toContain('ap-northeast-2');
  });

  test('a listed resource is the same however its ARN is written', async () => {
    const server = await shop();
    const arn = `arn:aws:logs:${OWNED}:log-group:/aws/lambda/checkout:*`;
    const { proposal } = await server.failing('tag_resources', { resources: [arn], tags: { team: 'x' } });
    expect(proposal).toMatchObject({
      targets: [{ kind: 'log_group', name: '/aws/lambda/checkout', id: arn.slice(0, -2) }],
    });
  });

  test('what is not listed is protected by its Name tag and by any name in its ARN', async () => {
    const arns = ['vol-1', 'vol-2'].map((id) => `arn:aws:ec2:eu-central-1:123456789012:volume/${id}`);
    const Tags = [{ Key: 'Name', Value: 'orders-data' }];
    const endpoint = await awsEndpoint(({ action }) => {
      if (action === 'GetCallerIdentity') return callerIdentity('arn:aws:iam::123456789012:user/u');
      const ResourceTagMappingList = arns.map((ResourceARN) => ({ ResourceARN, Tags }));
      const body = JSON.stringify(action === 'GetResources' ? { ResourceTagMappingList } : {});
      return { type: 'application/x-amz-json-1.1', body };
    });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'A');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    vi.stubEnv('AWS_PROFILE', undefined);
    const home = await makeHome({ configuration: 'protected: [orders-data]\n' });
    try {
      const env = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: endpoint.url };
      const server = await composedServer({ account: null, env }, home);
      const refused = await server.failing('tag_resources', retag(arns[0] ?? ''));
      expect(refused).toMatchObject({ code: 'forbidden', rule: 'protected' });
    } finally {
      vi.unstubAllEnvs();
      await home.remove();
      await endpoint.close();
    }
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
