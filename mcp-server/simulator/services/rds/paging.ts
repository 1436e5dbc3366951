import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';

type Turning = { Marker?: string | undefined; MaxRecords?: number | undefined };

/** A page of an RDS listing: `MaxRecords` from 20 to 100, 100 unless given. */
export function paged<T>(all: readonly T[], input: Turning) {
  return page(all, {
    size: pageSize(input.MaxRecords),
    token: input.Marker,
    question: questionOf(input, 'Marker', 'MaxRecords'),
    badToken: 'InvalidParameterValue',
  });
}

function pageSize(records: number | undefined): number {
  if (records === undefined) return 100;
  if (records >= 20 && records <= 100) return records;
  throw new Refusal(
    'InvalidParameterValue',
    `Invalid value ${records} for MaxRecords. Must be between 20 and 100`,
  );
}
