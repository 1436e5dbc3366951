import type { DBInstance } from '@aws-sdk/client-rds';
import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { vcpusOf } from '../cloud/database-classes.ts';
import { joined, lookBeside, lookOnce, seen } from '../cloud/look.ts';
import {
  type LoadQuestion,
  loadPeriodS,
  readLoad,
  readLoadParts,
  readTopStatements,
} from '../cloud/performance-insights.ts';
import { getDatabaseLoad } from '../contract/catalogue/databases.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Coverage, Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { findDatabase } from './one-database.ts';
import { closeNote } from './one-instance.ts';
import { timeRangeOf } from './time-range.ts';
import type { Findings, ReadTool } from './tool.ts';

type Output = ToolOutput<'get_database_load'>;
type Parts = Pick<Output, 'load' | 'waits' | 'statements' | 'users' | 'hosts'> & { coverage: Coverage };

const USUAL = '1h';
const DAY_MS = 86_400_000;
/** What Performance Insights keeps where nobody pays for more. */
const FREE_RETENTION_DAYS = 7;
const NOTHING = { load: null, waits: [], statements: [], users: [], hosts: [] };

export const databaseLoadTool: ReadTool<ToolInput<'get_database_load'>, Output> = {
  kind: 'read',
  contract: getDatabaseLoad,
  async run(input, cloud) {
    const { database, id, place, matched } = await findDatabase(cloud, input);
    const now = place.account.now();
    const { start, end, gaps } = keptPart(timeRangeOf(input, USUAL, now), database, now);
    const periodS = loadPeriodS(end.getTime() - start.getTime());
    const resource = database.DbiResourceId;
    const question = { resource: resource ?? '', engine: database.Engine ?? '', start, end, periodS };
    const recorded = database.PerformanceInsightsEnabled === true && resource !== undefined;
    const parts = recorded
      ? await readParts(cloud, place, question, id)
      : { ...NOTHING, coverage: notEnabled(id, place) };
    const findings: Findings<Output> = {
      database: id,
      matched,
      since: start.toISOString(),
      until: end.toISOString(),
      vcpus: vcpusOf(database),
      ...parts,
      coverage: joined(
        { looked_at: [seen('rds:DescribeDBInstances', place)], gaps },
        parts.coverage,
        emptiness(parts, id, place),
      ),
    };
    return {
      findings,
      text: closeNote(matched, input.database, id) + textOf(findings),
      cli: recorded
        ? cliLines(place, question)
        : [awsLine(place, 'rds', 'describe-db-instances', '--db-instance-identifier', id)],
      console: consolePage(
        place,
        'rds',
        `performance-insights-v20206:/resourceId/${encodeURIComponent(resource ?? '')}/resourceName/${encodeURIComponent(id)}`,
      ),
    };
  },
};

async function readParts(cloud: Cloud, place: Place, question: LoadQuestion, id: string): Promise<Parts> {
  const points = await lookOnce(place, 'pi:GetResourceMetrics', () => readLoad(cloud, place, question));
  const beside = <T>(what: string, look: () => Promise<T>) =>
    lookBeside(cloud, place, { what: `${what} of ${id}`, action: 'pi:DescribeDimensionKeys' }, look);
  const [waits, statements, users, hosts] = await Promise.all([
    beside('waits', () => readLoadParts(cloud, place, question, 'db.wait_event')),
    beside('top SQL', () => readTopStatements(cloud, place, question)),
    beside('users', () => readLoadParts(cloud, place, question, 'db.user')),
    beside('hosts', () => readLoadParts(cloud, place, question, 'db.host')),
  ]);
  const looked: Coverage = { looked_at: [seen('pi:GetResourceMetrics', place)], gaps: [] };
  return {
    load: seriesOf(points, question),
    waits: waits.value ?? [],
    statements: statements.value ?? [],
    users: users.value ?? [],
    hosts: hosts.value ?? [],
    coverage: joined(looked, ...[waits, statements, users, hosts].map(({ coverage }) => coverage)),
  };
}

