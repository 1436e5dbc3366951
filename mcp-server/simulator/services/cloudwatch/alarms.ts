import type {
  AlarmHistoryItem,
  ComparisonOperator,
  DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommandInput,
  MetricAlarm,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmEntry } from '../../format/account.ts';
import {
  type Alarm,
  type AlarmCourse,
  alarmCourse,
  alarmsOf,
  type Transition,
} from '../../metrics/alarm-course.ts';
import { type Call, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';

const OPERATORS: Readonly<Record<AlarmEntry['comparison'], ComparisonOperator>> = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
};

const ALARMS_A_PAGE = 50;
const MOST_RECORDS = 100;
const DAY_MS = 86_400_000;

function pageSize(asked: number | undefined, usual: number): number {
  if (asked === undefined) return usual;
  if (asked >= 1 && asked <= MOST_RECORDS) return asked;
  throw new Refusal(
    'ValidationError',
    `Value '${asked}' at 'maxRecords' must be between 1 and ${MOST_RECORDS}`,
  );
}

export const describeAlarms = read((input: DescribeAlarmsCommandInput, call) => {
  const wanted = input.AlarmNames ?? [];
  if (wanted.length > 0 && input.AlarmNamePrefix !== undefined) {
    throw new Refusal('ValidationError', 'AlarmNamePrefix and AlarmNames cannot be given together');
  }
  // There are no composite alarms in an account file.
  const metricAlarms = input.AlarmTypes === undefined || input.AlarmTypes.includes('MetricAlarm');
  const alarms = (metricAlarms ? alarmsOf(call.world) : [])
    .filter((one) => one.region === call.region)
    .filter((one) => wanted.length === 0 || wanted.includes(one.entry.name))
    .filter((one) => one.entry.name.startsWith(input.AlarmNamePrefix ?? ''))
    .map((alarm) => ({ alarm, course: alarmCourse(call.world, alarm, call.now) }))
    .filter(({ course }) => input.StateValue === undefined || course.state === input.StateValue);
  const { items, next } = page(alarms, {
    size: pageSize(input.MaxRecords, ALARMS_A_PAGE),
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxRecords'),
    badToken: 'InvalidNextToken',
  });
  return {
    MetricAlarms: items.map(({ alarm, course }) => alarmShape(alarm, course, call)),
    CompositeAlarms: [],
    ...(next !== undefined && { NextToken: next }),
  };
});

function alarmShape(alarm: Alarm, course: AlarmCourse, call: Call): MetricAlarm {
  const { entry } = alarm;
  const percentile = alarm.statistic.startsWith('p');
  return {
    AlarmName: entry.name,
    AlarmArn: `arn:aws:cloudwatch:${alarm.region}:${call.account}:alarm:${entry.name}`,
    ...(entry.description !== undefined && { AlarmDescription: entry.description }),
    AlarmConfigurationUpdatedTimestamp: new Date(call.world.startMs - 30 * DAY_MS),
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: course.state,
    StateReason: course.reason,
    StateUpdatedTimestamp: new Date(course.since),
    StateTransitionedTimestamp: new Date(course.since),
    ...(entry.namespace !== undefined && { Namespace: entry.namespace }),
    ...(entry.metric !== undefined && { MetricName: entry.metric }),
    ...(percentile ? { ExtendedStatistic: alarm.statistic } : { Statistic: alarm.statistic as Statistic }),
    Dimensions: Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: entry.period,
    EvaluationPeriods: entry.periods,
    DatapointsToAlarm: entry.periods,
    ...(entry.threshold !== undefined && { Threshold: entry.threshold }),
    ComparisonOperator: OPERATORS[entry.comparison],
    TreatMissingData: 'missing',
  };
}

export const describeAlarmHistory = read((input: DescribeAlarmHistoryCommandInput, call) => {
  const from = input.StartDate?.getTime() ?? Number.NEGATIVE_INFINITY;
  const to = input.EndDate?.getTime() ?? Number.POSITIVE_INFINITY;
  const stateUpdates = input.HistoryItemType === undefined || input.HistoryItemType === 'StateUpdate';
  const direction = input.ScanBy === 'TimestampAscending' ? 1 : -1;
  const history = (stateUpdates ? alarmsOf(call.world) : [])
    .filter((one) => one.region === call.region)
    .filter((one) => input.AlarmName === undefined || one.entry.name === input.AlarmName)
    .flatMap((alarm) =>
      alarmCourse(call.world, alarm, call.now).transitions.map((transition) => ({ alarm, transition })),
    )
    .filter(({ transition: { at } }) => at >= from && at <= to && at <= call.now)
    .sort((a, b) => direction * (a.transition.at - b.transition.at));
  const { items, next } = page(history, {
    size: pageSize(input.MaxRecords, MOST_RECORDS),
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxRecords'),
    badToken: 'InvalidNextToken',
  });
  return {
    AlarmHistoryItems: items.map(({ alarm, transition }) => historyShape(alarm, transition)),
    ...(next !== undefined && { NextToken: next }),
  };
});

function historyShape(alarm: Alarm, { at, from, to, reason }: Transition): AlarmHistoryItem {
  return {
    AlarmName: alarm.entry.name,
    AlarmType: 'MetricAlarm',
    Timestamp: new Date(at),
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${from} to ${to}`,
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: from },
      newState: { stateValue: to, stateReason: reason },
    }),
  };
}
