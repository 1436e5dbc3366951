import type { AccountDocument } from '../format/account.ts';
import { hexOf } from './deterministic.ts';
import { courseNamed, type ServiceCourse } from './ecs/service-course.ts';
import { groups } from './groups.ts';
import { type Reference, resolveAs, resolveReference } from './references.ts';
import type { World } from './world.ts';

type BalancerEntry = AccountDocument['elb'][number];
type TargetEntry = BalancerEntry['targets'][number];

/** What a target is: what the file says of it, and whose it is. */
export type Target = { id: string; of: Reference; entry?: TargetEntry };

/**
 * A target group. The file has load balancers with targets; between them stands one group for each sort of
 * target, as AWS wants it, and one for each service.
 */
export type TargetGroup = {
  name: string;
  arn: string;
  balancer: BalancerEntry;
  region: string;
  type: 'instance' | 'ip' | 'lambda';
  protocol: 'HTTP' | 'TCP' | 'GENEVE';
  port: number;
  /** The service whose tasks are its targets. */
  service?: ServiceCourse;
  /** Those that are registered, what was done in the run included. */
  targets: Target[];
};

const PROTOCOLS = { application: 'HTTP', network: 'TCP', gateway: 'GENEVE' } as const;
/** AWS takes no longer name. */
const LONGEST_NAME = 32;

export function targetGroups(world: World): readonly TargetGroup[] {
  return world.derive(buildGroups);
}

/** The groups that a service's tasks are registered in. */
export function targetGroupsOf(world: World, { cluster, name }: ServiceCourse): TargetGroup[] {
  return targetGroups(world).filter(({ service }) => service?.cluster === cluster && service.name === name);
}

/** The groups that an Auto Scaling group registers its instances in: those that hold what the file has in it. */
export function targetGroupsOfMembers(world: World, members: readonly string[]): TargetGroup[] {
  return targetGroups(world).filter(({ type, balancer }) => {
    const first = balancer.targets.map(({ id }) => resolveReference(world, id).id);
    return type === 'instance' && members.some((id) => first.includes(id));
  });
}

function buildGroups(world: World): TargetGroup[] {
  return world.file.elb.flatMap((balancer) => (balancer.type === 'classic' ? [] : groupsOf(world, balancer)));
}

/** What a target may be, the likelier first; a service and an instance may go by one name. */
const TARGET_KINDS = ['instance', 'service', 'function', 'external'] as const;

function groupsOf(world: World, balancer: BalancerEntry): TargetGroup[] {
  const region =
    resolveAs(world, balancer.name, ['load_balancer'])?.region ??
    balancer.region ??
    world.file.regions[0] ??
    '';
  const targets = balancer.targets.map((entry): Target => {
    const of = resolveAs(world, entry.id, TARGET_KINDS) ?? { kind: 'external', id: entry.id, name: entry.id };
    return { id: of.id, of, entry };
  });
  const made: TargetGroup[] = [];
  const make = (suffix: string, type: TargetGroup['type'], of: Target[], service?: ServiceCourse) => {
    if (of.length === 0 && service === undefined) return;
    const name = `${balancer.name}-${suffix}`.slice(0, LONGEST_NAME).replace(/-+$/, '');
    const arn = arnOf(world, region, name);
    made.push({
      name,
      arn,
      balancer,
      region,
      type,
      protocol: PROTOCOLS[balancer.type === 'classic' ? 'application' : balancer.type],
      port: type === 'ip' ? 8080 : 80,
      ...(service && { service }),
      targets: type === 'instance' ? withLaunched(world, arn, of) : asRegistered(world, arn, of),
    });
  };
  make(
    'targets',
    'instance',
    targets.filter(({ of }) => of.kind === 'instance'),
  );
  for (const { of } of targets.filter((one) => one.of.kind === 'service')) {
    const service = courseNamed(world, of.name);
    if (service) make(of.name, 'ip', [], service);
  }
  make(
    'functions',
    'lambda',
    targets.filter(({ of }) => of.kind === 'function'),
  );
  make(
    'ips',
    'ip',
    targets.filter(({ of }) => of.kind === 'external'),
  );
  return made;
}

function arnOf(world: World, region: string, name: string): string {
  const { account } = world.file;
  return `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${hexOf(`${account}/${region}/tg/${name}`, 16)}`;
}

/** An Auto Scaling group registers what it launches where its other instances are. */
function withLaunched(world: World, arn: string, targets: readonly Target[]): Target[] {
  const there = new Set(targets.map(({ id }) => id));
  const launched = [...groups(world).values()]
    .filter(({ members }) => members.some(({ id, since }) => !isLaunched(since) && there.has(id)))
    .flatMap(({ members }) => members.filter(({ since }) => isLaunched(since)))
    .map(({ id }): Target => ({ id, of: resolveReference(world, id) }));
  return asRegistered(world, arn, [...targets, ...launched]);
}

/** The members the file gives a group have been there always. */
function isLaunched(since: number): boolean {
  return Number.isFinite(since);
}

/** What was registered and deregistered since. */
function asRegistered(world: World, arn: string, targets: readonly Target[]): Target[] {
  const left = new Map(targets.map((one) => [one.id, one]));
  for (const { effect } of world.journal) {
    if (effect.kind !== 'register_targets' && effect.kind !== 'deregister_targets') continue;
    if (effect.targetGroup !== arn) continue;
    for (const id of effect.targets) {
      if (effect.kind === 'deregister_targets') left.delete(id);
      else if (!left.has(id))
        left.set(id, targets.find((one) => one.id === id) ?? { id, of: resolveReference(world, id) });
    }
  }
  return [...left.values()];
}
