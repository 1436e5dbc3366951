import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { accountReport, META, RESOURCES } from '../../mcp-server/contract/wire.ts';
import {
  type AwsReply,
  type AwsRequest,
  assumedRole,
  awsEndpoint,
  callerIdentity,
  ec2Error,
  ec2Instances,
} from './aws-endpoint.ts';
import { grantFor, makeHome, type Start, startServer } from './running-server.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDBASE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' };
const ARN = 'arn:aws:iam::123456789012:user/oncall';
const ID = 'i-0123456789abcdef1';

async function aws(
  reply: (request: AwsRequest, count: number) => AwsReply | 'hang',
  start: Start = {},
  own: (url: string) => Record<string, string> = (url) => ({ AWS_ENDPOINT_URL: url }),
) {
  const endpoint = await awsEndpoint((request, count) => {
    if (request.action === 'GetCallerIdentity') return callerIdentity(ARN);
    return reply(request, count);
  });
  open.push(endpoint);
  const home = await makeHome(start);
  const server = await startServer(
    { account: null, ...start, env: { ...KEYS, ...own(endpoint.url), ...start.env } },
    home,
  );
  open.push({
    close: async () => {
      await server.stop();
      await home.remove();
    },
  });
  return { server, endpoint };
}

test('AWS_ENDPOINT_URL is honoured and shown, every page is read, credentials come from the environment', async () => {
  const { server, endpoint } = await aws((_, count) =>
    count === 1 ? ec2Instances([ID], 'more') : ec2Instances(['i-0123456789abcdef2']),
  );
  const { output } = await server.call('list_instances');
  expect(output.instances.map((row) => row.name)).toEqual(['real-1', 'real-2']);
  expect(output.call).toMatchObject({
    aws_calls: 2,
    regions: ['eu-central-1'],
    account: 'aws',
    console: null,
  });
  expect(endpoint.requests[1]?.parameters.get('NextToken')).toBe('more');
  expect(endpoint.requests[0]).toMatchObject({ credential: 'AKIDBASE', service: 'ec2' });
  const report = accountReport.parse(await server.resource(RESOURCES.account));
  expect(report.accounts).toMatchObject([
    { name: 'aws', account: '123456789012', identity: ARN, backend: { kind: 'aws', endpoint: endpoint.url } },
  ]);
});

test("a service's own endpoint is honoured and shown", async () => {
  const { server, endpoint } = await aws(
    () => ec2Instances([ID]),
    {},
    (url) => ({ AWS_ENDPOINT_URL_EC2: url, AWS_ENDPOINT_URL_STS: url }),
  );
  expect((await server.call('list_instances', {})).output.instances).toHaveLength(1);
  const report = accountReport.parse(await server.resource(RESOURCES.account));
  expect(report.accounts[0]?.backend).toEqual({
    kind: 'aws',
    endpoint: `ec2 ${endpoint.url}, sts ${endpoint.url}`,
  });
});

test('a throttled read is repeated, and the repeats are reported', async () => {
  const { server, endpoint } = await aws((_, count) =>
    count <= 2 ? ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503) : ec2Instances([ID]),
  );
  const { output } = await server.call('list_instances');
  expect(output.instances).toHaveLength(1);
  expect(output.call).toMatchObject({ aws_calls: 3, retries: 2 });
  expect(endpoint.requests).toHaveLength(3);
});

test('a change is sent once, whatever comes back', async () => {
  const { server, endpoint } = await aws((request) => {
    if (request.action === 'DescribeInstances') return ec2Instances([ID]);
    if (request.action === 'RebootInstances')
      return ec2Error('Unavailable', 'The server is overloaded.', 503);
    return ec2Error('UnauthorizedOperation', 'no', 403);
  });
  const { proposal } = await server.failing('reboot_instances', { instances: ['real-1'] });
  const failed = await server.failing(
    'reboot_instances',
    { instances: ['real-1'] },
    { [META.grant]: grantFor(proposal!, server.home.key) },
  );
  expect(failed).toMatchObject({ code: 'outcome_unknown', nothing_changed: false });
  expect(endpoint.requests.filter((one) => one.action === 'RebootInstances')).toHaveLength(1);
});

test('a role is assumed with the base credentials, once for all clients', async () => {
  const role = 'arn:aws:iam::123456789012:role/reader';
  const { server, endpoint } = await aws(
    (request) => (request.action === 'AssumeRole' ? assumedRole(role, 3_600) : ec2Instances([ID])),
    {
      configuration: `accounts:\n  - {name: prod, role_arn: "${role}", regions: [eu-central-1, eu-west-1]}\n`,
    },
  );
  const { output } = await server.call('list_instances');
  expect(output.call).toMatchObject({ account: 'prod', regions: ['eu-central-1', 'eu-west-1'] });
  const assumed = endpoint.requests.filter((one) => one.action === 'AssumeRole');
  expect(assumed).toMatchObject([{ credential: 'AKIDBASE' }]);
  expect(assumed[0]?.parameters.get('RoleSessionName')).toBe('aiops');
  const reads = endpoint.requests.filter((one) => one.action === 'DescribeInstances');
  expect(reads.map((one) => one.credential)).toEqual(['ASSUMED-reader', 'ASSUMED-reader']);
});

