import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { META } from '../../mcp-server/contract/wire.ts';
import { type AwsReply, type AwsRequest, awsEndpoint, callerIdentity, ec2Instances } from './aws-endpoint.ts';
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

const REGION = 'eu-central-1';
const ecs = (kind: string, name: string) => `arn:aws:ecs:${REGION}:123456789012:${kind}/${name}`;
const balancing = (path: string) => `arn:aws:elasticloadbalancing:${REGION}:123456789012:${path}`;
const BALANCER = balancing('loadbalancer/app/web-alb/0123456789abcdef');
const GROUP = balancing('targetgroup/web/fedcba9876543210');
const WEB = 'i-00000000000000001';

const json = (body: object, status = 200): AwsReply => ({
  status,
  type: 'application/x-amz-json-1.1',
  body: JSON.stringify(body),
});
const refused = (name: string, message: string, status = 400): AwsReply =>
  json({ __type: name, message }, status);
const query = (action: string, body: string): AwsReply => ({
  body: `<${action}Response xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><${action}Result>${body}</${action}Result></${action}Response>`,
});
const queryError = (code: string): AwsReply => ({
  status: 403,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});

/** Times on ECS's wire are seconds. */
const at = (iso: string) => Date.parse(iso) / 1000;
const service = (name: string, more: object = {}) => ({
  serviceName: name,
  serviceArn: ecs('service', `shop/${name}`),
  clusterArn: ecs('cluster', 'shop'),
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  schedulingStrategy: 'REPLICA',
  taskDefinition: ecs('task-definition', `${name}:7`),
  loadBalancers: [{ targetGroupArn: GROUP, containerName: name, containerPort: 80 }],
  deployments: [
    {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      taskDefinition: ecs('task-definition', `${name}:7`),
      desiredCount: 2,
      runningCount: 2,
      createdAt: at('2026-11-20T07:00:00Z'),
      rolloutState: 'COMPLETED',
    },
  ],
  events: [
    { id: 'a', createdAt: at('2026-11-20T08:00:00Z'), message: `(service ${name}) older` },
    { id: 'b', createdAt: at('2026-11-20T08:30:00Z'), message: `(service ${name}) newest` },
  ],
  ...more,
});
const targets = (...states: [id: string, state: string][]) =>
  query(
    'DescribeTargetHealth',
    `<TargetHealthDescriptions>${states
      .map(
        ([id, state]) =>
          `<member><Target><Id>${id}</Id><Port>80</Port></Target><TargetHealth><State>${state}</State></TargetHealth></member>`,
      )
      .join('')}</TargetHealthDescriptions>`,
  );

type Script = Readonly<Record<string, AwsReply | ((request: AwsRequest) => AwsReply)>>;

/** A server before a scripted AWS; `script` is looked at first, by action. */
async function aws(script: Script = {}) {
  const usual: Script = {
    GetCallerIdentity: callerIdentity('arn:aws:iam::123456789012:user/oncall'),
    DescribeInstances: ec2Instances([WEB]),
    ListClusters: json({ clusterArns: [ecs('cluster', 'shop')] }),
    ListServices: json({ serviceArns: [ecs('service', 'shop/cart')] }),
    DescribeServices: json({ services: [service('cart')] }),
    DescribeTargetGroups: query(
      'DescribeTargetGroups',
      `<TargetGroups><member><TargetGroupArn>${GROUP}</TargetGroupArn><TargetGroupName>web</TargetGroupName><TargetType>instance</TargetType><LoadBalancerArns><member>${BALANCER}</member></LoadBalancerArns></member></TargetGroups>`,
    ),
    DescribeTargetHealth: targets([WEB, 'healthy'], ['i-00000000000000002', 'unhealthy']),
    ...script,
  };
  const endpoint = await awsEndpoint((request) => {
    const reply = usual[request.action];
    if (typeof reply === 'function') return reply(request);
    return reply ?? queryError('AccessDenied');
  });
  onTestFinished(() => endpoint.close());
  const server = await composedServer({
    account: null,
    env: { AWS_REGION: REGION, AWS_ENDPOINT_URL: endpoint.url },
  });
  const sent = (action: string) => endpoint.requests.filter((request) => request.action === action);
  const granted = async (tool: string, args: object) => {
    const { proposal, message } = await server.failing(tool, args);
    if (!proposal) throw new Error(message);
    return { [META.grant]: grantFor(proposal, server.home.key) };
  };
  return { server, sent, granted };
}

test('services are listed to the last page and described ten at a time', async () => {
  const names = Array.from({ length: 12 }, (_, number) => `s-${number}`);
  const { server, sent } = await aws({
    ListServices: ({ body }) =>
      json(
        JSON.parse(body).nextToken
          ? { serviceArns: names.slice(7).map((name) => ecs('service', `shop/${name}`)) }
          : {
              serviceArns: names.slice(0, 7).map((name) => ecs('service', `shop/${name}`)),
              nextToken: 'more',
            },
      ),
    DescribeServices: ({ body }) =>
      json({ services: JSON.parse(body).services.map((name: string) => service(name)), failures: [] }),
  });
  const { output } = await server.call('list_services');
  expect(output.services).toHaveLength(12);
  expect(sent('DescribeServices').map(({ body }) => JSON.parse(body).services.length)).toEqual([10, 2]);
  expect(output.services[0]).toMatchObject({
    name: 's-0',
    cluster: 'shop',
    controller: 'ECS',
    task_definition: 's-0:7',
    target_groups: ['web'],
    events: [{ message: '(service s-0) newest' }, { message: '(service s-0) older' }],
  });
});

