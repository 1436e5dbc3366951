import type { AccountDocument } from '../../format/account.ts';
import { momentMs } from '../../format/times.ts';
import { hash32 } from '../deterministic.ts';
import type { World } from '../world.ts';
import { addSlots, dropSlots, newRollout, type Rollout, replaceSlots, type Slot } from './rollout.ts';

type ServiceEntry = AccountDocument['ecs'][number]['services'][number];

/** A service and its whole course so far as it is known: the file, the faults and the calls of the run. */
export type ServiceCourse = {
  cluster: string;
  name: string;
  region: string;
  entry: ServiceEntry;
  /** Of its task definitions. */
  family: string;
  /** The revision the file has it at. */
  revision: number;
  /** When the file's version was deployed. */
  deployedAt: number;
  /** Ascending by time; the first is the file's. */
  rollouts: Rollout[];
  /** Ascending; how many tasks are wanted from a time on. */
  wanted: { at: number; desired: number }[];
  /** Revisions that do not stay up, by the fault that brings them. */
  broken: ReadonlyMap<number, { at: number; severity: number }>;
};

/** Every service of the file, in its order. */
export function serviceCourses(world: World): readonly ServiceCourse[] {
  return world.derive(buildCourses);
}

export function findCourse(world: World, cluster: string, name: string): ServiceCourse | undefined {
  return serviceCourses(world).find((one) => one.cluster === cluster && one.name === name);
}

/** The first service of a name: what a name in the file means. */
export function courseNamed(world: World, name: string): ServiceCourse | undefined {
  return serviceCourses(world).find((one) => one.name === name);
}

export function wantedAt({ wanted }: ServiceCourse, at: number): number {
  return wanted.findLast((one) => one.at <= at)?.desired ?? wanted[0]?.desired ?? 0;
}

/** The deployments that have begun by a time, oldest first. */
export function begunBy({ rollouts }: ServiceCourse, at: number): Rollout[] {
  return rollouts.filter((one) => one.at <= at);
}

const DAY_MS = 86_400_000;

type Happening =
  | { at: number; kind: 'broken'; severity: number }
  | {
      at: number;
      kind: 'update';
      desired?: number | undefined;
      revision?: number | undefined;
      forced: boolean;
    };

function buildCourses(world: World): ServiceCourse[] {
  const { file } = world;
  return file.ecs.flatMap(({ cluster, services, region = file.regions[0] ?? '' }) =>
    services.map((entry) => playCourse(world, { cluster, entry, region })),
  );
}

function playCourse(
  world: World,
  { cluster, entry, region }: { cluster: string; entry: ServiceEntry; region: string },
): ServiceCourse {
  const { family, revision } = versionOf(entry);
  const deployedAt = lastDeploy(world, entry.name) ?? world.startMs - 14 * DAY_MS;
  const broken = new Map<number, { at: number; severity: number }>();
  const stuck = Math.max(0, entry.desired - (entry.running ?? entry.desired));
  const failingOf = (version: number, count: number): { count: number; fate: Slot['fate'] } => {
    const bad = broken.get(version);
    if (bad) return { count: Math.max(1, Math.round(bad.severity * count)), fate: 'crashing' };
    // What the file says of its version stays true of it: so many of its tasks do not come up.
    return version === revision
      ? { count: Math.min(stuck, count), fate: 'stuck' }
      : { count: 0, fate: 'runs' };
  };
  const first = { at: Number.NEGATIVE_INFINITY, index: 0, revision };
  const course: ServiceCourse = {
    cluster,
    name: entry.name,
    region,
    entry,
    family,
    revision,
    deployedAt,
    rollouts: [newRollout(first, entry.desired, failingOf(revision, entry.desired))],
    wanted: [{ at: Number.NEGATIVE_INFINITY, desired: entry.desired }],
    broken,
  };
  for (const one of happeningsOf(world, cluster, entry)) play(course, one, broken, failingOf);
  return course;
}

function play(
  course: ServiceCourse,
  happening: Happening,
  broken: Map<number, { at: number; severity: number }>,
  failingOf: (revision: number, count: number) => { count: number; fate: Slot['fate'] },
): void {
  const { at } = happening;
  const last = course.rollouts.at(-1);
  if (last === undefined) return;
  const desired = wantedAt(course, at);
  const deploy = (revision: number, count: number) => {
    for (const one of course.rollouts) replaceSlots(one, at);
    const next = { at, index: course.rollouts.length, revision };
    course.rollouts.push(newRollout(next, count, failingOf(revision, count)));
  };
  if (happening.kind === 'broken') {
    const newest = Math.max(...course.rollouts.map(({ revision }) => revision)) + 1;
    broken.set(newest, { at, severity: happening.severity });
    deploy(newest, desired);
    return;
  }
  const next = happening.desired ?? desired;
  if (next !== desired) course.wanted.push({ at, desired: next });
  if (happening.forced || (happening.revision !== undefined && happening.revision !== last.revision)) {
    deploy(happening.revision ?? last.revision, next);
  } else if (next > desired) {
    const failing = broken.has(last.revision) ? failingOf(last.revision, next - desired) : NONE_FAILING;
    addSlots(last, at, next - desired, failing);
  } else if (next < desired) {
    dropSlots(last, at, desired - next);
  }
}

const NONE_FAILING = { count: 0, fate: 'runs' as const };

/** What happens to a service, in order of time. */
function happeningsOf(world: World, cluster: string, { name }: ServiceEntry): Happening[] {
  // A name in a fault means the first service of that name.
  const first = world.file.ecs.find(({ services }) => services.some((one) => one.name === name));
  const faults = world.file.faults.flatMap((fault): Happening[] =>
    fault.kind === 'bad_deploy' && fault.on === name && first?.cluster === cluster
      ? [{ at: momentMs(fault.at, world.startMs), kind: 'broken', severity: fault.severity }]
      : [],
  );
  const calls = world.journal.flatMap(({ at, effect }): Happening[] => {
    if (effect.kind !== 'update_service' || effect.cluster !== cluster || effect.service !== name) return [];
    const { desired, revision, forced } = effect;
    return [{ at, kind: 'update', desired, revision, forced }];
  });
  return [...faults, ...calls].sort((a, b) => a.at - b.at);
}

/** `cart:88`, with or without the ARN around it; a number the file does not say is made up. */
function versionOf({ name, task_definition: given }: ServiceEntry): { family: string; revision: number } {
  const text = given?.slice(given.lastIndexOf('/') + 1) ?? name;
  const [, family = text, revision] = /^(.+):(\d+)$/.exec(text) ?? [];
  return {
    family,
    revision: revision === undefined ? 5 + (hash32(`${name}/revision`) % 40) : Number(revision),
  };
}

/** The file's changes may say when the version it has was deployed. */
function lastDeploy(world: World, name: string): number | undefined {
  const times = world.file.changes
    .filter(({ event, resource }) => event === 'UpdateService' && resource === name)
    .map(({ at }) => momentMs(at, world.startMs))
    .filter((at) => at <= world.startMs);
  return times.length > 0 ? Math.max(...times) : undefined;
}
