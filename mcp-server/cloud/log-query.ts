import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryStatus, ResultField } from '@aws-sdk/client-cloudwatch-logs';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

export type LogQueryWish = {
  group: string;
  query: string;
  start: Date;
  end: Date;
  /** Rows, unless the query itself says. */
  limit: number;
};

export type LogQueryResult = {
  id: string;
  status: QueryStatus;
  rows: Record<string, string>[];
  matched: number;
  scanned: number;
  scannedBytes: number;
};

/** Between two looks at a query, in milliseconds; the last one again and again. */
const WAITS_MS = [50, 100, 250, 500, 1_000];
/** How long a query is waited for; a call ends soon after. */
const LIMIT_MS = 100_000;
/** For telling AWS that nobody waits any more. */
const STOP_MS = 2_000;

/**
 * Runs a Logs Insights query to its end. A query that nobody waits for any more (the call was given up, or it
 * took too long) is stopped; one that took too long gives what it has found, with its status. Throws the SDK's
 * errors.
 */
export async function runLogQuery(cloud: Cloud, place: Place, wish: LogQueryWish): Promise<LogQueryResult> {
  const { sdk, client } = await place.account.connect('logs', place.region, 'read');
  const { queryId: id = '' } = await client.send(
    new sdk.StartQueryCommand({
      logGroupName: wish.group,
      startTime: Math.floor(wish.start.getTime() / 1000),
      endTime: Math.ceil(wish.end.getTime() / 1000),
      queryString: wish.query,
      limit: wish.limit,
    }),
    { abortSignal: cloud.signal },
  );
  let ended = false;
  try {
    let result = await look();
    for (let waited = 0, turn = 0; isUnderWay(result.status) && waited < LIMIT_MS; turn += 1) {
      const ms = WAITS_MS[Math.min(turn, WAITS_MS.length - 1)] ?? 0;
      await sleep(ms, undefined, { signal: cloud.signal });
      waited += ms;
      result = await look();
      if (isUnderWay(result.status)) cloud.progress(`Scanned ${result.scanned} log events so far.`);
    }
    ended = !isUnderWay(result.status);
    return result;
  } finally {
    if (!ended) await stop();
  }

  async function look(): Promise<LogQueryResult> {
    const { status, results, statistics } = await client.send(
      new sdk.GetQueryResultsCommand({ queryId: id }),
      { abortSignal: cloud.signal },
    );
    return {
      id,
      status: status ?? 'Unknown',
      rows: (results ?? []).map(rowOf),
      matched: statistics?.recordsMatched ?? 0,
      scanned: statistics?.recordsScanned ?? 0,
      scannedBytes: statistics?.bytesScanned ?? 0,
    };
  }
  async function stop(): Promise<void> {
    try {
      await client.send(new sdk.StopQueryCommand({ queryId: id }), {
        abortSignal: AbortSignal.timeout(STOP_MS),
      });
    } catch {
      // It ended by itself meanwhile, or will at AWS's own limit; what the caller hears of is why we stopped.
    }
  }
}

function isUnderWay(status: QueryStatus): boolean {
  return status === 'Scheduled' || status === 'Running';
}

function rowOf(fields: ResultField[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ field, value }) => [field ?? '', value ?? '']));
}

/** One whole log event by its pointer: fields by name. */
export async function readLogRecord(
  cloud: Cloud,
  place: Place,
  pointer: string,
): Promise<Record<string, string>> {
  const { sdk, client } = await place.account.connect('logs', place.region, 'read');
  const answer = await client.send(new sdk.GetLogRecordCommand({ logRecordPointer: pointer }), {
    abortSignal: cloud.signal,
  });
  return answer.logRecord ?? {};
}
