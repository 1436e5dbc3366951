import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { readInstances } from '../cloud/instances.ts';

/** As long as the SDK's own waiters wait. The guard takes an attempt for dead only long after (`STALE_MS`). */
export const WAIT_LIMIT_MS = 600_000;
/** Between two looks; AWS takes tens of seconds, a simulated account may run faster than the clock. */
const EVERY_MS = { aws: 3_000, simulated: 250 };

/**
 * Waits until an instance is in a state or the time is over, the looks' own time counted; returns the state it
 * is in then. Throws the SDK's errors.
 *
 * @param stopwatch milliseconds that only go forward
 */
export async function waitForState(
  cloud: Cloud,
  place: Place,
  id: string,
  wanted: string,
  stopwatch: () => number = () => performance.now(),
): Promise<string> {
  const every = EVERY_MS[place.account.backend.kind];
  const until = stopwatch() + WAIT_LIMIT_MS;
  for (;;) {
    const [seen] = await readInstances(cloud, place, [{ Name: 'instance-id', Values: [id] }]);
    const state = seen?.State?.Name ?? 'gone';
    if (state === wanted || stopwatch() >= until) return state;
    cloud.progress(`${id} is ${state}.`);
    await sleep(every, undefined, { signal: cloud.signal });
  }
}
