import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Place } from '../cloud/account.ts';
import { CallFailure } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { resolveInDirectory } from '../cloud/resolve.ts';
import { TRAIL_DELAY_MS } from '../cloud/trail-evidence.ts';
import { type ChangeRow, listChanges } from '../contract/catalogue/changes.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import { closeNote } from './one-instance.ts';
import { timeRangeOf } from './time-range.ts';
import type { ReadTool } from './tool.ts';

type Input = ToolInput<'list_changes'>;
type Range = { start: Date; end: Date };

const PAGE = 50;
/** LookupEvents answers two requests a second: more pages than this would take longer than anyone waits. */
const MOST_PAGES = 10;

export const listChangesTool: ReadTool<Input, ToolOutput<'list_changes'>> = {
  kind: 'read',
  contract: listChanges,
  async run(input, cloud) {
    const named = input.resource === undefined ? null : await namedResource(cloud, input, input.resource);
    const places = await cloud.places(named ? { ...input, ...named.at } : input);
    const now = places.open[0]?.account.now() ?? new Date();
    const range = timeRangeOf(input, '1h', now);
    const gaps: Gap[] = [];
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'changes', action: 'cloudtrail:LookupEvents' },
      async (place) => {
        const { events, more } = await lookUpEvents(cloud, place, range, named?.id);
        if (more) gaps.push(truncated(place, events));
        return events.filter(isChange).map((event) => rowOf(event, place));
      },
    );
    const changes = found.flatMap(({ value }) => value).sort((a, b) => b.at.localeCompare(a.at));
    return {
      findings: {
        changes,
        since: range.start.toISOString(),
        until: range.end.toISOString(),
        coverage: { ...coverage, gaps: [...coverage.gaps, ...gaps] },
      },
      text: textOf(changes, range, now, named),
      cli: places.open.map((place) => cliLine(place, range, named?.id)),
      console: consolePage(places.open[0], 'cloudtrailv2', 'events'),
    };
  },
};

type NamedResource = { id: string; note: string; at: { account?: string; region?: string } };

/** The name CloudTrail knows a resource by. What the directory does not know is taken as it was said. */
async function namedResource(cloud: Cloud, input: Input, mention: string): Promise<NamedResource> {
  try {
    const { found, matched } = await resolveInDirectory(cloud, mention, input, null);
    const { id, name, account, region } = found;
    return { id, note: closeNote(matched, mention, name), at: { account, region } };
  } catch (error) {
    if (!(error instanceof CallFailure) || error.failure.code !== 'not_found') throw error;
    const note = `${JSON.stringify(mention)} is no resource known here; these are events that name exactly it.\n`;
    return { id: mention, note, at: {} };
  }
}

async function lookUpEvents(
  cloud: Cloud,
  { account, region }: Place,
  { start, end }: Range,
  resource: string | undefined,
) {
  const { sdk, client } = await account.connect('cloudtrail', region, 'read');
  const events: Event[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    const answer = await client.send(
      new sdk.LookupEventsCommand({
        // CloudTrail takes one attribute.
        LookupAttributes: [
          resource === undefined
            ? { AttributeKey: 'ReadOnly', AttributeValue: 'false' }
            : { AttributeKey: 'ResourceName', AttributeValue: resource },
        ],
        StartTime: start,
        EndTime: end,
        MaxResults: PAGE,
        ...(token ? { NextToken: token } : {}),
      }),
      { abortSignal: cloud.signal },
    );
    events.push(...(answer.Events ?? []));
    token = answer.NextToken;
    pages += 1;
  } while (token && pages < MOST_PAGES);
  return { events, more: token !== undefined };
}

function isChange(event: Event): boolean {
  return event.ReadOnly !== 'true';
}

function rowOf(event: Event, { account, region }: Place): ChangeRow {
  const record = recordOf(event);
  const resources = (event.Resources ?? [])
    .map((one) => one.ResourceName ?? '')
    .filter((name) => name !== '');
  return {
    at: (event.EventTime ?? new Date(0)).toISOString(),
    who: event.Username ?? record.userIdentity?.arn ?? record.userIdentity?.invokedBy ?? 'unknown',
    event: event.EventName ?? 'unknown',
    ...(event.EventSource ? { source: event.EventSource } : {}),
    resources: [...new Set(resources)],
    region,
    account: account.name,
    ...(record.errorCode ? { error: record.errorCode } : {}),
  };
}

type TrailRecord = { errorCode?: string; userIdentity?: { arn?: string; invokedBy?: string } };

function recordOf(event: Event): TrailRecord {
  try {
    return JSON.parse(event.CloudTrailEvent ?? '{}') as TrailRecord;
  } catch {
    // A record too large to be whole: what the event itself says is enough.
    return {};
  }
}

function truncated({ account, region }: Place, events: Event[]): Gap {
  const oldest = events.at(-1)?.EventTime?.toISOString() ?? 'an unknown time';
  return {
    what: 'changes',
    why: 'truncated',
    detail: `${region} has more than ${events.length} events in that time; those before ${oldest} were not read. Ask for a shorter time or one resource.`,
    account: account.name,
    region,
  };
}

function textOf(changes: ChangeRow[], { start, end }: Range, now: Date, named: NamedResource | null): string {
  const heading =
    changes.length === 0
      ? `No changes between ${start.toISOString()} and ${end.toISOString()}.`
      : `${plural(changes.length, 'change')} since ${start.toISOString()}.`;
  const late =
    now.getTime() - end.getTime() < TRAIL_DELAY_MS
      ? '\nCloudTrail can be 15 minutes late: the newest may be missing.'
      : '';
  return (named?.note ?? '') + listText(heading, changes.map(line)) + late;
}

function line({ at, who, event, resources, error }: ChangeRow): string {
  return `${at}  ${who}  ${event}  ${resources.join(', ')}${error ? `  (failed: ${error})` : ''}`.trimEnd();
}

function cliLine(place: Place, { start, end }: Range, resource: string | undefined): string {
  const attribute =
    resource === undefined
      ? 'AttributeKey=ReadOnly,AttributeValue=false'
      : `AttributeKey=ResourceName,AttributeValue=${resource}`;
  return awsLine(
    place,
    'cloudtrail',
    'lookup-events',
    '--lookup-attributes',
    attribute,
    '--start-time',
    start.toISOString(),
    '--end-time',
    end.toISOString(),
  );
}
