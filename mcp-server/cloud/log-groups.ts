import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupRow } from '../contract/catalogue/logs.ts';
import type { Gap } from '../contract/coverage.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** AWS gives 50 at a time, some ten times a second. */
const MOST_PAGES = 40;

/** Pages of the directory: every question waits for it, and names beyond are found when they are looked for. */
const DIRECTORY_PAGES = 10;

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

/** The log groups of a place as the directory has them, the first 500 in AWS's order. */
export async function logGroupEntries(
  cloud: Cloud,
  place: Place,
): Promise<{ entries: DirectoryEntry[]; gaps: Gap[] }> {
  const { groups, more } = await readLogGroups(cloud, place, {}, DIRECTORY_PAGES);
  const entries = groups.map(({ name, arn, account, region }) => ({
    kind: 'log_group' as const,
    id: name,
    name,
    // DescribeLogGroups ends it in `:*`, which is not the ARN that other services know the group by.
    ...(arn ? { arn: arn.replace(/:\*$/, '') } : {}),
    account,
    region,
  }));
  if (!more) return { entries, gaps: [] };
  const detail = `${place.region} has more than ${groups.length} log groups; the names of the others are not listed.`;
  const at = { account: place.account.name, region: place.region };
  return { entries, gaps: [{ what: 'log groups', why: 'truncated', detail, ...at }] };
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
