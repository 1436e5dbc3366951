import { afterEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../mcp-server/contract/audit.ts';
import type { ToolName } from '../../mcp-server/contract/catalogue.ts';
import { META, METHODS } from '../../mcp-server/contract/wire.ts';
import {
  type AwsReply,
  type AwsRequest,
  awsEndpoint,
  callerIdentity,
  ec2Error,
  ec2Instances,
} from './aws-endpoint.ts';
import { grantFor, startServer } from './running-server.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const IDS = ['1', '2', '3', '4'].map((last) => `i-0123456789abcde${last}${last}`);
const [ID = ''] = IDS;

async function aws(reply: (request: AwsRequest, count: number) => AwsReply | null) {
  const endpoint = await awsEndpoint((request, count) => {
    if (request.action === 'GetCallerIdentity')
      return callerIdentity('arn:aws:iam::123456789012:user/oncall');
    return reply(request, count) ?? ec2Error('UnauthorizedOperation', 'no', 403);
  });
  open.push(() => endpoint.close());
  const env = {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-central-1',
  };
  const server = await startServer({ account: null, args: ['--account', 'aws'], env });
  open.push(() => server.stop());
  return {
    server,
    sent: (action: string) => endpoint.requests.filter((one) => one.action === action).length,
    async approvedFailing(name: ToolName, args: object) {
      const { proposal, message } = await server.failing(name, args);
      if (!proposal) throw new Error(message);
      return server.failing(name, args, { [META.grant]: grantFor(proposal, server.home.key) });
    },
    async outcome() {
      const { entries } = (await server.method(METHODS.auditShow)) as { entries: AuditEntry[] };
      return entries.findLast(({ event }) => event === 'outcome')?.detail;
    },
  };
}

/** The instances asked for, or all. */
function instances(request: AwsRequest, ids = IDS): AwsReply {
  const wanted = request.parameters.get('Filter.1.Value.1');
  return ec2Instances(wanted === null ? ids : ids.filter((id) => id === wanted));
}

test.each([
  ['cut short', '<StopInstancesResponse><requestId>r</requestId><instancesSet><item><instanceId>i-01'],
  ['a page of something in between', '<html><body>Please sign in'],
  ['no XML at all', 'ok'],
])('a 200 whose body is %s is no refusal: the outcome is unknown, and somebody looks', async (_, body) => {
  const { server, sent, approvedFailing, outcome } = await aws((request) => {
    if (request.action === 'DescribeInstances') return instances(request);
    return request.action === 'StopInstances' ? { body } : null;
  });
  const failed = await approvedFailing('stop_instances', { instances: ['real-1'] });
  expect(failed).toMatchObject({ code: 'outcome_unknown', nothing_changed: false });
  expect(failed.message).not.toContain('refused');
  expect(failed.message).toContain(`A look afterwards shows real-1 (${ID}): state running.`);
  expect(await outcome()).toMatchObject({
    result: 'unknown',
    seen: [{ id: ID, facts: { state: 'running' } }],
  });
  expect(sent('StopInstances')).toBe(1);
  expect(server.stderr()).toBe('');
});

test('credentials that expire while a resize waits: nobody says that nothing changed', async () => {
  let stopped = false;
  const { sent, approvedFailing, outcome } = await aws((request) => {
    if (request.action === 'DescribeInstances') {
      return stopped ? ec2Error('ExpiredToken', 'The security token is expired', 403) : instances(request);
    }
    if (request.action !== 'StopInstances') return null;
    stopped = true;
    return {
      body: '<StopInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId></StopInstancesResponse>',
    };
  });
  const failed = await approvedFailing('resize_instance', { instance: 'real-1', instance_type: 't3.large' });
  expect(failed).toMatchObject({ code: 'outcome_unknown', nothing_changed: false });
  expect(failed.message).toMatch(/real-1 was told to stop, and then could not be watched: .*expired/);
  expect(failed.message).toMatch(/A look afterwards failed too \(.*expired/);
  expect(failed.hint).toContain(
    `start_instances {"instances":["${ID}"],"account":"aws","region":"eu-central-1"}`,
  );
  expect(await outcome()).toMatchObject({
    result: 'unknown',
    not_verified: expect.stringContaining('expired'),
  });
  expect([sent('StopInstances'), sent('ModifyInstanceAttribute')]).toEqual([1, 0]);
});

test('after an unknown outcome names are read anew: whoever looks sees what is there now', async () => {
  const replacement = 'i-0fedcba9876543211';
  let done = false;
  const { server, approvedFailing } = await aws((request) => {
    if (request.action === 'DescribeInstances') {
      return instances(request, done ? [replacement, ...IDS.slice(1)] : IDS);
    }
    if (request.action !== 'TerminateInstances') return null;
    done = true;
    return ec2Error('InternalError', 'An internal error has occurred', 500);
  });
  const idOf = async (instance: string) =>
    (await server.call('describe_instance', { instance })).output.instance.id;
  expect(await idOf('real-1')).toBe(ID);
  expect((await approvedFailing('terminate_instances', { instances: ['real-1'] })).code).toBe(
    'outcome_unknown',
  );
  expect(await idOf('real-1')).toBe(replacement);
});
