import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type LogQueryResult, runLogQuery } from '../cloud/log-query.ts';
import { joined, lookEverywhere } from '../cloud/look.ts';
import { type LogEvent, queryLogs } from '../contract/catalogue/logs.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { estimatedScan, overBudget } from './log-budget.ts';
import { queryOfFilter } from './log-filter.ts';
import { eventsOf, insightsTime, patternsOf, withinSize } from './log-findings.ts';
import { recoverCutMessages } from './log-recovery.ts';
import { type LogTarget, logTarget } from './log-target.ts';
import { logText } from './log-text.ts';
import { timeRangeOf } from './time-range.ts';
import type { ReadTool } from './tool.ts';

type Input = ToolInput<'query_logs'>;
type Output = ToolOutput<'query_logs'>;
type Range = { start: Date; end: Date };
/** What one region's query found, and what it could not. */
type Found = { result: LogQueryResult; events: LogEvent[] | null; gaps: Gap[] };

const USUAL = '1h';
const USUAL_LIMIT = 100;

export const queryLogsTool: ReadTool<Input, Output> = {
  kind: 'read',
  contract: queryLogs,
  async run(input, cloud) {
    if (input.filter !== undefined && input.query !== undefined) {
      throw untouched('invalid_arguments', 'Give either a filter or a query, not both.');
    }
    const places = await cloud.places(input);
    const range = timeRangeOf(input, USUAL, places.open[0]?.account.now() ?? new Date());
    const limit = input.limit ?? USUAL_LIMIT;
    const query = input.query ?? queryOfFilter(input.filter, limit);
    const target = await logTarget(cloud, input.log_group, places.open);
    const estimate = withinBudget(cloud, target, range);
    const { found, coverage } = await lookEverywhere(
      cloud,
      { open: target.places.map(({ place }) => place), gaps: places.gaps },
      { what: `logs of ${target.name}`, action: 'logs:StartQuery' },
      (place) => search(cloud, place, { group: target.name, query, ...range, limit }),
    );
    const gaps = [...retentionGaps(target, range), ...found.flatMap(({ value }) => value.gaps)];
    const findings = {
      log_group: target.name,
      matched: target.matched,
      query,
      since: range.start.toISOString(),
      until: range.end.toISOString(),
      ...gathered(found),
      statistics: statisticsOf(found, estimate),
      coverage: joined(target.coverage, coverage, { looked_at: [], gaps }),
    };
    return {
      findings,
      text: logText(findings, input.log_group, input.filter),
      cli: found.flatMap(({ place, value }) =>
        cliLines(place, value.result.id, target.name, query, range, limit),
      ),
      console: consolePage(target.places[0]?.place, 'cloudwatch', 'logsV2:logs-insights'),
    };
  },
};

/** What the query is expected to scan in all. Throws `CallFailure` when that is more than it may. */
function withinBudget(cloud: Cloud, { name, places }: LogTarget, range: Range): number | null {
  const estimates = places.map(({ place, row }) => row && estimatedScan(row, range, place.account.now()));
  if (estimates.some((one) => one === null)) return null;
  const estimate = estimates.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const { logScanBytes } = cloud.budgets;
  if (estimate > logScanBytes) throw overBudget(name, estimate, logScanBytes, range);
  return estimate;
}

async function search(
  cloud: Cloud,
  place: Place,
  wish: { group: string; query: string; start: Date; end: Date; limit: number },
): Promise<Found> {
  const result = await runLogQuery(cloud, place, wish);
  const recovered = await recoverCutMessages(cloud, place, result.rows);
  const { gaps } = recovered;
  const rows = withinSize(recovered.rows);
  const gap = (why: Gap['why'], detail: string): Gap => ({
    what: `logs of ${wish.group}`,
    why,
    detail,
    account: place.account.name,
    region: place.region,
  });
  if (result.status !== 'Complete') gaps.push(gap('partial', unfinished(result)));
  const events = eventsOf(rows, place);
  const more = events === null ? result.rows.length : result.matched;
  if (rows.length < more && (rows.length < result.rows.length || rows.length >= wish.limit)) {
    const detail = `${more} matched; only the first ${rows.length} are returned. Ask for a shorter time, narrower words, or a higher limit.`;
    gaps.push(gap('truncated', detail));
  }
  return { result: { ...result, rows }, events, gaps };
}

function unfinished({ status, scanned }: LogQueryResult): string {
  const why =
    status === 'Running' || status === 'Scheduled'
      ? 'The query took too long and was stopped'
      : `The query ended as ${status}`;
  return `${why} after ${scanned} log events: there may be more than it found. Ask for a shorter time.`;
}

/** Newest first over all regions; rows that are no events stay as each region gave them. */
function gathered(
  found: { value: Found }[],
): Pick<Output, 'events' | 'columns' | 'rows' | 'patterns' | 'first' | 'last'> {
  if (found.some(({ value }) => value.events === null)) {
    const rows = found.flatMap(({ value }) => value.result.rows.map(withoutPointer));
    return {
      events: [],
      columns: [...new Set(rows.flatMap((row) => Object.keys(row)))],
      rows,
      patterns: [],
      ...extent(rows.flatMap((row) => insightsTime(row['@timestamp']) ?? [])),
    };
  }
  const events = found.flatMap(({ value }) => value.events ?? []);
  if (found.length > 1) events.sort((a, b) => b.at.localeCompare(a.at));
  return {
    events,
    columns: [],
    rows: [],
    patterns: patternsOf(events),
    ...extent(events.map(({ at }) => at)),
  };
}

function extent(times: string[]): { first: string | null; last: string | null } {
  const sorted = times.toSorted();
  return { first: sorted[0] ?? null, last: sorted.at(-1) ?? null };
}

/** A pointer says nothing to a reader. */
function withoutPointer({ '@ptr': _pointer, ...row }: Record<string, string>): Record<string, string> {
  return row;
}

function statisticsOf(found: { value: Found }[], estimate: number | null): Output['statistics'] {
  const sum = (of: (result: LogQueryResult) => number) =>
    found.reduce((total, { value }) => total + of(value.result), 0);
  return {
    matched: sum((result) => result.matched),
    scanned: sum((result) => result.scanned),
    scanned_bytes: sum((result) => result.scannedBytes),
    estimated_bytes: estimate,
  };
}

/** What was asked for and is kept no longer. */
function retentionGaps({ name, places }: LogTarget, { start }: Range): Gap[] {
  return places.flatMap(({ place, row }): Gap[] => {
    const days = row?.retention_days ?? null;
    if (days === null || start.getTime() >= place.account.now().getTime() - days * 86_400_000) return [];
    return [
      {
        what: `logs of ${name}`,
        why: 'no_data',
        detail: `${name} keeps its events for ${days} days; what is older is gone.`,
        account: place.account.name,
        region: place.region,
      },
    ];
  });
}

function cliLines(
  place: Place,
  id: string,
  group: string,
  query: string,
  { start, end }: Range,
  limit: number,
): string[] {
  return [
    awsLine(
      place,
      'logs',
      'start-query',
      '--log-group-name',
      group,
      '--start-time',
      String(Math.floor(start.getTime() / 1000)),
      '--end-time',
      String(Math.ceil(end.getTime() / 1000)),
      '--query-string',
      query,
      '--limit',
      String(limit),
    ),
    awsLine(place, 'logs', 'get-query-results', '--query-id', id),
  ];
}
