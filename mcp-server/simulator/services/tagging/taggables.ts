import { balancerDimension } from '../../metrics/dimensions.ts';
import type { Call } from '../../wire/operation.ts';
import { apiId } from '../../world/api-ids.ts';
import { groups } from '../../world/groups.ts';
import { resolveAs } from '../../world/references.ts';
import { simulatedInstanceArn, type Tags, tagsAfter } from '../../world/tags.ts';
import type { World } from '../../world/world.ts';
import { groupArn } from '../auto-scaling/operations.ts';
import { logGroupsIn } from '../logs/log-groups.ts';

/** A resource that can have tags, and those it has after the changes of the run. */
export type Taggable = {
  arn: string;
  /** What CloudTrail calls it, and the type it gives it. */
  id: string;
  type: string;
  region: string;
  tags: Tags;
};

type Placed = { region?: string | undefined; tags?: Record<string, string> | undefined };

/** All of a region that AWS keeps tags of. */
export function taggablesIn(call: Call): Taggable[] {
  const { world, region, account } = call;
  const logGroups = [...logGroupsIn(call).keys()].map((name) => {
    const arn = `arn:aws:logs:${region}:${account}:log-group:${name}`;
    return { arn, id: name, type: 'AWS::Logs::LogGroup', region, tags: tagsAfter(world, arn) };
  });
  return [...world.derive(declared).filter((one) => one.region === region), ...logGroups];
}

/** What the account file declares, in its order. */
function declared(world: World): Taggable[] {
  const { file } = world;
  const home = file.regions[0] ?? '';
  const one = (arn: string, id: string, type: string, of: Placed): Taggable => ({
    arn,
    id,
    type,
    region: of.region ?? home,
    tags: tagsAfter(world, arn, of.tags),
  });
  const named = (service: string, resource: string, id: string, type: string, of: Placed): Taggable =>
    one(`arn:aws:${service}:${of.region ?? home}:${file.account}:${resource}`, id, type, of);
  return [
    ...[...world.instances.values()].map(({ id, name, region, tags }) => ({
      arn: simulatedInstanceArn(file.account, region, id),
      id,
      type: 'AWS::EC2::Instance',
      region,
      // The world has the changes in them already.
      tags: { ...(name === undefined ? {} : { Name: name }), ...tags },
    })),
    ...file.rds.map((it) => named('rds', `db:${it.id}`, it.id, 'AWS::RDS::DBInstance', it)),
    ...file.lambda.map((it) => named('lambda', `function:${it.name}`, it.name, 'AWS::Lambda::Function', it)),
    ...file.ecs.flatMap((it) => [
      named('ecs', `cluster/${it.cluster}`, it.cluster, 'AWS::ECS::Cluster', it),
      ...it.services.map(({ name, tags }) =>
        named('ecs', `service/${it.cluster}/${name}`, name, 'AWS::ECS::Service', { region: it.region, tags }),
      ),
    ]),
    ...[...groups(world).values()].map((group) =>
      one(groupArn(group, file.account), group.name, 'AWS::AutoScaling::AutoScalingGroup', {
        region: group.region,
        tags: group.entry.tags,
      }),
    ),
    ...file.elb
      .filter(({ type }) => type !== 'classic')
      .map((it) => {
        const region = resolveAs(world, it.name, ['load_balancer'])?.region ?? it.region ?? home;
        const resource = `loadbalancer/${balancerDimension(file.account, it.type, it.name)}`;
        const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
        return named('elasticloadbalancing', resource, it.name, type, { region, tags: it.tags });
      }),
    ...file.apis.map((it) => {
      const resource = `${it.type === 'REST' ? 'restapis' : 'apis'}/${apiId(it, file.account)}`;
      const arn = `arn:aws:apigateway:${it.region ?? home}::/${resource}`;
      return one(arn, it.name, 'AWS::ApiGateway::RestApi', it);
    }),
    ...file.eks.map((it) => named('eks', `cluster/${it.name}`, it.name, 'AWS::EKS::Cluster', it)),
    ...file.s3.map((it) => one(`arn:aws:s3:::${it.name}`, it.name, 'AWS::S3::Bucket', it)),
    ...file.alarms.map(({ name, region }) =>
      named('cloudwatch', `alarm:${name}`, name, 'AWS::CloudWatch::Alarm', { region }),
    ),
  ];
}
