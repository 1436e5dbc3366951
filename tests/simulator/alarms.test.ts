import {
  type CloudWatchClient,
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { MINUTE, openAccount, START, shop } from './opened-account.ts';

const at = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);

/** Low before the start, high from the second to the sixth minute, low again. */
const CURVE = Array.from({ length: 30 }, (_, i) => {
  const minute = i - 10;
  return `${at(minute).toISOString()},${minute >= 2 && minute < 7 ? 90 : 10}`;
}).join('\n');

const CURVED = shop(`metrics: [{namespace: Shop, name: Load, file: load.csv}]
alarms:
  - {name: high, state: OK, namespace: Shop, metric: Load, threshold: 80, period: 60, periods: 3}
  - {name: low, state: OK, namespace: Shop, metric: Load, comparison: "<=", threshold: 5, period: 60}
  - {name: no-metric, state: ALARM, since: 2026-11-20T09:30:00Z, namespace: Shop}
  - {name: no-data, state: ALARM, since: -20m, namespace: Shop, metric: Nothing, threshold: 1}
`);

async function states(cloudwatch: CloudWatchClient) {
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  return Object.fromEntries(MetricAlarms.map((one) => [one.AlarmName, one.StateValue]));
}

describe('alarms', () => {
  it('start as the file has them, and then follow their metric', async () => {
    const { cloudwatch, advance } = await openAccount(CURVED, { beside: { 'load.csv': CURVE } });
    const resting = { high: 'OK', low: 'OK', 'no-metric': 'ALARM', 'no-data': 'ALARM' };
    expect(await states(cloudwatch)).toEqual(resting);
    advance(4.5 * MINUTE);
    expect(await states(cloudwatch)).toEqual(resting);
    advance(MINUTE);
    expect(await states(cloudwatch)).toEqual({ ...resting, high: 'ALARM' });
    advance(4 * MINUTE);
    expect(await states(cloudwatch)).toEqual(resting);
  });

  it('tell when they changed, why, and what they watch', async () => {
    const { cloudwatch, advance } = await openAccount(CURVED, { beside: { 'load.csv': CURVE } });
    advance(6 * MINUTE);
    const { MetricAlarms } = await cloudwatch.send(
      new DescribeAlarmsCommand({ StateValue: 'ALARM', AlarmNamePrefix: 'hi' }),
    );
    expect(MetricAlarms).toHaveLength(1);
    expect(MetricAlarms?.[0]).toMatchObject({
      AlarmArn: 'arn:aws:cloudwatch:ap-northeast-2:111122223333:alarm:high',
      StateUpdatedTimestamp: at(5),
      ComparisonOperator: 'GreaterThanThreshold',
      Statistic: 'Average',
      EvaluationPeriods: 3,
      StateReason: expect.stringMatching(
        /^Threshold Crossed: 3 out of the last 3 datapoints \[90 .*greater than the threshold \(80\)/,
      ),
    });
  });

  it('have a history, from the file and from the run', async () => {
    const { cloudwatch, advance } = await openAccount(CURVED, { beside: { 'load.csv': CURVE } });
    advance(15 * MINUTE);
    const history = async (input: DescribeAlarmHistoryCommandInput) => {
      const { AlarmHistoryItems = [] } = await cloudwatch.send(new DescribeAlarmHistoryCommand(input));
      return AlarmHistoryItems.map((one) => [one.AlarmName, one.Timestamp, one.HistorySummary]);
    };
    expect(await history({})).toEqual([
      ['high', at(8), 'Alarm updated from ALARM to OK'],
      ['high', at(5), 'Alarm updated from OK to ALARM'],
      ['no-data', at(-20), 'Alarm updated from OK to ALARM'],
      ['no-metric', at(-30), 'Alarm updated from OK to ALARM'],
    ]);
    expect(await history({ AlarmName: 'high', ScanBy: 'TimestampAscending', EndDate: at(6) })).toEqual([
      ['high', at(5), 'Alarm updated from OK to ALARM'],
    ]);
    expect(await history({ HistoryItemType: 'Action' })).toEqual([]);
  });

  it('page', async () => {
    const alarms = Array.from({ length: 130 }, (_, i) => `  - {name: a${i}, namespace: Shop}`).join('\n');
    const { cloudwatch } = await openAccount(shop(`alarms:\n${alarms}\n`));
    const sizes: number[] = [];
    for await (const page of paginateDescribeAlarms({ client: cloudwatch }, {})) {
      sizes.push(page.MetricAlarms?.length ?? 0);
    }
    expect(sizes).toEqual([50, 50, 30]);
  });

  it('lie in the region of what they watch', async () => {
    const { clientsIn } = await openAccount(
      shop(
        'alarms: [{name: far, namespace: AWS/EC2, metric: CPUUtilization, dimensions: {InstanceId: far-1}, threshold: 1}]\n',
      ),
    );
    expect(await states(clientsIn('ap-northeast-2').cloudwatch)).toEqual({});
    expect(await states(clientsIn('us-west-2').cloudwatch)).toEqual({ far: 'OK' });
  });
});
