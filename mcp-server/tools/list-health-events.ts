import type { Event, EventStatusCode } from '@aws-sdk/client-health';
import type { Place } from '../cloud/account.ts';
import type { Cloud, Places } from '../cloud/cloud.ts';
import { type Entity, readAffected, readDescriptions, readHealthEvents } from '../cloud/health-events.ts';
import { joined, lookBeside, lookEverywhere } from '../cloud/look.ts';
import { type HealthEventRow, listHealthEvents } from '../contract/catalogue/health.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Coverage, Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { countBy, countsText, listText, plural } from './list-text.ts';
import { timeRangeOf } from './time-range.ts';
import type { ReadTool } from './tool.ts';

type Input = ToolInput<'list_health_events'>;

/** What a filter of DescribeEvents takes; of more regions all events are read. */
const MOST_REGIONS = 10;
/** Events whose words and resources are read; the others are listed without. */
const DESCRIBED = 50;
/** What is the matter now stands before what is planned and what is over. */
const ORDER: readonly (EventStatusCode | 'unknown')[] = ['open', 'upcoming', 'closed', 'unknown'];
const STATUSES = ['open', 'upcoming', 'closed'] as const;
const CATEGORIES = ['issue', 'accountNotification', 'scheduledChange', 'investigation'] as const;

export const listHealthEventsTool: ReadTool<Input, ToolOutput<'list_health_events'>> = {
  kind: 'read',
  contract: listHealthEvents,
  async run(input, cloud) {
    const asked = await cloud.places(input);
    const places = await onePlaceEach(cloud, asked);
    const now = places.open[0]?.account.now() ?? new Date();
    const range = timeRangeOf(input, '1d', now);
    const beside: Coverage[] = [];
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'AWS Health events', action: 'health:DescribeEvents' },
      async (place) => {
        const regions = regionsOf(asked, place);
        const filter = regions.length > MOST_REGIONS ? {} : { regions };
        const { events, more } = await readHealthEvents(cloud, place, [
          { ...filter, eventStatusCodes: ['open', 'upcoming'] },
          {
            ...filter,
            eventStatusCodes: ['closed'],
            lastUpdatedTimes: [{ from: range.start, to: range.end }],
          },
        ]);
        if (more) beside.push({ looked_at: [], gaps: [truncated(place, events.length)] });
        const here = events.filter(({ region }) => region === undefined || regions.includes(region));
        const sorted = here.sort(byUrgency);
        const details = await detailsOf(cloud, place, sorted.slice(0, DESCRIBED));
        beside.push(details.coverage);
        if (sorted.length > DESCRIBED)
          beside.push({ looked_at: [], gaps: [undescribed(place, sorted.length)] });
        return sorted.map((event) => rowOf(event, details, place));
      },
    );
    const events = found.flatMap(({ value }) => value);
    const counts = countBy(events, ({ status }) => status);
    return {
      findings: {
        events,
        counts,
        since: range.start.toISOString(),
        until: range.end.toISOString(),
        coverage: joined(coverage, ...beside),
      },
      text: listText(heading(events, counts), events.map(line)),
      cli: places.open.map((place) =>
        awsLine(place, 'health', 'describe-events', '--filter', 'eventStatusCodes=open,upcoming'),
      ),
      console: consolePage(places.open[0], 'health', '/account/dashboard/open-issues'),
    };
  },
};

/** Each account once, at the endpoint that answers for all regions. */
async function onePlaceEach(cloud: Cloud, { open, gaps }: Places): Promise<Places> {
  const accounts = [...new Set(open.map(({ account }) => account))];
  return { open: await Promise.all(accounts.map((account) => cloud.globalPlace(account))), gaps };
}

/** The regions that the call looks at in an account, and what belongs to none. */
function regionsOf({ open }: Places, { account }: Place): string[] {
  return [...open.filter((one) => one.account === account).map(({ region }) => region), 'global'];
}

type Details = { said: Map<string, string>; affected: Map<string, Entity[]>; coverage: Coverage };

async function detailsOf(cloud: Cloud, place: Place, events: readonly Event[]): Promise<Details> {
  const arns = events.flatMap(({ arn }) => arn ?? []);
  if (arns.length === 0)
    return { said: new Map(), affected: new Map(), coverage: { looked_at: [], gaps: [] } };
  const [said, affected] = await Promise.all([
    lookBeside(
      cloud,
      place,
      { what: 'what AWS says of the events', action: 'health:DescribeEventDetails' },
      () => readDescriptions(cloud, place, arns),
    ),
    lookBeside(cloud, place, { what: 'affected resources', action: 'health:DescribeAffectedEntities' }, () =>
      readAffected(cloud, place, arns),
    ),
  ]);
  const cut: Gap[] = affected.value?.more
    ? [
        {
          what: 'affected resources',
          why: 'truncated',
          detail: 'More resources are affected than were read; the AWS Health console lists them all.',
          account: place.account.name,
        },
      ]
    : [];
  return {
    said: said.value ?? new Map(),
    affected: affected.value?.affected ?? new Map(),
    coverage: joined(said.coverage, affected.coverage, { looked_at: [], gaps: cut }),
  };
}

function byUrgency(a: Event, b: Event): number {
  const place = ({ statusCode }: Event) => ORDER.indexOf(statusCode ?? 'unknown');
  const issue = ({ eventTypeCategory }: Event) => (eventTypeCategory === 'issue' ? 0 : 1);
  const started = ({ startTime }: Event) => startTime?.getTime() ?? 0;
  return place(a) - place(b) || issue(a) - issue(b) || started(b) - started(a);
}

function rowOf(event: Event, { said, affected }: Details, { account }: Place): HealthEventRow {
  const arn = event.arn ?? '';
  const description = said.get(arn);
  const time = (key: string, at: Date | undefined) => (at ? { [key]: at.toISOString() } : {});
  return {
    arn,
    service: event.service ?? 'unknown',
    code: event.eventTypeCode ?? 'unknown',
    category: CATEGORIES.find((one) => one === event.eventTypeCategory) ?? 'other',
    status: STATUSES.find((one) => one === event.statusCode) ?? 'unknown',
    region: event.region ?? 'global',
    ...(event.availabilityZone ? { az: event.availabilityZone } : {}),
    ...time('started', event.startTime),
    ...time('ended', event.endTime),
    ...time('updated', event.lastUpdatedTime),
    ...(description === undefined ? {} : { description }),
    affected: affected.get(arn) ?? [],
    account: account.name,
  };
}

function truncated({ account }: Place, count: number): Gap {
  const detail = `There are more than ${count} AWS Health events; the others were not read. Ask for one region.`;
  return { what: 'AWS Health events', why: 'truncated', detail, account: account.name };
}

function undescribed({ account }: Place, count: number): Gap {
  const detail = `What AWS says was read for the ${DESCRIBED} most urgent of ${count} events only.`;
  return { what: 'what AWS says of the events', why: 'truncated', detail, account: account.name };
}

function heading(events: readonly HealthEventRow[], counts: Record<string, number>): string {
  if (events.length === 0) return 'AWS Health has no event that touches this account.';
  return `${plural(events.length, 'AWS Health event')}: ${countsText(counts)}.`;
}

function line({ status, service, region, az, started, description, code, affected }: HealthEventRow): string {
  const text = (description ?? code).replace(/\s+/g, ' ').trim().slice(0, 300);
  const touched = affected.length > 0 ? `  (affects ${affected.map(({ id }) => id).join(', ')})` : '';
  return `${status}  ${service} ${az ?? region}  ${started ? `since ${started}  ` : ''}${text}${touched}`;
}
