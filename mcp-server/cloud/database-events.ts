import type { SourceType } from '@aws-sdk/client-rds';
import type { DatabaseEvent } from '../contract/catalogue/databases.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** How long RDS keeps its events. Source: RDS API reference, DescribeEvents. */
export const EVENTS_KEPT_MS = 14 * 86_400_000;

/** The most AWS gives at a time. */
const PAGE = 100;

type EventSource = { id: string; type: SourceType };

/** The events of one source in a stretch of time, every page of them. Throws the SDK's errors. */
export async function readDatabaseEvents(
  cloud: Cloud,
  { account, region }: Place,
  { id, type }: EventSource,
  { start, end }: { start: Date; end: Date },
): Promise<DatabaseEvent[]> {
  const { sdk, client } = await account.connect('rds', region, 'read');
  const pages = sdk.paginateDescribeEvents(
    { client, pageSize: PAGE },
    { SourceIdentifier: id, SourceType: type, StartTime: start, EndTime: end },
    { abortSignal: cloud.signal },
  );
  const found: DatabaseEvent[] = [];
  for await (const page of pages) {
    for (const event of page.Events ?? []) {
      found.push({
        at: (event.Date ?? start).toISOString(),
        source: event.SourceIdentifier ?? id,
        source_type: event.SourceType ?? type,
        message: event.Message ?? '',
        categories: event.EventCategories ?? [],
      });
    }
  }
  return found;
}