function seriesOf(
  points: readonly { at: number; value: number }[],
  { start, end, periodS }: LoadQuestion,
): Output['load'] {
  const last = points.at(-1);
  if (!last) return null;
  const most = points.reduce((a, b) => (b.value > a.value ? b : a), last);
  const byTime = new Map(points.map(({ at, value }) => [Math.floor(at / 1_000 / periodS), value]));
  const from = Math.ceil(start.getTime() / 1_000 / periodS);
  const to = Math.max(from, Math.ceil(end.getTime() / 1_000 / periodS) - 1);
  return {
    average: points.reduce((sum, { value }) => sum + value, 0) / points.length,
    max: most.value,
    max_at: new Date(most.at).toISOString(),
    last: last.value,
    start: new Date(from * periodS * 1_000).toISOString(),
    period_s: periodS,
    values: Array.from({ length: to - from + 1 }, (_, index) => byTime.get(from + index) ?? null),
  };
}

/** No further back than what is kept. */
function keptPart({ start, end }: { start: Date; end: Date }, database: DBInstance, now: Date) {
  const days = database.PerformanceInsightsRetentionPeriod ?? FREE_RETENTION_DAYS;
  const kept = new Date(now.getTime() - days * DAY_MS);
  // What is a week old now is older when it is asked for, and refused.
  const oldest = new Date(kept.getTime() + 60_000);
  if (start >= oldest || !database.PerformanceInsightsEnabled) return { start, end, gaps: [] };
  if (start >= kept && end > oldest) return { start: oldest, end, gaps: [] };
  const gap: Gap = {
    what: `load before ${oldest.toISOString()}`,
    why: 'truncated',
    detail: `Performance Insights keeps ${days} days of ${database.DBInstanceIdentifier}.`,
  };
  // Never another time than the one asked about: where all of it is too old, what is left is no more than a minute.
  return { start: oldest, end: end > oldest ? end : new Date(oldest.getTime() + 60_000), gaps: [gap] };
}

function notEnabled(id: string, place: Place): Coverage {
  const line = awsLine(
    place,
    'rds',
    ...['modify-db-instance', '--db-instance-identifier', id],
    ...['--enable-performance-insights', '--apply-immediately'],
  );
  const detail = `Performance Insights is not enabled on ${id}: its load, waits and SQL are not recorded. It can be turned on without a restart: ${line}`;
  return { looked_at: [], gaps: [gapAt(place, `load of ${id}`, 'not_configured', detail)] };
}

function emptiness({ load, coverage }: Parts, id: string, place: Place): Coverage {
  if (load || coverage.gaps.length > 0) return { looked_at: [], gaps: [] };
  const detail = `Performance Insights has no load of ${id} in that time.`;
  return { looked_at: [], gaps: [gapAt(place, `load of ${id}`, 'no_data', detail)] };
}

function gapAt({ account, region }: Place, what: string, why: Gap['why'], detail: string): Gap {
  return { what, why, detail, account: account.name, region };
}

const rounded = (value: number) => String(Number(value.toPrecision(3)));

function textOf({ database, vcpus, load, waits, statements, hosts, users }: Findings<Output>): string {
  if (!load) return `No load of ${database} could be read.`;
  const part = ({ name, load: of }: { name: string; load: number }) => `${name} ${rounded(of)}`;
  const row = (title: string, parts: { name: string; load: number }[]) =>
    parts.length > 0 ? [`  ${title}: ${parts.map(part).join(', ')}`] : [];
  const against = vcpus === null ? '' : ` against ${vcpus} vCPUs`;
  return [
    `${database}: ${rounded(load.average)} average active sessions${against}, at most ${rounded(load.max)} at ${load.max_at}, last ${rounded(load.last)}.`,
    ...row('waits', waits),
    ...statements.map(({ statement, load: of, waits: on }) => {
      const waiting = on.length > 0 ? ` (${on.map(part).join(', ')})` : '';
      return `  ${rounded(of)}${waiting} ${statement}`;
    }),
    ...row('users', users),
    ...row('hosts', hosts),
  ].join('\n');
}

function cliLines(place: Place, { resource, start, end, periodS }: LoadQuestion): string[] {
  const common = [
    ...['--service-type', 'RDS', '--identifier', resource],
    ...['--start-time', start.toISOString(), '--end-time', end.toISOString()],
    ...['--period-in-seconds', String(periodS)],
  ];
  const queries = JSON.stringify([{ Metric: 'db.load.avg' }]);
  const keys = (group: string) =>
    awsLine(
      place,
      ...['pi', 'describe-dimension-keys', ...common],
      ...['--metric', 'db.load.avg', '--group-by', JSON.stringify({ Group: group })],
    );
  return [
    awsLine(place, 'pi', 'get-resource-metrics', ...common, '--metric-queries', queries),
    ...['db.wait_event', 'db.sql_tokenized', 'db.user', 'db.host'].map(keys),
  ];
}
