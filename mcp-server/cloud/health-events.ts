import type { Event, EventFilter } from '@aws-sdk/client-health';
import type { Place } from './account.ts';
import { untouched } from './call-failure.ts';
import type { Cloud } from './cloud.ts';

/** Events of one question; AWS gives 100 at a time. */
const MOST_EVENTS = 200;
/** Events whose words and affected resources are read: AWS takes ten at a time. */
const AT_ONCE = 10;
const MOST_ENTITIES = 500;

export type ReadEvents = { events: Event[]; more: boolean };

/** Events that fit any of the filters, in AWS's order, each once. */
export async function readHealthEvents(
  cloud: Cloud,
  place: Place,
  filters: readonly EventFilter[],
): Promise<ReadEvents> {
  const { sdk, client } = await connectHealth(place);
  const events = new Map<string, Event>();
  let more = false;
  for (const filter of filters) {
    const pages = sdk.paginateDescribeEvents(
      { client, pageSize: 100 },
      { filter },
      { abortSignal: cloud.signal },
    );
    let read = 0;
    for await (const page of explained(pages)) {
      for (const event of page.events ?? []) events.set(event.arn ?? '', event);
      read += page.events?.length ?? 0;
      if (read >= MOST_EVENTS && page.nextToken !== undefined) {
        more = true;
        break;
      }
    }
  }
  return { events: [...events.values()], more };
}

/** What AWS says last of each event, by ARN. */
export async function readDescriptions(
  cloud: Cloud,
  place: Place,
  arns: readonly string[],
): Promise<Map<string, string>> {
  const { sdk, client } = await connectHealth(place);
  const said = new Map<string, string>();
  for (let from = 0; from < arns.length; from += AT_ONCE) {
    const answer = await client.send(
      new sdk.DescribeEventDetailsCommand({ eventArns: arns.slice(from, from + AT_ONCE) }),
      { abortSignal: cloud.signal },
    );
    for (const { event, eventDescription } of answer.successfulSet ?? []) {
      if (event?.arn && eventDescription?.latestDescription)
        said.set(event.arn, eventDescription.latestDescription);
    }
  }
  return said;
}

export type Entity = { id: string; status?: string };

/** The account's resources that each event touches, by the event's ARN. */
export async function readAffected(
  cloud: Cloud,
  place: Place,
  arns: readonly string[],
): Promise<{ affected: Map<string, Entity[]>; more: boolean }> {
  const { sdk, client } = await connectHealth(place);
  const affected = new Map<string, Entity[]>();
  let read = 0;
  for (let from = 0; from < arns.length; from += AT_ONCE) {
    const pages = sdk.paginateDescribeAffectedEntities(
      { client, pageSize: 100 },
      { filter: { eventArns: arns.slice(from, from + AT_ONCE) } },
      { abortSignal: cloud.signal },
    );
    for await (const page of pages) {
      for (const { eventArn = '', entityValue = '', statusCode } of page.entities ?? []) {
        const known = affected.get(eventArn) ?? [];
        known.push({ id: entityValue, ...(statusCode ? { status: statusCode } : {}) });
        affected.set(eventArn, known);
        read += 1;
      }
      if (read >= MOST_ENTITIES && page.nextToken !== undefined) return { affected, more: true };
    }
  }
  return { affected, more: false };
}

function connectHealth({ account, region }: Place) {
  return account.connect('health', region, 'read');
}

/** AWS Health answers nobody without a support plan that has its API. */
async function* explained<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* pages;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SubscriptionRequiredException') throw error;
    throw untouched(
      'not_configured',
      'AWS Health answers only accounts with a Business, Enterprise On-Ramp or Enterprise support plan, and this one has none.',
      { hint: 'What troubles AWS in public stands on https://health.aws.amazon.com/health/status.' },
    );
  }
}
