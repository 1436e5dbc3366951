import { readLogGroups } from '../cloud/log-groups.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { type LogGroupRow, listLogGroups } from '../contract/catalogue/logs.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import { bytesText } from './log-text.ts';
import type { ReadTool } from './tool.ts';

export const listLogGroupsTool: ReadTool<ToolInput<'list_log_groups'>, ToolOutput<'list_log_groups'>> = {
  kind: 'read',
  contract: listLogGroups,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const cut: Gap[] = [];
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'log groups', action: 'logs:DescribeLogGroups' },
      async (place) => {
        const { groups, more } = await readLogGroups(cloud, place, { prefix: input.prefix });
        if (more) {
          cut.push({
            what: 'log groups',
            why: 'truncated',
            detail: `${place.region} has more than ${groups.length} log groups; ask for a prefix.`,
            account: place.account.name,
            region: place.region,
          });
        }
        return groups;
      },
    );
    const groups = found.flatMap(({ value }) => value);
    const prefix = input.prefix === undefined ? [] : ['--log-group-name-prefix', input.prefix];
    return {
      findings: { groups, coverage: { ...coverage, gaps: [...coverage.gaps, ...cut] } },
      text: listText(heading(groups, input.prefix), groups.map(line)),
      cli: places.open.map((place) => awsLine(place, 'logs', 'describe-log-groups', ...prefix)),
      console: consolePage(places.open[0], 'cloudwatch', 'logsV2:log-groups'),
    };
  },
};

function heading(groups: readonly LogGroupRow[], prefix: string | undefined): string {
  const beginning = prefix === undefined ? '' : ` beginning with ${JSON.stringify(prefix)}`;
  if (groups.length === 0) return `No log groups${beginning}.`;
  const bytes = groups.reduce((sum, group) => sum + (group.stored_bytes ?? 0), 0);
  return `${plural(groups.length, 'log group')}${beginning}, ${bytesText(bytes)} stored.`;
}

function line({ name, stored_bytes: bytes, retention_days: days }: LogGroupRow): string {
  const size = bytes === undefined ? '' : bytesText(bytes);
  return [name, size, days === null ? 'kept for good' : `kept ${plural(days, 'day')}`]
    .filter(Boolean)
    .join('  ');
}
