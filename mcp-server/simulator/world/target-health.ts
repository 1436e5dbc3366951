import { hash32 } from './deterministic.ts';
import { START_MS, stateOf } from './ecs/rollout.ts';
import { begunBy, type ServiceCourse } from './ecs/service-course.ts';
import { faultsOn, spanAt } from './faults/course.ts';
import { bootsAfter, REBOOT_MS } from './faults/mending.ts';
import { phaseAt } from './instance-life.ts';
import type { Target, TargetGroup } from './target-groups.ts';
import type { Instance, World } from './world.ts';

/** A target as DescribeTargetHealth has it. */
export type TargetHealth = { id: string; port?: number; zone?: string } & Health;
type Health = { state: string; reason?: string; description?: string };

/** Three checks in a row, ten seconds apart, until a target that is new counts as healthy. */
const INITIAL_MS = 30_000;
/** Two in a row until one that fails counts as unhealthy. */
const NOTICED_MS = 20_000;

const HEALTHY: Health = { state: 'healthy' };

/** AWS's words for its reasons. */
const REASONS: Readonly<Record<string, string>> = {
  'Elb.InitialHealthChecking': 'Initial health checks in progress',
  'Target.FailedHealthChecks': 'Health checks failed',
  'Target.ResponseCodeMismatch': 'Health checks failed with these codes: [503]',
  'Target.Timeout': 'Request timed out',
  'Target.InvalidState': 'Target is in the stopped state',
  'Target.DeregistrationInProgress': 'Target deregistration is in progress',
};

/** What AWS says where the file gives a state and no reason. */
const USUAL_REASON: Readonly<Record<string, string>> = {
  initial: 'Elb.InitialHealthChecking',
  unhealthy: 'Target.FailedHealthChecks',
  'unhealthy.draining': 'Target.FailedHealthChecks',
  draining: 'Target.DeregistrationInProgress',
  unused: 'Target.NotInUse',
  unavailable: 'Target.HealthCheckDisabled',
};

function because(state: string, reason: string): Health {
  const description = REASONS[reason];
  return { state, reason, ...(description !== undefined && { description }) };
}

/** The targets of a group and their health at a time. */
export function targetHealth(world: World, group: TargetGroup, at: number): TargetHealth[] {
  const listed = group.targets.flatMap((target) => {
    const health = healthOf(world, target, at);
    if (health === undefined) return [];
    const zone = world.instances.get(target.id)?.az;
    const placed = group.type === 'instance' && zone !== undefined ? { zone } : {};
    return [
      {
        id: targetId(group, target, world),
        ...(group.type === 'lambda' ? {} : { port: group.port }),
        ...placed,
        ...health,
      },
    ];
  });
  return group.service === undefined ? listed : [...listed, ...taskHealth(world, group, group.service, at)];
}

function targetId({ type, region }: TargetGroup, { id, of }: Target, world: World): string {
  return type === 'lambda' ? `arn:aws:lambda:${region}:${world.file.account}:function:${of.name}` : id;
}

/** Undefined for what is no longer registered: AWS takes a terminated instance out. */
function healthOf(world: World, target: Target, at: number): Health | undefined {
  const instance = world.instances.get(target.id);
  if (instance !== undefined) return instanceHealth(world, instance, target, at);
  return declaredHealth(target) ?? HEALTHY;
}

function declaredHealth({ entry }: Target): Health | undefined {
  if (entry === undefined || entry.health === 'healthy') return undefined;
  const reason = entry.reason ?? USUAL_REASON[entry.health];
  return reason === undefined ? { state: entry.health } : because(entry.health, reason);
}

function instanceHealth(world: World, instance: Instance, target: Target, at: number): Health | undefined {
  const phase = phaseAt(instance.life, at);
  if (phase === undefined || phase.state === 'terminated' || phase.state === 'shutting-down')
    return undefined;
  if (phase.state !== 'running') return because('unused', 'Target.InvalidState');
  const failing = failingSince(world, target, at);
  if (failing) return at < failing.since + NOTICED_MS ? HEALTHY : because('unhealthy', failing.reason);
  const reboot = instance.life.reboots.findLast((one) => one <= at);
  if (reboot !== undefined && at < reboot + REBOOT_MS) return because('unhealthy', 'Target.Timeout');
  const up = Math.max(phase.from, reboot === undefined ? phase.from : reboot + REBOOT_MS);
  if (at < up + INITIAL_MS) return because('initial', 'Elb.InitialHealthChecking');
  // What the file says of it holds until its operating system comes up anew.
  const declared = declaredHealth(target);
  return declared && bootsAfter(instance, world.startMs).every((boot) => boot.at > at) ? declared : HEALTHY;
}

/** A target that does not answer for any reason fails its checks. */
function failingSince(
  world: World,
  { of }: Target,
  at: number,
): { since: number; reason: string } | undefined {
  for (const fault of faultsOn(world, of)) {
    const span = spanAt(fault, at);
    const answersNot =
      fault.rule.kind === 'target_unhealthy' || (fault.rule.distress?.(fault).down ?? 0) > 0.5;
    if (span === undefined || !answersNot) continue;
    const reason = fault.rule.kind === 'target_unhealthy' ? 'Target.ResponseCodeMismatch' : 'Target.Timeout';
    return { since: span.from, reason };
  }
  return undefined;
}

/** A service registers the address of each of its tasks. */
function taskHealth(world: World, group: TargetGroup, course: ServiceCourse, at: number): TargetHealth[] {
  const reference = { kind: 'service' as const, id: course.name };
  const failing = faultsOn(world, reference).find(
    (fault) => fault.rule.kind === 'target_unhealthy' && spanAt(fault, at) !== undefined,
  );
  const declared = group.balancer.targets.find(({ id }) => id === course.name);
  return begunBy(course, at).flatMap((rollout, place, all) =>
    rollout.slots.flatMap((slot): TargetHealth[] => {
      if (stateOf(slot, at) !== 'running') return [];
      const where = { id: addressOf(course, rollout.index, slot.index), port: group.port };
      if (place < all.length - 1) return [{ ...where, ...drainingOr(slot.dies, at) }];
      if (slot.fate === 'crashing')
        return [{ ...where, ...because('unhealthy', 'Target.FailedHealthChecks') }];
      if (at < slot.born + START_MS + INITIAL_MS && Number.isFinite(slot.born))
        return [{ ...where, ...because('initial', 'Elb.InitialHealthChecking') }];
      if (failing && rollout.at <= failing.at)
        return [{ ...where, ...because('unhealthy', 'Target.ResponseCodeMismatch') }];
      const said =
        declared && rollout.index === 0
          ? declaredHealth({ id: '', of: { ...reference, name: '' }, entry: declared })
          : undefined;
      return [{ ...where, ...(said ?? HEALTHY) }];
    }),
  );
}

/** Targets serve until their tasks begin to be drained. */
function drainingOr(dies: number, at: number): Health {
  return at >= dies - INITIAL_MS ? because('draining', 'Target.DeregistrationInProgress') : HEALTHY;
}

function addressOf({ cluster, name }: ServiceCourse, rollout: number, slot: number): string {
  const hash = hash32(`${cluster}/${name}/${rollout}/${slot}`);
  return `10.0.${hash % 64}.${4 + ((hash >>> 8) % 247)}`;
}