test('credentials about to expire are renewed', async () => {
  const role = 'arn:aws:iam::123456789012:role/brief';
  const { server, endpoint } = await aws(
    (request) => (request.action === 'AssumeRole' ? assumedRole(role, 60) : ec2Instances([ID])),
    { configuration: `accounts:\n  - {name: prod, role_arn: "${role}"}\n` },
  );
  await server.call('list_instances');
  await server.call('list_instances');
  expect(endpoint.requests.filter((one) => one.action === 'AssumeRole').length).toBeGreaterThan(1);
});

test('several accounts at once', async () => {
  const files = {
    'shop.yaml':
      'account: "111122223333"\nregions: [us-east-1]\nec2:\n  - {id: i-0b47c0de00000001, name: simulated-1, type: t3.micro}\n',
  };
  const home = await makeHome({ files });
  await writeFile(
    join(home.folder, 'config', 'aiops', 'config.yaml'),
    `accounts:\n  - {name: shop, file: "${home.folder}/shop.yaml"}\n  - {name: real}\n`,
  );
  const endpoint = await awsEndpoint(() => ec2Instances([ID]));
  open.push(endpoint);
  const server = await startServer({ account: null, env: { ...KEYS, AWS_ENDPOINT_URL: endpoint.url } }, home);
  open.push({
    close: async () => {
      await server.stop();
      await home.remove();
    },
  });
  const names = async (args: object) =>
    (await server.call('list_instances', args)).output.instances.map((row) => `${row.account} ${row.name}`);
  expect(await names({})).toEqual(['shop simulated-1']);
  expect(await names({ account: 'real' })).toEqual(['real real-1']);
  expect(await names({ account: 'all' })).toEqual(['real real-1', 'shop simulated-1']);
});

test('no credentials says what to do', async () => {
  const home = await makeHome();
  const server = await startServer(
    { account: null, args: ['--account', 'aws'], env: { AWS_REGION: 'eu-central-1' } },
    home,
  );
  open.push({
    close: async () => {
      await server.stop();
      await home.remove();
    },
  });
  const failed = await server.failing('list_instances');
  expect(failed).toMatchObject({ code: 'no_credentials', nothing_changed: true });
  expect(failed.hint).toContain('aws configure');
  const report = accountReport.parse(await server.resource(RESOURCES.account));
  expect(report.accounts).toMatchObject([{ account: null, identity: null, problem: { why: 'denied' } }]);
});

test('no region says what to do', async () => {
  const home = await makeHome();
  const server = await startServer({ account: null, args: ['--account', 'aws'] }, home);
  open.push({
    close: async () => {
      await server.stop();
      await home.remove();
    },
  });
  expect(await server.failing('list_instances')).toMatchObject({
    code: 'not_configured',
    hint: expect.stringContaining('--region'),
  });
});

test('an expired sign-in names the profile to sign in with', async () => {
  const home = await makeHome();
  const config = join(home.folder, 'aws-config');
  await writeFile(
    config,
    '[profile work]\nregion = eu-central-1\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://127.0.0.1/start\n',
  );
  const server = await startServer(
    { account: null, args: ['--profile', 'work'], env: { AWS_CONFIG_FILE: config } },
    home,
  );
  open.push({
    close: async () => {
      await server.stop();
      await home.remove();
    },
  });
  const failed = await server.failing('list_instances');
  expect(failed.code).toBe('expired_credentials');
  expect(failed.hint).toContain('aws sso login --profile work');
});

test('an endpoint nobody listens at is unreachable', async () => {
  const home = await makeHome();
  const server = await startServer(
    { account: null, env: { ...KEYS, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } },
    home,
  );
  open.push({
    close: async () => {
      await server.stop();
      await home.remove();
    },
  });
  expect(await server.failing('list_instances')).toMatchObject({ code: 'unreachable' });
});

test('a caller that gives up stops the request', async () => {
  const { server, endpoint } = await aws((request) =>
    request.action === 'DescribeInstances' ? 'hang' : ec2Instances([]),
  );
  const giveUp = new AbortController();
  const call = server.client.callTool({ name: 'list_instances', arguments: {} }, undefined, {
    signal: giveUp.signal,
  });
  await expect.poll(() => endpoint.requests.length, { timeout: 20_000 }).toBe(1);
  giveUp.abort();
  await expect(call).rejects.toThrow();
  // The server goes on serving.
  expect(await server.failing('nothing')).toMatchObject({ code: 'unknown_tool' });
});

test("an endpoint in the profile's section of the AWS configuration file is honoured and shown", async () => {
  const home = await makeHome();
  const endpoint = await awsEndpoint((request) =>
    request.action === 'GetCallerIdentity' ? callerIdentity(ARN) : ec2Instances([ID]),
  );
  open.push(endpoint);
  const config = join(home.folder, 'aws-config');
  await writeFile(
    config,
    `[profile dev]\nregion = eu-central-1\naws_access_key_id = AKIDDEV\naws_secret_access_key = s\nendpoint_url = ${endpoint.url}\n`,
  );
  const server = await startServer(
    { account: null, args: ['--profile', 'dev'], env: { AWS_CONFIG_FILE: config } },
    home,
  );
  open.push({
    close: async () => {
      await server.stop();
      await home.remove();
    },
  });
  const { output } = await server.call('list_instances');
  expect(output.call).toMatchObject({
    account: 'dev',
    cli: ['aws ec2 describe-instances --region eu-central-1 --profile dev'],
  });
  expect(endpoint.requests[0]?.credential).toBe('AKIDDEV');
  const report = accountReport.parse(await server.resource(RESOURCES.account));
  expect(report.accounts[0]?.backend).toEqual({ kind: 'aws', endpoint: endpoint.url });
});
