import type { GetQueryResultsResponse } from '@aws-sdk/client-cloudwatch-logs';
import type { Execution, Query, ResultRow } from './insights/query.ts';
import { withinTime } from './insights/time-limit.ts';
import type { RowSource } from './log-rows.ts';

/** How far a query has come. It goes on each time somebody asks for its results. */
export type LogQuery = {
  status(): Status;
  /** Works on for at most `ms` milliseconds of real time. */
  goOn(ms: number): void;
  stop(): boolean;
  results(): Pick<GetQueryResultsResponse, 'results' | 'statistics' | 'status'>;
};
export type Status = 'Scheduled' | 'Running' | 'Complete' | 'Cancelled' | 'Timeout' | 'Failed';

/** Between two looks at the clock. */
const ROWS_AT_ONCE = 2_000;
/** One line must not take longer than this, and no step longer than its time and this. */
const STUCK_MS = 2_000;
/** Longer values are cut in results; the whole event is had through its pointer. */
export const LONGEST_VALUE = 10_000;

type Counts = { scanned: number; bytes: number };

/**
 * @param stopwatch milliseconds that only go forward
 * @param mostRows after how many events the query ends as timed out
 */
export function startLogQuery(
  query: Query,
  source: RowSource,
  { stopwatch, groups, mostRows }: { stopwatch: () => number; groups: number; mostRows: number },
): LogQuery {
  const execution = query.begin();
  const counts: Counts = { scanned: 0, bytes: 0 };
  let status: Status = 'Scheduled';
  let found: ResultRow[] = [];

  function end(as: Status): void {
    status = as;
    // What a stuck expression would do to the rows left over is bounded, too.
    const rows = withinTime(STUCK_MS, () => execution.end());
    if (rows.kind === 'done') found = rows.value;
    else status = 'Timeout';
  }

  return {
    status: () => status,
    goOn: (ms) => {
      if (status !== 'Scheduled' && status !== 'Running') return;
      status = 'Running';
      const step = withinTime(ms + STUCK_MS, () =>
        take({ source, execution, counts, mostRows }, stopwatch, ms),
      );
      if (step.kind === 'too_long') end('Timeout');
      else if (step.value !== 'more') end(step.value === 'all' ? 'Complete' : 'Timeout');
    },
    stop: () => {
      if (status !== 'Scheduled' && status !== 'Running') return false;
      end('Cancelled');
      return true;
    },
    results: () => ({
      status,
      results: found.map((row) => row.map(({ field, value }) => ({ field, value: cut(field, value) }))),
      statistics: {
        recordsMatched: execution.matched(),
        recordsScanned: counts.scanned,
        bytesScanned: counts.bytes,
        logGroupsScanned: groups,
      },
    }),
  };
}

type Work = { source: RowSource; execution: Execution; counts: Counts; mostRows: number };

/** Takes events until there are no more, too many were taken, or the time is over. */
function take(
  { source, execution, counts, mostRows }: Work,
  stopwatch: () => number,
  ms: number,
): 'all' | 'enough' | 'more' {
  const began = stopwatch();
  for (;;) {
    for (let taken = 0; taken < ROWS_AT_ONCE; taken += 1) {
      if (counts.scanned >= mostRows) return 'enough';
      const row = source.next();
      if (row === null) return 'all';
      counts.scanned += 1;
      counts.bytes += Buffer.byteLength(row.message ?? '');
      execution.push(row);
    }
    if (stopwatch() - began >= ms) return 'more';
  }
}

function cut(field: string, value: string): string {
  if (field === '@ptr' || value.length <= LONGEST_VALUE) return value;
  // Not through the middle of a character.
  return value.slice(0, LONGEST_VALUE).replace(/[\uD800-\uDBFF]$/, '');
}
