import type { Event, LookupAttribute, LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import type { ChangeEntry } from '../format/account.ts';
import { momentMs } from '../format/times.ts';
import { type Call, type Operations, read } from '../wire/operation.ts';
import { page, questionOf } from '../wire/paging.ts';
import { Refusal } from '../wire/service-exception.ts';
import { hexOf, uuidOf } from '../world/deterministic.ts';
import { causedChanges } from '../world/faults/announced.ts';
import type { JournalEntry } from '../world/journal.ts';
import { resolveReference } from '../world/references.ts';
import type { World } from '../world/world.ts';
import { eventSource, resourceType } from './event-sources.ts';

/**
 * How long after a call its event can be looked up. AWS takes about five minutes; a drill would not wait
 * for that.
 */
const EVENT_DELIVERY_MS = 15_000;

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const MOST_EVENTS = 50;
const KEPT_MS = 90 * 86_400_000;

type TrailEvent = {
  at: number;
  id: string;
  name: string;
  source: string;
  user: string;
  arn: string;
  region: string;
  resources: { type: string; name: string }[];
  parameters: Record<string, unknown> | null;
};

export const CLOUDTRAIL: Operations = {
  LookupEvents: read((input: LookupEventsCommandInput, call) => {
    const size = input.MaxResults ?? MOST_EVENTS;
    if (size < 1 || size > MOST_EVENTS) {
      throw new Refusal(
        'InvalidMaxResultsException',
        `A max results value of ${size} is invalid. Specify 1 to 50.`,
      );
    }
    const from = input.StartTime?.getTime() ?? call.now - KEPT_MS;
    const to = input.EndTime?.getTime() ?? call.now;
    if (from > to) {
      throw new Refusal('InvalidTimeRangeException', 'The start time must be before the end time.');
    }
    const tests = (input.LookupAttributes ?? []).map(attributeTest);
    const found = call.world
      .derive(allEvents)
      .filter((one) => one.region === call.region && one.at >= from && one.at <= to)
      .filter((one) => one.at >= call.now - KEPT_MS && one.at + EVENT_DELIVERY_MS <= call.now)
      .filter((one) => tests.every((test) => test(one)));
    const { items, next } = page(found, {
      size,
      token: input.NextToken,
      question: questionOf(input, 'NextToken', 'MaxResults'),
      badToken: 'InvalidNextTokenException',
    });
    return {
      Events: items.map((one) => eventShape(one, call)),
      ...(next !== undefined && { NextToken: next }),
    };
  }),
};

/** Newest first. */
function allEvents(world: World): TrailEvent[] {
  const events = [
    ...world.file.changes.map((one, index) => declared(world, one, index)),
    ...causedChanges(world).map((one, index) => caused(world, one, index)),
    ...world.journal.filter(isManagement).map(made),
  ];
  return events.sort((a, b) => b.at - a.at);
}

function declared(world: World, change: ChangeEntry, index: number): TrailEvent {
  const resource = resolveReference(world, change.resource ?? '');
  const named =
    change.resource === undefined ? [] : [{ type: resourceType(resource.kind), name: resource.id }];
  return {
    at: momentMs(change.at, world.startMs),
    id: uuidOf(`${change.event}/${change.resource ?? ''}/${index}`),
    name: change.event,
    source: change.source ?? eventSource(change.event, resource.kind),
    user: change.who.split('/').at(-1) ?? change.who,
    arn: change.who.startsWith('arn:') ? change.who : `arn:aws:iam::${world.file.account}:user/${change.who}`,
    region: change.region ?? resource.region ?? world.file.regions[0] ?? '',
    resources: named,
    parameters: null,
  };
}

function caused(
  world: World,
  { fault, change }: ReturnType<typeof causedChanges>[number],
  index: number,
): TrailEvent {
  const { resource } = fault;
  return {
    at: change.at,
    id: uuidOf(`${change.event}/${resource.id}/fault/${index}`),
    name: change.event,
    source: change.source ?? eventSource(change.event, resource.kind),
    user: change.who,
    arn: `arn:aws:iam::${world.file.account}:user/${change.who}`,
    region: resource.region ?? world.file.regions[0] ?? '',
    // CloudTrail lists what was changed; here, whom it concerns, too, so that it is found where one looks for it.
    resources: [
      ...(change.resources ?? []).filter(({ name }) => name !== resource.id),
      { type: resourceType(resource.kind), name: resource.id },
    ],
    parameters: change.parameters ?? null,
  };
}

/** The event history has management events; publishing an event is a data event. */
function isManagement({ effect }: JournalEntry): boolean {
  return effect.kind !== 'publish_event';
}

function made(entry: JournalEntry): TrailEvent {
  return {
    at: entry.at,
    id: entry.eventId,
    name: entry.event,
    source: entry.source,
    user: entry.by.split('/').at(-1) ?? entry.by,
    arn: entry.by,
    region: entry.region,
    resources: entry.resources,
    parameters: entry.parameters,
  };
}

type Test = (event: TrailEvent) => boolean;

function attributeTest({ AttributeKey: key, AttributeValue: value = '' }: LookupAttribute): Test {
  switch (key) {
    case 'EventId':
      return (one) => one.id === value;
    case 'EventName':
      return (one) => one.name === value;
    case 'EventSource':
      return (one) => one.source === value;
    case 'Username':
      return (one) => one.user === value;
    case 'ResourceName': {
      // An instance is known by its id only; everything else has its name for an id.
      return (one) => one.resources.some((resource) => resource.name === value);
    }
    case 'ResourceType':
      return (one) => one.resources.some((resource) => resource.type === value);
    case 'ReadOnly':
      return () => value === 'false';
    case 'AccessKeyId':
      return (one) => accessKey(one) === value;
    default:
      throw new Refusal('InvalidLookupAttributesException', `The lookup attribute ${key} is not valid.`);
  }
}

function accessKey({ arn }: TrailEvent): string {
  return `AKIA${hexOf(arn, 16).toUpperCase()}`;
}

function eventShape(event: TrailEvent, { account }: Call): Event {
  return {
    EventId: event.id,
    EventName: event.name,
    EventSource: event.source,
    EventTime: new Date(event.at),
    Username: event.user,
    ReadOnly: 'false',
    AccessKeyId: accessKey(event),
    Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify({
      eventVersion: '1.11',
      userIdentity: { type: 'IAMUser', arn: event.arn, accountId: account, userName: event.user },
      eventTime: new Date(event.at).toISOString().replace('.000Z', 'Z'),
      eventSource: event.source,
      eventName: event.name,
      awsRegion: event.region,
      sourceIPAddress: '198.51.100.24',
      userAgent: 'aws-cli/2.31.0',
      requestParameters: event.parameters,
      responseElements: null,
      eventID: event.id,
      readOnly: false,
      eventType: 'AwsApiCall',
      recipientAccountId: account,
    }),
  };
}