test('a restart is sent once, by the names of cluster and service, and seen to roll', async () => {
  const { server, sent, granted } = await aws({
    UpdateService: json({ service: service('cart') }),
  });
  const grant = await granted('restart_service', { service: 'cart' });
  const { output } = await server.call('restart_service', { service: 'cart' }, grant);
  expect(sent('UpdateService').map(({ body }) => JSON.parse(body))).toEqual([
    { cluster: 'shop', service: 'cart', forceNewDeployment: true },
  ]);
  // The endpoint still has the deployment from before.
  expect(output.changes).toMatchObject([{ result: 'not_seen' }]);
});

test('a rollback takes the newest earlier version that ran and can still be run', async () => {
  const revision = (name: string) => ecs('service-revision', `shop/cart/${name}`);
  const { server, sent } = await aws({
    ListServiceDeployments: json({
      serviceDeployments: ['c', 'b', 'a'].map((name) => ({ targetServiceRevisionArn: revision(name) })),
    }),
    DescribeServiceRevisions: json({
      serviceRevisions: [
        { serviceRevisionArn: revision('c'), taskDefinition: ecs('task-definition', 'cart:7') },
        { serviceRevisionArn: revision('b'), taskDefinition: ecs('task-definition', 'cart:5') },
        { serviceRevisionArn: revision('a'), taskDefinition: ecs('task-definition', 'cart:4') },
      ],
    }),
    DescribeTaskDefinition: ({ body }) =>
      JSON.parse(body).taskDefinition === 'cart:5'
        ? refused('ClientException', 'Unable to describe task definition.')
        : json({ taskDefinition: { status: 'ACTIVE' } }),
  });
  const { proposal } = await server.failing('rollback_service', { service: 'cart' });
  // cart:6 was never run by it, cart:5 was deleted.
  expect(proposal).toMatchObject({
    targets: [{ was: { task_definition: 'cart:7' }, becomes: { task_definition: 'cart:4' } }],
  });
  expect(sent('DescribeServiceRevisions')).toHaveLength(1);
});

test('a rollback leaves out versions whose deployment failed, as long as one is known that did not', async () => {
  const revision = (name: string) => ecs('service-revision', `shop/cart/${name}`);
  const history = [
    { targetServiceRevisionArn: revision('c'), status: 'IN_PROGRESS' },
    { targetServiceRevisionArn: revision('b'), status: 'ROLLBACK_SUCCESSFUL' },
    { targetServiceRevisionArn: revision('a'), status: 'SUCCESSFUL' },
  ];
  const { server } = await aws({
    ListServiceDeployments: json({ serviceDeployments: history }),
    DescribeServiceRevisions: json({
      serviceRevisions: [
        { serviceRevisionArn: revision('c'), taskDefinition: ecs('task-definition', 'cart:7') },
        { serviceRevisionArn: revision('b'), taskDefinition: ecs('task-definition', 'cart:6') },
        { serviceRevisionArn: revision('a'), taskDefinition: ecs('task-definition', 'cart:5') },
      ],
    }),
    DescribeTaskDefinition: json({ taskDefinition: { status: 'ACTIVE' } }),
  });
  const { proposal } = await server.failing('rollback_service', { service: 'cart' });
  expect(proposal).toMatchObject({ targets: [{ becomes: { task_definition: 'cart:5' } }] });
});

test('a stop says that the load balancer has nothing else healthy; what is denied is a gap', async () => {
  const { server, sent } = await aws();
  const { proposal } = await server.failing('stop_instances', { instances: ['real-1'] });
  expect(proposal).toMatchObject({
    blast_radius: {
      affected: [{ name: 'web-alb', how: 'balancer_without_healthy' }],
      gaps: [{ what: 'who depends on it' }],
    },
  });
  expect(sent('DescribeTargetHealth')[0]?.parameters.get('TargetGroupArn')).toBe(GROUP);
  const denied = await aws({ DescribeTargetHealth: queryError('AccessDenied') });
  const blind = await denied.server.failing('stop_instances', { instances: ['real-1'] });
  expect(blind.proposal).toMatchObject({
    blast_radius: { affected: [], gaps: [{}, { what: 'load balancers in front of it', why: 'denied' }] },
  });
});

test('of many target groups only so many are looked at, and it says so', async () => {
  const group = (number: number) =>
    `<member><TargetGroupArn>${balancing(`targetgroup/g-${number}/0`)}</TargetGroupArn><TargetGroupName>g-${number}</TargetGroupName><TargetType>instance</TargetType><LoadBalancerArns><member>${BALANCER}</member></LoadBalancerArns></member>`;
  const { server, sent } = await aws({
    DescribeTargetGroups: query(
      'DescribeTargetGroups',
      `<TargetGroups>${Array.from({ length: 60 }, (_, number) => group(number)).join('')}</TargetGroups>`,
    ),
    DescribeTargetHealth: targets(),
  });
  const { proposal } = await server.failing('stop_instances', { instances: ['real-1'] });
  expect(sent('DescribeTargetHealth')).toHaveLength(40);
  expect(proposal).toMatchObject({ blast_radius: { gaps: [{}, { why: 'truncated' }] } });
});
