import { untouched } from '../cloud/call-failure.ts';
import { durationMs } from '../contract/call.ts';

export type TimeRangeInput = {
  last?: string | undefined;
  start?: string | undefined;
  end?: string | undefined;
};

/**
 * The stretch of time a call means. `start` and `end` override `last`; a start without an end reaches to now,
 * an end without a start goes back from there. Throws `CallFailure` when it is empty.
 *
 * @param usual what is meant when the call says nothing, as a duration: `3h`
 */
export function timeRangeOf(input: TimeRangeInput, usual: string, now: Date): { start: Date; end: Date } {
  const length = durationMs(input.last ?? usual);
  const end = input.end ? new Date(input.end) : now;
  const start = input.start ? new Date(input.start) : new Date(end.getTime() - length);
  if (start < end) return { start, end };
  throw untouched(
    'invalid_arguments',
    `The time asked for is empty: it starts at ${start.toISOString()} and ends at ${end.toISOString()}.`,
  );
}
