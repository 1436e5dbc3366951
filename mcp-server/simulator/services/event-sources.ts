import type { ReferenceKind } from '../world/references.ts';

/** Which service an API call belongs to, where the file does not say: by the call's name. */
const BY_EVENT: readonly [pattern: RegExp, source: string][] = [
  [/FunctionCode|FunctionConfiguration|Function|Alias|PublishVersion/, 'lambda.amazonaws.com'],
  [
    /^(Run|Start|Stop|Reboot|Terminate)Instances|InstanceAttribute|SecurityGroup|Volume|Route|Subnet/,
    'ec2.amazonaws.com',
  ],
  [/DBInstance|DBParameterGroup|DBCluster|DBSnapshot/, 'rds.amazonaws.com'],
  [/AutoScalingGroup|DesiredCapacity|LaunchConfiguration|ScalingPolicy/, 'autoscaling.amazonaws.com'],
  [/TaskDefinition|^(Update|Create|Delete)Service$/, 'ecs.amazonaws.com'],
  [/TargetGroup|LoadBalancer|Targets|Listener/, 'elasticloadbalancing.amazonaws.com'],
  [/MetricAlarm|Alarms|Dashboard/, 'monitoring.amazonaws.com'],
  [/Bucket|Object/, 's3.amazonaws.com'],
  [/Nodegroup|Addon|Cluster/, 'eks.amazonaws.com'],
  [/RestApi|Deployment|Stage/, 'apigateway.amazonaws.com'],
  [/Role|Policy|User|AccessKey|LoginProfile/, 'iam.amazonaws.com'],
  [/Stack|ChangeSet/, 'cloudformation.amazonaws.com'],
  [/Certificate/, 'acm.amazonaws.com'],
  [/Secret/, 'secretsmanager.amazonaws.com'],
  [/Parameter/, 'ssm.amazonaws.com'],
  [/ConsoleLogin/, 'signin.amazonaws.com'],
];

const BY_KIND: Readonly<Partial<Record<ReferenceKind, { source: string; type: string }>>> = {
  instance: { source: 'ec2.amazonaws.com', type: 'AWS::EC2::Instance' },
  load_balancer: {
    source: 'elasticloadbalancing.amazonaws.com',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  },
  auto_scaling_group: { source: 'autoscaling.amazonaws.com', type: 'AWS::AutoScaling::AutoScalingGroup' },
  function: { source: 'lambda.amazonaws.com', type: 'AWS::Lambda::Function' },
  service: { source: 'ecs.amazonaws.com', type: 'AWS::ECS::Service' },
  database: { source: 'rds.amazonaws.com', type: 'AWS::RDS::DBInstance' },
  api: { source: 'apigateway.amazonaws.com', type: 'AWS::ApiGateway::RestApi' },
  deployment: { source: 'eks.amazonaws.com', type: 'AWS::EKS::Cluster' },
  cluster: { source: 'eks.amazonaws.com', type: 'AWS::EKS::Cluster' },
};

/** The event source CloudTrail would name, as `lambda.amazonaws.com`. */
export function eventSource(event: string, kind: ReferenceKind): string {
  const byName = BY_EVENT.find(([pattern]) => pattern.test(event))?.[1];
  return byName ?? BY_KIND[kind]?.source ?? 'cloudformation.amazonaws.com';
}

/** The type CloudTrail would give a resource, as `AWS::Lambda::Function`. */
export function resourceType(kind: ReferenceKind): string {
  return BY_KIND[kind]?.type ?? 'AWS::CloudFormation::Resource';
}
