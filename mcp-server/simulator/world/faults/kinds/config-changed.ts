import { hexOf } from '../../deterministic.ts';
import type { Reference, ReferenceKind } from '../../references.ts';
import type { World } from '../../world.ts';
import { logged } from '../complaints.ts';
import type { CausedChange, FaultRule, Strike } from '../fault.ts';
import { until } from '../mending.ts';
import { FEWER_REQUESTS } from './fewer-requests.ts';

const CHANGED_BEFORE_MS = 30_000;

type Change = Pick<CausedChange, 'event' | 'source' | 'parameters' | 'resources'>;

const securityGroup = ({ region, name }: Reference) => `sg-${hexOf(`${region}/${name}`, 17)}`;

const ingressRevoked = ({ resource }: Strike): Change => {
  const groupId = securityGroup(resource);
  return {
    event: 'RevokeSecurityGroupIngress',
    source: 'ec2.amazonaws.com',
    parameters: { groupId, ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443 }] } },
    resources: [{ type: 'AWS::EC2::SecurityGroup', name: groupId }],
  };
};

/** What was changed, by the kind of resource that can no longer be reached. */
const INBOUND: Readonly<Partial<Record<ReferenceKind, (strike: Strike) => Change>>> = {
  instance: ingressRevoked,
  auto_scaling_group: ingressRevoked,
  load_balancer: ingressRevoked,
  database: ingressRevoked,
  cluster: ingressRevoked,
  deployment: ingressRevoked,
  api: ({ resource }) => ({
    event: 'UpdateRestApi',
    source: 'apigateway.amazonaws.com',
    parameters: { restApiId: resource.id, patchOperations: [{ op: 'replace', path: '/policy' }] },
  }),
  external: ({ resource }) => ({
    event: 'PutBucketPolicy',
    source: 's3.amazonaws.com',
    parameters: { bucketName: resource.name },
    resources: [{ type: 'AWS::S3::Bucket', name: resource.name }],
  }),
};

/** The same for what can no longer reach others. */
const OUTBOUND: typeof INBOUND = {
  function: ({ resource }) => ({
    event: 'UpdateFunctionConfiguration20150331v2',
    source: 'lambda.amazonaws.com',
    parameters: {
      functionName: resource.name,
      vpcConfig: { securityGroupIds: [securityGroup(resource)] },
    },
  }),
  service: ({ resource }) => ({
    event: 'RevokeSecurityGroupEgress',
    source: 'ec2.amazonaws.com',
    parameters: { groupId: securityGroup(resource) },
    resources: [{ type: 'AWS::EC2::SecurityGroup', name: securityGroup(resource) }],
  }),
};

const causedBy =
  (changes: typeof INBOUND) =>
  (_world: World, strike: Strike): CausedChange[] => {
    const change = changes[strike.resource.kind]?.(strike);
    return change === undefined ? [] : [{ at: strike.at - CHANGED_BEFORE_MS, who: 's.yoon', ...change }];
  };

/**
 * Somebody changed a setting that guards the resource, and those who call it no longer get through. What was
 * changed, by whom and when is for a person to judge and to take back.
 */
export const CONFIG_CHANGED_INBOUND: FaultRule = {
  kind: 'config_changed',
  strikes: Object.keys(INBOUND) as ReferenceKind[],
  spans: (_world, { at }) => until(at),
  distress: ({ severity }) => ({ errors: 0.8 * severity, latency: 0.9 * severity }),
  onlyCallers: true,
  complaints: [
    (say, called) => logged(say, 'ERROR', `call to ${called} failed: connect ETIMEDOUT ${say.address()}:443`),
    (say, called) =>
      logged(say, 'ERROR', `call to ${called} gave up after 3 attempts, no answer within 10000 ms`),
  ],
  changes: causedBy(INBOUND),
  metrics: FEWER_REQUESTS,
  logs: [
    {
      says: 'again',
      perMinute: 4,
      lines: [
        (say) =>
          logged(
            say,
            'WARN',
            `no requests from ${say.address()} for ${say.between(60, 600)} s, health probe missed`,
          ),
        (say) =>
          logged(say, 'ERROR', `connection from ${say.address()} not established: timed out in SYN_RECV`),
      ],
    },
  ],
};

/** The same for what calls others: it is its own requests that get no answer. */
export const CONFIG_CHANGED_OUTBOUND: FaultRule = {
  kind: 'config_changed',
  strikes: Object.keys(OUTBOUND) as ReferenceKind[],
  spans: (_world, { at }) => until(at),
  distress: ({ severity }) => ({ errors: 0.8 * severity, latency: 0.9 * severity }),
  changes: causedBy(OUTBOUND),
  logs: [
    {
      says: 'again',
      perMinute: 15,
      lines: [
        (say) => logged(say, 'ERROR', `Error: connect ETIMEDOUT ${say.address()}:443`),
        (say) =>
          logged(
            say,
            'ERROR',
            `connection to ${say.address()}:5432 not established within ${say.between(3, 10)}000 ms`,
          ),
        (say) => logged(say, 'WARN', `retry ${say.between(1, 3)} of 3: no answer from ${say.address()}`),
      ],
    },
  ],
};
