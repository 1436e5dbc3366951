import { COMPLETE_MS, crashesOf, type Rollout, type Slot, stateOf } from './rollout.ts';
import { begunBy, type ServiceCourse } from './service-course.ts';

type Counts = { running: number; pending: number };

/** The tasks a deployment has at a time. */
export function countsOf({ slots }: Rollout, at: number): Counts {
  const counts = { running: 0, pending: 0 };
  for (const slot of slots) {
    const state = stateOf(slot, at);
    if (state !== 'gone') counts[state] += 1;
  }
  return counts;
}

/** Tasks that ECS keeps trying to start, though nothing of them is to be seen just then. */
function missing(slots: readonly Slot[], at: number): number {
  return slots.filter(({ fate, dies }) => fate === 'stuck' && dies > at).length;
}

/** The newest deployment that has begun. */
export function primaryAt(course: ServiceCourse, at: number): Rollout | undefined {
  return begunBy(course, at).at(-1);
}

/** The deployments ECS lists: the newest, and those whose tasks are still there, newest first. */
export function listedRollouts(course: ServiceCourse, at: number): Rollout[] {
  const begun = begunBy(course, at).reverse();
  return begun.filter((one, index) => {
    const { running, pending } = countsOf(one, at);
    return index === 0 || running + pending > 0;
  });
}

export function serviceCounts(course: ServiceCourse, at: number): Counts {
  const counts = { running: 0, pending: 0 };
  for (const one of begunBy(course, at)) {
    const { running, pending } = countsOf(one, at);
    counts.running += running;
    counts.pending += pending;
  }
  // The file may say how many of the tasks that do not come up are being tried.
  const given = course.entry.pending ?? 0;
  const stuck = begunBy(course, at).reduce((sum, { slots }) => sum + missing(slots, at), 0);
  return { ...counts, pending: counts.pending + Math.min(given, stuck) };
}

/** Tasks of a deployment that failed so far. */
export function failedTasks({ slots }: Rollout, at: number): number {
  return slots.reduce((sum, slot) => sum + crashesOf(slot, at), 0);
}

/** When a deployment came to rest, with all its tasks running; undefined while it has not. */
export function completedAt(rollout: Rollout, at: number): number | undefined {
  if (rollout.slots.some(({ fate, dies }) => fate !== 'runs' && dies > at)) return undefined;
  const done = rollout.at + COMPLETE_MS;
  return done <= at ? done : undefined;
}
