import type { PutEventsCommandInput, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type Call, change, type Operations } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { uuidOf } from '../../world/deterministic.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;
const BUS = 'default';

export const EVENTBRIDGE: Operations = {
  PutEvents: change((input: PutEventsCommandInput, call) => {
    const entries = input.Entries ?? [];
    if (entries.length === 0 || entries.length > MOST_ENTRIES) {
      throw new Refusal('ValidationException', `Entries must have 1 to ${MOST_ENTRIES} items.`);
    }
    const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (bytes > MOST_BYTES) {
      throw new Refusal('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const results = entries.map((entry, index) => resultOf(entry, index, call));
    return {
      output: {
        FailedEntryCount: results.filter((one) => 'ErrorCode' in one).length,
        Entries: results,
      },
      entry: {
        source: 'events.amazonaws.com',
        parameters: {},
        resources: [],
        effect: { kind: 'publish_event', bus: BUS },
      },
    };
  }),
};

/** An entry that is wrong fails alone: the request as a whole is answered. */
function resultOf(entry: PutEventsRequestEntry, index: number, { world, now, account, region }: Call) {
  const problem = problemOf(entry, `arn:aws:events:${region}:${account}:event-bus/${BUS}`);
  return problem ?? { EventId: uuidOf(`${world.startMs}/event/${world.journal.length}/${index}/${now}`) };
}

function problemOf(
  { Source, DetailType, Detail, EventBusName }: PutEventsRequestEntry,
  arn: string,
): { ErrorCode: string; ErrorMessage: string } | null {
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => !value)?.[0];
  if (missing !== undefined) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    };
  }
  if (EventBusName !== undefined && EventBusName !== BUS && EventBusName !== arn) {
    return {
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Event bus ${EventBusName} does not exist.`,
    };
  }
  if (Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!isObject(Detail ?? '')) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return null;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function sizeOf({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return (Time ? 14 : 0) + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
