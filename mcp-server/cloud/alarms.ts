import type { CompositeAlarm, MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { ALARM_STATES, type AlarmRow } from '../contract/catalogue/alarms.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** The most AWS gives at a time. */
const PAGE = 100;

/** Metric and composite alarms of a place, every page of them. */
export async function readAlarms(cloud: Cloud, place: Place, state?: StateValue): Promise<AlarmRow[]> {
  const { sdk, client } = await place.account.connect('cloudwatch', place.region, 'read');
  const found: AlarmRow[] = [];
  const pages = sdk.paginateDescribeAlarms(
    { client, pageSize: PAGE },
    { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], ...(state ? { StateValue: state } : {}) },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) {
    for (const alarm of page.MetricAlarms ?? []) found.push(metricAlarmRow(alarm, place));
    for (const alarm of page.CompositeAlarms ?? []) found.push(alarmRow(alarm, place));
  }
  return found;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

function metricAlarmRow(alarm: MetricAlarm, place: Place): AlarmRow {
  const comparison = alarm.ComparisonOperator;
  return {
    ...alarmRow(alarm, place),
    dimensions: Object.fromEntries((alarm.Dimensions ?? []).map((one) => [one.Name ?? '', one.Value ?? ''])),
    ...(alarm.Namespace ? { namespace: alarm.Namespace } : {}),
    ...(alarm.MetricName ? { metric: alarm.MetricName } : {}),
    ...(comparison ? { comparison: COMPARISONS[comparison] ?? comparison } : {}),
    ...(alarm.Threshold === undefined ? {} : { threshold: alarm.Threshold }),
    ...(alarm.Period === undefined ? {} : { period: alarm.Period }),
    ...(alarm.EvaluationPeriods === undefined ? {} : { periods: alarm.EvaluationPeriods }),
  };
}

function alarmRow(alarm: MetricAlarm | CompositeAlarm, { account, region }: Place): AlarmRow {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: alarm.AlarmName ?? '',
    ...(alarm.AlarmArn ? { arn: alarm.AlarmArn } : {}),
    state: ALARM_STATES.find((state) => state === alarm.StateValue) ?? 'INSUFFICIENT_DATA',
    ...(since ? { since: since.toISOString() } : {}),
    ...(alarm.StateReason ? { reason: alarm.StateReason } : {}),
    ...(alarm.AlarmDescription ? { description: alarm.AlarmDescription } : {}),
    dimensions: {},
    region,
    account: account.name,
  };
}
