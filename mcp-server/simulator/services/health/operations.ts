import type {
  DateTimeRange,
  DescribeAffectedEntitiesCommandInput,
  DescribeEventDetailsCommandInput,
  DescribeEventsCommandInput,
  EventFilter,
} from '@aws-sdk/client-health';
import { type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { type HealthEvent, healthEvents } from './health-events.ts';

/** https://docs.aws.amazon.com/health/latest/APIReference/API_DescribeEvents.html */
const EVENTS_A_PAGE = 10;
const MOST_A_PAGE = 100;
const MOST_LISTED = 10;

export const HEALTH: Operations = {
  DescribeEvents: read((input: DescribeEventsCommandInput, call) => {
    if ((input.filter?.regions ?? []).length > MOST_LISTED) {
      throw new Refusal('ValidationException', `regions can have at most ${MOST_LISTED} items.`);
    }
    const found = healthEvents(call.world, call.now).filter((one) => fits(input.filter ?? {}, one));
    const { items, next } = page(found, {
      size: pageSize(input.maxResults),
      token: input.nextToken,
      question: questionOf(input, 'nextToken', 'maxResults'),
      badToken: 'InvalidPaginationToken',
    });
    return {
      events: items.map(({ description: _, affected: __, ...event }) => event),
      ...(next !== undefined && { nextToken: next }),
    };
  }),

  DescribeEventDetails: read((input: DescribeEventDetailsCommandInput, call) => {
    const arns = checked(input.eventArns);
    const known = new Map(healthEvents(call.world, call.now).map((one) => [one.arn, one]));
    return {
      successfulSet: arns.flatMap((arn) => {
        const found = known.get(arn);
        if (found === undefined) return [];
        const { description, affected: _, ...event } = found;
        return [{ event, eventDescription: { latestDescription: description } }];
      }),
      failedSet: arns
        .filter((arn) => !known.has(arn))
        .map((eventArn) => ({
          eventArn,
          errorName: 'ResourceNotFound',
          errorMessage: 'The event was not found.',
        })),
    };
  }),

  DescribeAffectedEntities: read((input: DescribeAffectedEntitiesCommandInput, call) => {
    const arns = checked(input.filter?.eventArns);
    const entities = healthEvents(call.world, call.now)
      .filter(({ arn }) => arns.includes(arn))
      .flatMap(({ arn, affected, lastUpdatedTime, statusCode }) =>
        affected.map((entityValue) => ({
          entityArn: `${arn.replace(':event/', ':entity/')}/${entityValue}`,
          eventArn: arn,
          entityValue,
          awsAccountId: call.account,
          lastUpdatedTime,
          statusCode: statusCode === 'closed' ? ('UNIMPAIRED' as const) : ('IMPAIRED' as const),
        })),
      );
    const { items, next } = page(entities, {
      size: pageSize(input.maxResults),
      token: input.nextToken,
      question: questionOf(input, 'nextToken', 'maxResults'),
      badToken: 'InvalidPaginationToken',
    });
    return { entities: items, ...(next !== undefined && { nextToken: next }) };
  }),
};

function pageSize(asked: number | undefined): number {
  const size = asked ?? EVENTS_A_PAGE;
  if (size < 10 || size > MOST_A_PAGE) {
    throw new Refusal('ValidationException', 'maxResults must be between 10 and 100.');
  }
  return size;
}

function checked(arns: readonly string[] | undefined): readonly string[] {
  if (arns === undefined || arns.length === 0 || arns.length > MOST_LISTED) {
    throw new Refusal('ValidationException', `eventArns must have 1 to ${MOST_LISTED} items.`);
  }
  return arns;
}

/** The parts of the filter in use; each that is given has to fit. */
function fits(filter: EventFilter, event: HealthEvent): boolean {
  const among = (wanted: readonly string[] | undefined, value: string | undefined) =>
    wanted === undefined || wanted.length === 0 || (value !== undefined && wanted.includes(value));
  return (
    among(filter.regions, event.region) &&
    among(filter.services, event.service) &&
    among(filter.eventArns, event.arn) &&
    among(filter.eventTypeCodes, event.eventTypeCode) &&
    among(filter.eventStatusCodes, event.statusCode) &&
    among(filter.eventTypeCategories, event.eventTypeCategory) &&
    within(filter.startTimes, event.startTime) &&
    within(filter.endTimes, event.endTime) &&
    within(filter.lastUpdatedTimes, event.lastUpdatedTime)
  );
}

function within(ranges: readonly DateTimeRange[] | undefined, at: Date | undefined): boolean {
  if (ranges === undefined || ranges.length === 0) return true;
  return ranges.some(
    ({ from, to }) =>
      at !== undefined && (from === undefined || at >= from) && (to === undefined || at <= to),
  );
}
