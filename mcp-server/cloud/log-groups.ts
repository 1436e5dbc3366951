import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupRow } from '../contract/catalogue/logs.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** AWS gives 50 at a time, some ten times a second. */
const MOST_PAGES = 40;

/** Which names are wanted: by their beginning, or by any part of them in any case. */
export type LogGroupWish = { prefix?: string | undefined; part?: string | undefined };

/** The log groups of a place, in AWS's order. `more`: there are others that were not read. */
export async function readLogGroups(
  cloud: Cloud,
  place: Place,
  { prefix, part }: LogGroupWish = {},
  mostPages = MOST_PAGES,
): Promise<{ groups: LogGroupRow[]; more: boolean }> {
  const { sdk, client } = await place.account.connect('logs', place.region, 'read');
  const pages = sdk.paginateDescribeLogGroups(
    { client, pageSize: 50 },
    {
      ...(prefix === undefined ? {} : { logGroupNamePrefix: prefix }),
      ...(part === undefined ? {} : { logGroupNamePattern: part }),
    },
    { abortSignal: cloud.signal },
  );
  const groups: LogGroupRow[] = [];
  let read = 0;
  for await (const page of pages) {
    for (const group of page.logGroups ?? []) groups.push(rowOf(group, place));
    read += 1;
    if (read >= mostPages && page.nextToken !== undefined) return { groups, more: true };
  }
  return { groups, more: false };
}

function rowOf(group: LogGroup, { account, region }: Place): LogGroupRow {
  return {
    name: group.logGroupName ?? '',
    ...(group.arn ? { arn: group.arn } : {}),
    ...(group.storedBytes === undefined ? {} : { stored_bytes: group.storedBytes }),
    retention_days: group.retentionInDays ?? null,
    ...(group.creationTime === undefined ? {} : { created: new Date(group.creationTime).toISOString() }),
    region,
    account: account.name,
  };
}
