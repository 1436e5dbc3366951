import { afterEach, expect, test } from 'vitest';
import { CATALOGUE } from '../../mcp-server/contract/catalogue.ts';
import { accountCheckup } from '../../mcp-server/contract/checkup.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import { SHOP } from './accounts.ts';
import { type AwsReply, type AwsRequest, awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { makeHome, type RunningServer, type Start, startServer } from './running-server.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function started(start: Start): Promise<RunningServer> {
  const home = await makeHome(start);
  const server = await startServer(start, home);
  open.push({ close: () => server.stop().then(home.remove) });
  return server;
}

async function checkedUp(server: RunningServer, tools: string[]) {
  const { accounts } = await server.method(METHODS.checkup, { tools });
  return accountCheckup.parse((accounts as unknown[])[0]);
}

const ROLE = 'arn:aws:sts::123456789012:assumed-role/OnCall/jane';

function decisions(request: AwsRequest, allowed: (action: string) => string): AwsReply {
  const actions = [...request.parameters]
    .filter(([name]) => name.startsWith('ActionNames.member.'))
    .map(([, action]) => action);
  const members = actions.map(
    (action) =>
      `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${allowed(action)}</EvalDecision></member>`,
  );
  return {
    body: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>
      <IsTruncated>false</IsTruncated><EvaluationResults>${members.join('')}</EvaluationResults>
      </SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
  };
}

function role(arn: string): AwsReply {
  return {
    body: `<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Path>/ops/</Path>
      <RoleName>OnCall</RoleName><RoleId>AROA</RoleId><Arn>${arn}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>
      </Role></GetRoleResult></GetRoleResponse>`,
  };
}

test('IAM is asked about the role behind a session, each action about what it acts on; the clocks are compared', async () => {
  const late = new Date(Date.now() - 8 * 60_000).toUTCString();
  const endpoint = await awsEndpoint((request) => {
    if (request.action === 'GetCallerIdentity') return { ...callerIdentity(ROLE), headers: { date: late } };
    if (request.action === 'GetRole') return role('arn:aws:iam::123456789012:role/ops/OnCall');
    return decisions(request, (action) => {
      if (action === 'ec2:StopInstances') return 'implicitDeny';
      if (action === 'ec2:DescribeInstances') return 'explicitDeny';
      if (action === 'ec2:TerminateInstances' || action === 'iam:CreateUser') return 'allowed';
      return action.includes(':Describe') ? 'allowed' : 'implicitDeny';
    });
  });
  open.push(endpoint);
  const server = await started({
    account: null,
    env: {
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: endpoint.url,
    },
  });
  const { permissions, clock_ahead_ms: ahead } = await checkedUp(server, ['stop_instances']);
  expect(permissions).toMatchObject({
    how: 'asked_iam',
    principal: 'arn:aws:iam::123456789012:role/ops/OnCall',
    beyond: expect.arrayContaining(['ec2:TerminateInstances', 'iam:CreateUser']),
    missing: expect.arrayContaining([
      { action: 'ec2:DescribeInstances', tools: ['stop_instances'], denied: 'explicit' },
      { action: 'ec2:StopInstances', tools: ['stop_instances'], denied: 'implicit' },
    ]),
  });
  expect(Math.round((ahead ?? 0) / 60_000)).toBe(8);
  const asked = endpoint.requests.find(({ parameters }) =>
    [...parameters.values()].includes('ec2:StopInstances'),
  );
  expect(asked?.parameters.get('ResourceArns.member.1')).toBe(
    'arn:aws:ec2:eu-central-1:123456789012:instance/example',
  );
});

test('an identity that may not ask IAM is told so, and what would let it', async () => {
  const endpoint = await awsEndpoint((request) => {
    if (request.action === 'GetCallerIdentity') return callerIdentity('arn:aws:iam::123456789012:user/jane');
    return {
      status: 403,
      body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>
        <Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    };
  });
  open.push(endpoint);
  const server = await started({
    account: null,
    env: {
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: endpoint.url,
    },
  });
  const { permissions } = await checkedUp(server, ['list_instances']);
  expect(permissions).toMatchObject({ how: 'unknown', gap: { why: 'denied' } });
});

test('in a simulated account what trouble denies is missing, and nothing else', async () => {
  const trouble = 'trouble:\n  - {service: logs, action: StartQuery, error: AccessDeniedException}\n';
  const server = await started({ account: `${SHOP}\n${trouble}` });
  const { permissions } = await checkedUp(server, Object.keys(CATALOGUE));
  expect(permissions).toMatchObject({
    how: 'asked_iam',
    missing: [
      { action: 'logs:StartQuery', tools: expect.arrayContaining(['query_logs']), denied: 'implicit' },
    ],
    beyond: [],
  });
});

test('a denied call is told by the action that a policy would allow it with', async () => {
  const trouble = 'trouble:\n  - {service: apigatewayv2, action: GetApis, error: AccessDeniedException}\n';
  const server = await started({ account: `${SHOP}\n${trouble}` });
  const { permissions } = await checkedUp(server, ['list_apis']);
  expect(permissions).toMatchObject({ missing: [{ action: 'apigateway:GET', tools: ['list_apis'] }] });
});
