import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { META } from '../../mcp-server/contract/wire.ts';
import { type AwsReply, type AwsRequest, awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { composedServer } from './in-process.ts';
import { grantFor } from './running-server.ts';

// The SDK looks for credentials nowhere but in the process.
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDBASE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_PROFILE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Lambda's own wire format: JSON over paths. */
const json = (body: object, status = 200): AwsReply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});
const refused = (name: string, message: string, status: number): AwsReply => ({
  ...json({ message, __type: name }, status),
  headers: { 'x-amzn-errortype': name },
});
const UNREADABLE = {
  Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'not authorized to kms:Decrypt' } },
};
const configuration = (more: object = {}) => ({
  FunctionName: 'checkout',
  FunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:checkout',
  Runtime: 'nodejs22.x',
  MemorySize: 512,
  Timeout: 30,
  Description: 'Takes orders',
  CodeSha256: 'abc=',
  RevisionId: 'revision-7',
  Version: '$LATEST',
  LastModified: '2026-11-20T08:00:00.000+0000',
  LastUpdateStatus: 'Successful',
  State: 'Active',
  ...more,
});

type Script = Readonly<Record<string, AwsReply | ((request: AwsRequest, count: number) => AwsReply)>>;

/** A server before a scripted AWS with one function; `script` is looked at first, by the beginning of the line. */
async function lambda(script: Script = {}, of: object = configuration()) {
  const usual: Script = {
    'GET /2015-03-31/functions/checkout/aliases': json({ Aliases: [] }),
    'GET /2015-03-31/functions/checkout/versions': json({ Versions: [of] }),
    'GET /2015-03-31/functions/checkout/policy': refused('ResourceNotFoundException', 'none', 404),
    'GET /2015-03-31/functions/checkout/configuration': json(of),
    'GET /2015-03-31/functions/checkout': json({ Configuration: of }),
    'GET /2015-03-31/functions': json({ Functions: [of] }),
    'GET /2015-03-31/event-source-mappings': json({
      EventSourceMappings: [
        { EventSourceArn: 'arn:aws:sqs:eu-central-1:123456789012:orders', State: 'Enabled' },
        { EventSourceArn: 'arn:aws:sqs:eu-central-1:123456789012:old', State: 'Disabled' },
      ],
    }),
    'PUT /2015-03-31/functions/checkout/configuration': json(of),
  };
  const endpoint = await awsEndpoint((request) => {
    if (request.action === 'GetCallerIdentity')
      return callerIdentity('arn:aws:iam::123456789012:user/oncall');
    const known = Object.entries({ ...usual, ...script }).filter(([line]) => request.line.startsWith(line));
    const [, reply] = known.sort(([a], [b]) => b.length - a.length)[0] ?? [];
    const count = endpoint.requests.filter((one) => one.line === request.line).length;
    if (typeof reply === 'function') return reply(request, count);
    return reply ?? refused('AccessDeniedException', 'not here', 403);
  });
  onTestFinished(() => endpoint.close());
  const server = await composedServer({
    account: null,
    env: { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: endpoint.url },
  });
  const sent = (method: string) => endpoint.requests.filter(({ line }) => line.startsWith(method));
  const granted = async (tool: string, args: object) => {
    const { proposal, message } = await server.failing(tool, args);
    if (!proposal) throw new Error(message);
    return { [META.grant]: grantFor(proposal, server.home.key) };
  };
  return { server, sent, granted };
}

test('a list is read to its last page', async () => {
  const { server } = await lambda({
    'GET /2015-03-31/functions?': ({ line }) =>
      json(
        line.includes('Marker=more')
          ? { Functions: [configuration({ FunctionName: 'second' })] }
          : { Functions: [configuration()], NextMarker: 'more' },
      ),
  });
  const { output } = await server.call('list_functions');
  expect(output.functions.map((row) => row.name)).toEqual(['checkout', 'second']);
  expect(output.functions[0]?.last_modified).toBe('2026-11-20T08:00:00.000Z');
});

test('a restart sends the description and the revision, and never the environment', async () => {
  const { server, sent, granted } = await lambda({}, configuration(UNREADABLE));
  const grant = await granted('restart_function', { function: 'checkout' });
  await server.call('restart_function', { function: 'checkout' }, grant);
  const [put, ...others] = sent('PUT');
  expect(others).toEqual([]);
  expect(JSON.parse(put?.body ?? '')).toEqual({
    Description: expect.stringMatching(/^Takes orders \[restarted \d{4}-.*Z\]$/),
    RevisionId: 'revision-7',
  });
});

