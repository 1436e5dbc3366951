import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeLogGroupsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { MINUTE, openAccount } from './opened-account.ts';

/** An account with what a person looks at during an incident, for tests of faults and their recoveries. */
export async function openDrill(yaml: string, options: Parameters<typeof openAccount>[1] = {}) {
  const opened = await openAccount(yaml, options);
  const { cloudwatch, cloudtrail, logs } = opened;
  const now = () => opened.account.now();

  async function values(
    namespace: string,
    metric: string,
    dimensions: Record<string, string>,
    minutes: number,
    statistic: string,
  ): Promise<number[]> {
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(now().getTime() - (minutes + 1) * MINUTE),
        EndTime: now(),
        ScanBy: 'TimestampDescending',
        MetricDataQueries: [
          {
            Id: 'm',
            MetricStat: {
              Metric: {
                Namespace: namespace,
                MetricName: metric,
                Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
              },
              Period: 60,
              Stat: statistic,
            },
          },
        ],
      }),
    );
    return MetricDataResults?.[0]?.Values ?? [];
  }

  return {
    ...opened,
    /** A metric's value in the last whole minute; undefined when there is none. */
    lastMinute: async (
      namespace: string,
      metric: string,
      dimensions: Record<string, string>,
      statistic = 'Maximum',
    ) => (await values(namespace, metric, dimensions, 1, statistic))[0],
    alarm: async (name: string) => {
      const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
      return MetricAlarms?.[0]?.StateValue;
    },
    logGroups: async () => {
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
      return logGroups.map((group) => group.logGroupName);
    },
    /** The messages of the last minutes, oldest first, as Logs Insights finds them. */
    logLines: async (group: string, minutes = 5, filter = '@message like /./') => {
      const { queryId } = await logs.send(
        new StartQueryCommand({
          logGroupName: group,
          startTime: now().getTime() - minutes * MINUTE,
          endTime: now().getTime(),
          queryString: `fields @message | filter ${filter} | sort @timestamp asc | limit 10000`,
        }),
      );
      for (;;) {
        const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
        if (status === 'Running' || status === 'Scheduled') continue;
        return results.map((row) => row.find(({ field }) => field === '@message')?.value ?? '');
      }
    },
    /** `event by whom on what` of the changes CloudTrail has, newest first. */
    changes: async (resource?: string) => {
      const LookupAttributes =
        resource === undefined ? [] : [{ AttributeKey: 'ResourceName' as const, AttributeValue: resource }];
      const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({ LookupAttributes }));
      return Events.map(
        (event) => `${event.EventName} by ${event.Username} on ${event.Resources?.[0]?.ResourceName}`,
      );
    },
  };
}
