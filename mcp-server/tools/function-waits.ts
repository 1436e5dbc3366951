import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { readConfiguration } from '../cloud/functions.ts';

/** As long as the SDK's own waiter waits. The guard takes an attempt for dead only long after (`STALE_MS`). */
const WAIT_LIMIT_MS = 300_000;
/** Between two looks: an update takes seconds, in a VPC up to a minute. */
const EVERY_MS = { aws: 1_000, simulated: 50 };

/** Whether AWS is still at work on a version, so that it takes no other change. */
function isMoving({ LastUpdateStatus, State }: FunctionConfiguration): boolean {
  return LastUpdateStatus === 'InProgress' || State === 'Pending';
}

/**
 * Waits until AWS is done with a function, or the time is over; returns it as it is then. Throws the SDK's errors.
 *
 * @param version a published version; without it the unpublished one
 * @param stopwatch milliseconds that only go forward
 */
export async function waitUntilSettled(
  cloud: Cloud,
  place: Place,
  name: string,
  version?: string,
  stopwatch: () => number = () => performance.now(),
): Promise<FunctionConfiguration> {
  const every = EVERY_MS[place.account.backend.kind];
  const until = stopwatch() + WAIT_LIMIT_MS;
  for (;;) {
    const seen = await readConfiguration(cloud, place, name, version);
    if (!isMoving(seen) || stopwatch() >= until) return seen;
    cloud.progress(`${name} is being updated.`);
    await sleep(every, undefined, { signal: cloud.signal });
  }
}
