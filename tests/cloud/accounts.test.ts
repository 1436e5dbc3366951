import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accountSources } from '../../mcp-server/cloud/accounts.ts';
import {
  configuredEndpoints,
  endpointFor,
  endpointsInWords,
  endpointsOfEnvironment,
} from '../../mcp-server/cloud/endpoint.ts';

const DEMO = '/package/accounts/demo/account.yaml';
const sources = (
  flags: Partial<Parameters<typeof accountSources>[0]>,
  configuration: Parameters<typeof accountSources>[1] = {},
  environment: Record<string, string> = {},
) => accountSources({ regions: [], ...flags }, configuration, environment, DEMO);

describe('which account is current', () => {
  test('nothing said: the one that ships with the product', () => {
    expect(sources({})).toEqual([{ kind: 'simulated', file: DEMO }]);
  });

  test.each(['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ENDPOINT_URL'])(
    '%s in the environment: AWS',
    (name) => {
      expect(sources({}, {}, { [name]: 'x' })).toMatchObject([{ kind: 'aws' }]);
    },
  );

  test('the flag wins over the configuration, the configuration over the environment', () => {
    const configuration = {
      account: 'shop',
      accounts: [{ name: 'prod' }, { name: 'shop', file: '/shop.yaml' }],
    };
    const environment = { AWS_PROFILE: 'x' };
    expect(sources({}, configuration, environment)[0]).toMatchObject({ kind: 'simulated', name: 'shop' });
    expect(sources({ account: 'prod' }, configuration, environment)[0]).toMatchObject({
      kind: 'aws',
      name: 'prod',
    });
    expect(sources({ account: 'demo' }, configuration, environment)[0]).toMatchObject({ file: DEMO });
    expect(sources({ account: 'my.yaml' }, configuration, environment)[0]).toEqual({
      kind: 'simulated',
      file: 'my.yaml',
      others: ['prod', 'shop', 'demo', 'aws'],
    });
  });

  test('--profile is AWS under that name', () => {
    expect(sources({ profile: 'work' })).toEqual([
      { kind: 'aws', name: 'work', profile: 'work', regions: undefined },
    ]);
  });

  test.each([
    ['good', 'other', 'that account is of the profile work'],
    ['plain', 'other', 'that account is of no profile'],
    ['shop', 'other', 'that account is simulated'],
    ['demo', 'other', 'that account is simulated'],
    ['my.yaml', 'other', 'that account is simulated'],
  ])('--account %s and --profile %s contradict each other', (account, profile, why) => {
    const accounts = [
      { name: 'good', profile: 'work' },
      { name: 'plain' },
      { name: 'shop', file: '/shop.yaml' },
    ];
    const [current] = sources({ account, profile }, { accounts });
    expect(current?.problem?.failure).toMatchObject({ code: 'invalid_arguments', nothing_changed: true });
    expect(current?.problem?.message).toContain(why);
  });

  test.each(['aws', 'good'])('--account %s and its own profile do not', (account) => {
    const accounts = [{ name: 'good', profile: 'work' }];
    const [current] = sources({ account, profile: 'work' }, { accounts });
    expect(current).toMatchObject({ kind: 'aws', profile: 'work' });
    expect(current?.problem).toBeUndefined();
  });

  test('--region goes before every other region', () => {
    const configuration = {
      regions: ['us-east-1'],
      accounts: [{ name: 'prod', regions: ['eu-west-1'] }, { name: 'dev' }],
    };
    expect(sources({}, configuration)).toMatchObject([
      { regions: ['eu-west-1'] },
      { regions: ['us-east-1'] },
    ]);
    expect(sources({ regions: ['us-west-2'] }, configuration)).toMatchObject([
      { regions: ['us-west-2'] },
      { regions: ['us-west-2'] },
    ]);
  });
});

describe('where requests go instead of AWS', () => {
  test.each([
    [{}, null],
    [{ AWS_ENDPOINT_URL: 'http://a' }, 'http://a'],
    [{ AWS_ENDPOINT_URL_EC2: 'http://b', AWS_ENDPOINT_URL: 'http://a' }, 'http://a, ec2 http://b'],
    [{ AWS_ENDPOINT_URL: 'http://a', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, null],
  ])('the environment %j: %s', (environment, endpoint) => {
    expect(endpointsInWords(endpointsOfEnvironment(environment))).toBe(endpoint);
  });

  test('a profile of the AWS configuration file, and the environment before it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aiops-config-'));
    const file = join(folder, 'config');
    await writeFile(
      file,
      '# mine\n[profile dev]\nendpoint_url = http://general\nservices = local\n\n[services local]\nec2 =\n  endpoint_url = http://ec2\nsts =\n  endpoint_url = http://sts ; a note\n',
    );
    const environment = { AWS_CONFIG_FILE: file, HOME: folder };
    const words = async (more: Record<string, string>, profile?: string) =>
      endpointsInWords(await configuredEndpoints({ ...environment, ...more }, profile));
    expect(await words({}, 'dev')).toBe('http://general, ec2 http://ec2, sts http://sts');
    expect(await words({ AWS_PROFILE: 'dev', AWS_ENDPOINT_URL_EC2: 'http://other' })).toBe(
      'http://general, ec2 http://other, sts http://sts',
    );
    expect(await words({ AWS_ENDPOINT_URL: 'http://other' }, 'dev')).toBe('http://other');
    expect(await words({})).toBeNull();
    const dev = await configuredEndpoints(environment, 'dev');
    expect([endpointFor('ec2', dev), endpointFor('xray', dev)]).toEqual(['http://ec2', 'http://general']);
    await rm(folder, { recursive: true });
  });
});
