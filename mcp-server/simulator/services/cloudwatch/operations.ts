import type { Operations } from '../../wire/operation.ts';
import { describeAlarmHistory, describeAlarms } from './alarms.ts';
import { getMetricData } from './get-metric-data.ts';
import { listMetrics } from './list-metrics.ts';

export const CLOUDWATCH: Operations = {
  DescribeAlarms: describeAlarms,
  DescribeAlarmHistory: describeAlarmHistory,
  GetMetricData: getMetricData,
  ListMetrics: listMetrics,
};
