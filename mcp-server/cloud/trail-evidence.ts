import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Place } from './account.ts';
import { steadyArn } from './aws-account.ts';
import type { Cloud } from './cloud.ts';
import { asGap } from './explain-error.ts';

/** How late CloudTrail can be. Source: CloudTrail user guide, "Viewing recent management events". */
export const TRAIL_DELAY_MS = 15 * 60_000;

/** LookupEvents answers two requests a second; a busy account's events of one name since a crash fit in these. */
const MOST_PAGES = 10;

/** What was asked of AWS: the request's name as CloudTrail has it, by whom, of which resources, not before when. */
type Sought = { event: string; identity: string; ids: readonly string[]; since: Date };

/** What CloudTrail says of one request. */
export type TrailEvidence =
  | { kind: 'found'; event: string; at: string; error: string | null }
  /** `late`: it may still come. */
  | { kind: 'none'; event: string; late: boolean }
  | { kind: 'unreadable'; event: string; why: string };

/** Looks for the request in CloudTrail. A trail that cannot be read, or not to its end, is evidence of nothing. */
export async function lookForRequest(cloud: Cloud, place: Place, sought: Sought): Promise<TrailEvidence> {
  const { event } = sought;
  // CloudTrail tells the time in whole seconds.
  const start = new Date(Math.floor(sought.since.getTime() / 1_000) * 1_000);
  try {
    const { sdk, client } = await place.account.connect('cloudtrail', place.region, 'read');
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await client.send(
        new sdk.LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: event }],
          StartTime: start,
          ...(token ? { NextToken: token } : {}),
        }),
        { abortSignal: cloud.signal },
      );
      const found = answer.Events?.find((one) => isTheOne(one, sought));
      if (found) {
        const at = (found.EventTime ?? start).toISOString();
        return { kind: 'found', event, at, error: recordOf(found).errorCode ?? null };
      }
      token = answer.NextToken;
      if (!token) {
        const late = place.account.now().getTime() - start.getTime() < TRAIL_DELAY_MS;
        return { kind: 'none', event, late };
      }
    }
    return { kind: 'unreadable', event, why: 'it has more events since than were read' };
  } catch (error) {
    return { kind: 'unreadable', event, why: wordsOf(error, place) };
  }
}

function wordsOf(error: unknown, place: Place): string {
  try {
    return asGap(error, 'CloudTrail', { action: 'cloudtrail:LookupEvents', place }).detail;
  } catch {
    return error instanceof Error ? error.message : String(error); // not about AWS
  }
}

type TrailRecord = { errorCode?: string; userIdentity?: { arn?: string }; requestParameters?: unknown };

function recordOf(event: Event): TrailRecord {
  try {
    return JSON.parse(event.CloudTrailEvent ?? '{}') as TrailRecord;
  } catch {
    return {}; // a record too large to be whole: then it tells no caller, and counts for nothing
  }
}

function isTheOne(event: Event, { identity, ids }: Sought): boolean {
  const record = recordOf(event);
  if (steadyArn(record.userIdentity?.arn ?? '') !== identity) return false;
  // Not every service lists its resources; the parameters name them all the same.
  const parameters = JSON.stringify(record.requestParameters ?? {});
  const named = new Set((event.Resources ?? []).map((one) => one.ResourceName));
  return ids.every((id) => named.has(id) || parameters.includes(JSON.stringify(id)));
}
