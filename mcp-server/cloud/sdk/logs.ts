/** The part of CloudWatch Logs' client in use; see `ec2.ts`. */
export {
  CloudWatchLogsClient,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  paginateDescribeLogGroups,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
