import { apiId } from '../world/api-ids.ts';
import { hexOf } from '../world/deterministic.ts';
import { type Reference, resolveAs, resolveReference } from '../world/references.ts';
import type { World } from '../world/world.ts';

export type Dimensions = Readonly<Record<string, string>>;

/** What a dimension's value names, by the dimension. */
const OWNERS: Readonly<Record<string, Reference['kind']>> = {
  InstanceId: 'instance',
  LoadBalancer: 'load_balancer',
  LoadBalancerName: 'load_balancer',
  AutoScalingGroupName: 'auto_scaling_group',
  FunctionName: 'function',
  ServiceName: 'service',
  DBInstanceIdentifier: 'database',
  ApiName: 'api',
  ApiId: 'api',
};

/** The order in which dimensions say whose metric it is: the narrower first. */
const OWNER_ORDER = Object.keys(OWNERS);

/** The `LoadBalancer` dimension of a load balancer: `app/shop-alb/0123456789abcdef`. */
export function balancerDimension(account: string, type: string, name: string): string {
  const short = type === 'network' ? 'net' : type === 'gateway' ? 'gwy' : 'app';
  return `${short}/${name}/${hexOf(`${account}/elb/${name}`, 16)}`;
}

/** The values AWS has, where the file has names. */
export function canonicalDimensions(world: World, given: Dimensions): Dimensions {
  return Object.fromEntries(
    Object.entries(given)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, canonicalValue(world, key, value)]),
  );
}

function canonicalValue(world: World, key: string, value: string): string {
  if (key === 'InstanceId') {
    const reference = resolveReference(world, value);
    return reference.kind === 'instance' ? reference.id : value;
  }
  return askedValue(world, key, value);
}

/**
 * The same for a question put to CloudWatch. An instance is known by its id only, as on AWS. The form AWS
 * gives to a load balancer is not one that people know, so its name is understood too.
 */
export function askedDimensions(world: World, given: Dimensions): Dimensions {
  return Object.fromEntries(
    Object.entries(given)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, askedValue(world, key, value)]),
  );
}

function askedValue(world: World, key: string, value: string): string {
  if (key === 'ApiId') {
    const api = world.file.apis.find((one) => one.name === value);
    return api === undefined ? value : apiId(api, world.file.account);
  }
  if (key !== 'LoadBalancer') return value;
  const balancer = world.file.elb.find((one) => one.name === value);
  return balancer === undefined ? value : balancerDimension(world.file.account, balancer.type, balancer.name);
}

/** Whose metric it is; undefined when it is nobody's in the file. */
export function ownerOf(world: World, dimensions: Dimensions): Reference | undefined {
  for (const key of OWNER_ORDER) {
    const value = dimensions[key];
    if (value === undefined) continue;
    const text = key === 'LoadBalancer' ? (value.split('/')[1] ?? value) : value;
    const kind = OWNERS[key];
    const reference = kind && resolveAs(world, text, [kind]);
    if (reference !== undefined) return reference;
  }
  return undefined;
}

/** A series by its identity. The dimensions are in the order the functions above leave them in. */
export function seriesKey(region: string, namespace: string, name: string, dimensions: Dimensions): string {
  const pairs = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
  return [region, namespace, name, ...pairs].join('\n');
}
