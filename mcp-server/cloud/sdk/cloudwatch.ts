/** The part of CloudWatch's client in use; see `ec2.ts`. */
export {
  CloudWatchClient,
  GetMetricDataCommand,
  ListMetricsCommand,
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
