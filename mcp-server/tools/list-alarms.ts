import { readAlarms } from '../cloud/alarms.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { ALARM_STATES, type AlarmRow, listAlarms } from '../contract/catalogue/alarms.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { countBy, countsText, listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

export const listAlarmsTool: ReadTool<ToolInput<'list_alarms'>, ToolOutput<'list_alarms'>> = {
  kind: 'read',
  contract: listAlarms,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'alarms', action: 'cloudwatch:DescribeAlarms' },
      (place) => readAlarms(cloud, place, input.state),
    );
    const alarms = found.flatMap(({ value }) => value).sort(firingFirst);
    const counts = countBy(alarms, (alarm) => alarm.state);
    const heading =
      alarms.length === 0
        ? `No alarms${input.state ? ` in state ${input.state}` : ''}.`
        : `${plural(alarms.length, 'alarm')}: ${countsText(counts)}.`;
    const state = input.state ? ['--state-value', input.state] : [];
    return {
      findings: { alarms, counts, coverage },
      text: listText(heading, alarms.map(line)),
      cli: places.open.map((place) =>
        awsLine(
          place,
          'cloudwatch',
          'describe-alarms',
          '--alarm-types',
          'MetricAlarm',
          'CompositeAlarm',
          ...state,
        ),
      ),
      console: consolePage(places.open[0], 'cloudwatch', 'alarmsV2:'),
    };
  },
};

/** Firing ones first; of those, the newest. */
function firingFirst(a: AlarmRow, b: AlarmRow): number {
  const states = ALARM_STATES.indexOf(a.state) - ALARM_STATES.indexOf(b.state);
  return states || (b.since ?? '').localeCompare(a.since ?? '') || a.name.localeCompare(b.name);
}

function line({ state, name, since, metric, comparison, threshold }: AlarmRow): string {
  const rule = metric ? `${metric} ${comparison ?? ''} ${threshold ?? ''}`.trim() : '';
  return [state, name, since ? `since ${since}` : '', rule].filter(Boolean).join('  ');
}