test('queues that feed it are in the blast radius; what may not be seen is a gap', async () => {
  const { server } = await lambda({
    'GET /2015-03-31/functions/checkout/policy': refused('AccessDeniedException', 'no', 403),
  });
  const { proposal } = await server.failing('restart_function', { function: 'checkout' });
  expect(proposal).toMatchObject({
    blast_radius: {
      affected: [{ name: 'orders', how: 'calls_it' }],
      gaps: expect.arrayContaining([expect.objectContaining({ what: 'who may invoke it', why: 'denied' })]),
    },
  });
});

test('an environment that cannot be read cannot be told to be the same: a published version is not copied blindly', async () => {
  const { server } = await lambda(
    {
      'GET /2015-03-31/functions/checkout/aliases': json({
        Aliases: [{ Name: 'live', FunctionVersion: '7' }],
      }),
      'GET /2015-03-31/functions/checkout/versions': json({
        Versions: [configuration(UNREADABLE), configuration({ ...UNREADABLE, Version: '7' })],
      }),
      'GET /2015-03-31/functions/checkout/policy?Qualifier=live': json({ Policy: '{}' }),
    },
    configuration(UNREADABLE),
  );
  const failed = await server.failing('restart_function', { function: 'checkout' });
  expect(failed.code).toBe('invalid_state');
  expect(failed.message).toContain('kms:Decrypt');
});

test('an update under way is waited for before anything is sent', async () => {
  const moving = configuration({ LastUpdateStatus: 'InProgress' });
  const { server, sent, granted } = await lambda({
    'GET /2015-03-31/functions/checkout/configuration': (_, count) =>
      json(count === 1 ? moving : configuration()),
  });
  const grant = await granted('update_function_configuration', { function: 'checkout', timeout_s: 60 });
  const { output } = await server.call(
    'update_function_configuration',
    { function: 'checkout', timeout_s: 60 },
    grant,
  );
  expect(JSON.parse(sent('PUT')[0]?.body ?? '')).toEqual({ Timeout: 60, RevisionId: 'revision-7' });
  // This AWS forgets what it was told: it is not taken to be done.
  expect(output.changes).toMatchObject([{ result: 'not_seen', after: { timeout_s: 30 } }]);
});

test('somebody else was faster: nothing is overwritten, and it is sent once', async () => {
  const { server, sent, granted } = await lambda({
    'PUT /2015-03-31/functions/checkout/configuration': refused(
      'PreconditionFailedException',
      'The RevisionId provided does not match',
      412,
    ),
  });
  const grant = await granted('restart_function', { function: 'checkout' });
  const failed = await server.failing('restart_function', { function: 'checkout' }, grant);
  expect(failed).toMatchObject({ code: 'state_moved', nothing_changed: true });
  expect(failed.message).toContain('changed by somebody else');
  expect(sent('PUT')).toHaveLength(1);
});

test('an update that AWS could not make is told with its reason', async () => {
  const failedUpdate = configuration({
    LastUpdateStatus: 'Failed',
    LastUpdateStatusReason: 'The KMS key is disabled.',
  });
  const { server, granted } = await lambda({
    'GET /2015-03-31/functions/checkout/configuration': (_, count) =>
      json(count === 1 ? configuration() : failedUpdate),
  });
  const grant = await granted('restart_function', { function: 'checkout' });
  const failed = await server.failing('restart_function', { function: 'checkout' }, grant);
  expect(failed).toMatchObject({ code: 'rejected', nothing_changed: false });
  expect(failed.message).toContain('The KMS key is disabled.');
});

test('an alias is not moved to a version that AWS could not make ready', async () => {
  const functions = 'GET /2015-03-31/functions/checkout';
  const served = configuration({ Version: '7' });
  const broken = { Version: '8', State: 'Failed', StateReason: 'The subnet has no addresses left.' };
  const { server, sent, granted } = await lambda({
    [`${functions}/aliases`]: json({ Aliases: [{ Name: 'live', FunctionVersion: '7' }] }),
    [`${functions}/versions`]: json({ Versions: [configuration(), served] }),
    [`${functions}/configuration?Qualifier=8`]: json(configuration(broken)),
    'POST /2015-03-31/functions/checkout/versions': json(configuration({ Version: '8', State: 'Pending' })),
    'PUT /2015-03-31/functions/checkout/aliases/live': json({}),
  });
  const grant = await granted('restart_function', { function: 'checkout' });
  const failed = await server.failing('restart_function', { function: 'checkout' }, grant);
  expect(failed.message).toContain('Version 8 of checkout is Failed: The subnet has no addresses left.');
  expect(failed.nothing_changed).toBe(false);
  expect(sent('PUT').filter(({ line }) => line.includes('/aliases/'))).toEqual([]);
});
