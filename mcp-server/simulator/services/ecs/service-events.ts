import type { ServiceEvent } from '@aws-sdk/client-ecs';
import { momentMs } from '../../format/times.ts';
import type { Call } from '../../wire/operation.ts';
import { uuidOf } from '../../world/deterministic.ts';
import { COMPLETE_MS, crashTimes, DRAIN_MS, type Rollout, START_MS } from '../../world/ecs/rollout.ts';
import { begunBy, type ServiceCourse } from '../../world/ecs/service-course.ts';
import { completedAt } from '../../world/ecs/service-state.ts';
import { deploymentId, taskId } from './names.ts';

/** ECS keeps a service's last hundred. */
const KEPT = 100;
/** How often it says that all is well. */
const STEADY_EVERY_MS = 6 * 3_600_000;
/** Failures after which it says that something is wrong. */
const CONSISTENT = 3;
const TOLD_TASKS = 3;

type Said = { at: number; text: string };

/** What ECS says of a service, newest first. */
export function serviceEvents(course: ServiceCourse, { world, now }: Call): ServiceEvent[] {
  const begun = begunBy(course, now);
  const said = [
    ...(course.entry.events ?? []).map(({ at, message }) => ({
      at: momentMs(at, world.startMs),
      text: message,
    })),
    ...begun.flatMap((one, place) => rolloutEvents(course, one, begun[place - 1], now)),
    ...scaleEvents(course, now),
    ...steadyEvents(course, now),
  ];
  return said
    .filter(({ at }) => at <= now)
    .sort((a, b) => b.at - a.at)
    .slice(0, KEPT)
    .map(({ at, text }) => ({
      id: uuidOf(`${course.cluster}/${course.name}/${at}/${text}`),
      createdAt: new Date(at),
      message: text,
    }));
}

function rolloutEvents(
  course: ServiceCourse,
  rollout: Rollout,
  before: Rollout | undefined,
  now: number,
): Said[] {
  const { at, slots } = rollout;
  if (!Number.isFinite(at)) return [];
  const first = slots.filter(({ born }) => born === at);
  const said: Said[] = [];
  if (first.length > 0) said.push({ at: at + 2_000, text: started(course, rollout, first.length) });
  const stopped = before?.slots.filter(({ dies }) => dies === at + START_MS + DRAIN_MS) ?? [];
  if (before && stopped.length > 0) {
    const tasks = tasksText(
      course,
      before,
      stopped.map(({ index }) => index),
    );
    said.push({
      at: at + START_MS + DRAIN_MS,
      text: `(service ${course.name}) has stopped ${stopped.length} running tasks: ${tasks}.`,
    });
  }
  const done = completedAt(rollout, now);
  if (done !== undefined) {
    const deployment = deploymentId(course, rollout);
    said.push({
      at: done,
      text: `(service ${course.name}) (deployment ${deployment}) deployment completed.`,
    });
    said.push({ at: done, text: `(service ${course.name}) has reached a steady state.` });
  }
  return [...said, ...crashEvents(course, rollout, now)];
}

function crashEvents(course: ServiceCourse, rollout: Rollout, now: number): Said[] {
  const crashes = rollout.slots
    .flatMap((slot) =>
      crashTimes(slot, now)
        .filter((at) => at < slot.dies)
        .map((at, turn) => ({ at, slot: slot.index, turn })),
    )
    .sort((a, b) => a.at - b.at);
  return crashes.flatMap(({ at, slot, turn }, count) => {
    const task = taskId(course, rollout, slot, turn);
    const next = taskId(course, rollout, slot, turn + 1);
    return [
      { at, text: `(service ${course.name}) (task ${task}) failed container health checks.` },
      { at: at + 1_000, text: `(service ${course.name}) has started 1 tasks: (task ${next}).` },
      ...(count % (3 * CONSISTENT) === CONSISTENT - 1
        ? [
            {
              at: at + 2_000,
              text: `(service ${course.name}) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
            },
          ]
        : []),
    ];
  });
}

/** Tasks that came or went because another number of them is wanted. */
function scaleEvents(course: ServiceCourse, now: number): Said[] {
  return course.rollouts.flatMap((rollout) => {
    const later = rollout.slots.filter(
      ({ born }) => born > rollout.at && Number.isFinite(born) && born <= now,
    );
    const came = [...Map.groupBy(later, ({ born }) => born)].map(([at, slots]) => ({
      at: at + 2_000,
      text: `(service ${course.name}) has started ${slots.length} tasks: ${tasksText(
        course,
        rollout,
        slots.map(({ index }) => index),
      )}.`,
    }));
    return came;
  });
}

/** A service with nothing wrong says so every six hours. */
function steadyEvents(course: ServiceCourse, now: number): Said[] {
  const rollout = begunBy(course, now).at(-1);
  if (!rollout || completedAt(rollout, now) === undefined) return [];
  const since = Number.isFinite(rollout.at) ? rollout.at + COMPLETE_MS : course.deployedAt;
  const last = since + Math.floor((now - since) / STEADY_EVERY_MS) * STEADY_EVERY_MS;
  return last > since ? [{ at: last, text: `(service ${course.name}) has reached a steady state.` }] : [];
}

function started(course: ServiceCourse, rollout: Rollout, count: number): string {
  const slots = rollout.slots.slice(0, count).map(({ index }) => index);
  return `(service ${course.name}) has started ${count} tasks: ${tasksText(course, rollout, slots)}.`;
}

function tasksText(course: ServiceCourse, rollout: Rollout, slots: readonly number[]): string {
  return slots
    .slice(0, TOLD_TASKS)
    .map((slot) => `(task ${taskId(course, rollout, slot, 0)})`)
    .join(' ');
}
