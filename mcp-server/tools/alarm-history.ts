import type { AlarmHistoryItem } from '@aws-sdk/client-cloudwatch';
import { lookOnce, seen } from '../cloud/look.ts';
import { placeOf, resolveInDirectory } from '../cloud/resolve.ts';
import { getAlarmHistory } from '../contract/catalogue/alarms.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import { closeNote } from './one-instance.ts';
import { timeRangeOf } from './time-range.ts';
import type { ReadTool } from './tool.ts';

type Output = ToolOutput<'get_alarm_history'>;

/** Beyond this an alarm is a noise source, and its newest entries say so. */
const MOST = 1_000;
/** How far back CloudWatch keeps alarm history. */
const KEPT_DAYS = 30;

export const alarmHistoryTool: ReadTool<ToolInput<'get_alarm_history'>, Output> = {
  kind: 'read',
  contract: getAlarmHistory,
  async run(input, cloud) {
    const { found, matched } = await resolveInDirectory(cloud, input.alarm, input, ['alarm']);
    const place = await placeOf(cloud, found);
    const range = timeRangeOf(input, '24h', place.account.now());
    const { sdk, client } = await place.account.connect('cloudwatch', place.region, 'read');
    const items: AlarmHistoryItem[] = [];
    let more = false;
    await lookOnce(place, 'cloudwatch:DescribeAlarmHistory', async () => {
      const pages = sdk.paginateDescribeAlarmHistory(
        { client, pageSize: 100 },
        { AlarmName: found.id, StartDate: range.start, EndDate: range.end, ScanBy: 'TimestampDescending' },
        { abortSignal: cloud.signal },
      );
      for await (const page of pages) {
        items.push(...(page.AlarmHistoryItems ?? []));
        more = items.length >= MOST && page.NextToken !== undefined;
        if (more) break;
      }
    });
    const events = items.map(eventOf).sort((a, b) => b.at.localeCompare(a.at));
    const gap = (why: Gap['why'], detail: string): Gap => ({
      what: `history of ${found.name}`,
      why,
      detail,
      account: place.account.name,
      region: place.region,
    });
    const early = place.account.now().getTime() - range.start.getTime() > KEPT_DAYS * 86_400_000;
    const gaps = [
      ...(more ? [gap('truncated', `Only the newest ${items.length} entries were read.`)] : []),
      ...(early ? [gap('no_data', `CloudWatch keeps alarm history for ${KEPT_DAYS} days.`)] : []),
    ];
    const heading = `${found.name}: ${plural(events.length, 'entry').replace('entrys', 'entries')} since ${range.start.toISOString()}.`;
    return {
      findings: {
        alarm: found.id,
        matched,
        events,
        coverage: { looked_at: [seen('cloudwatch:DescribeAlarmHistory', place)], gaps },
      },
      text: closeNote(matched, input.alarm, found.name) + listText(heading, events.map(line)),
      cli: [
        awsLine(
          place,
          'cloudwatch',
          'describe-alarm-history',
          '--alarm-name',
          found.id,
          '--start-date',
          range.start.toISOString(),
          '--end-date',
          range.end.toISOString(),
        ),
      ],
      console: consolePage(place, 'cloudwatch', `alarmsV2:alarm/${encodeURIComponent(found.id)}`),
    };
  },
};

type Event = Output['events'][number];

function eventOf(item: AlarmHistoryItem): Event {
  const { from, to } = statesOf(item.HistoryData);
  return {
    at: (item.Timestamp ?? new Date(0)).toISOString(),
    kind: item.HistoryItemType ?? 'unknown',
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    summary: item.HistorySummary ?? '',
  };
}

/** CloudWatch puts the states into a JSON text of its own: `{"oldState":{"stateValue":"OK"},"newState":{...}}`. */
function statesOf(data: string | undefined): { from?: string | undefined; to?: string | undefined } {
  type States = { oldState?: { stateValue?: string }; newState?: { stateValue?: string } };
  try {
    const parsed = JSON.parse(data ?? '{}') as States;
    return { from: parsed.oldState?.stateValue, to: parsed.newState?.stateValue };
  } catch {
    // A configuration change carries data of another shape: it has no states.
    return {};
  }
}

function line({ at, from, to, summary }: Event): string {
  return from && to ? `${at}  ${from} -> ${to}  ${summary}` : `${at}  ${summary}`;
}
