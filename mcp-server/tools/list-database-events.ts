import type { DBInstance, SourceType } from '@aws-sdk/client-rds';
import { EVENTS_KEPT_MS, readDatabaseEvents } from '../cloud/database-events.ts';
import { isDefaultGroup } from '../cloud/database-parameters.ts';
import { joined, lookBeside, lookOnce, seen } from '../cloud/look.ts';
import { type DatabaseEvent, listDatabaseEvents } from '../contract/catalogue/databases.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import { findDatabase } from './one-database.ts';
import { closeNote } from './one-instance.ts';
import { timeRangeOf } from './time-range.ts';
import type { ReadTool } from './tool.ts';

const USUAL = '24h';
const ACTION = 'rds:DescribeEvents';

export const listDatabaseEventsTool: ReadTool<
  ToolInput<'list_database_events'>,
  ToolOutput<'list_database_events'>
> = {
  kind: 'read',
  contract: listDatabaseEvents,
  async run(input, cloud) {
    const { database, id, place, matched } = await findDatabase(cloud, input);
    const now = place.account.now();
    const asked = timeRangeOf(input, USUAL, now);
    const { start, end, gaps } = keptPart(asked, now);
    const own = await lookOnce(place, ACTION, () =>
      readDatabaseEvents(cloud, place, { id, type: 'db-instance' }, { start, end }),
    );
    const around = await Promise.all(
      sourcesAround(database).map((source) =>
        lookBeside(cloud, place, { what: `events of ${source.id}`, action: ACTION }, () =>
          readDatabaseEvents(cloud, place, source, { start, end }),
        ),
      ),
    );
    const events = [...own, ...around.flatMap(({ value }) => value ?? [])].sort((a, b) =>
      a.at < b.at ? 1 : -1,
    );
    const range = `between ${start.toISOString()} and ${end.toISOString()}`;
    const heading =
      events.length === 0
        ? `No events of ${id} ${range}.`
        : `${plural(events.length, 'event')} of ${id} ${range}.`;
    return {
      findings: {
        database: id,
        matched,
        since: start.toISOString(),
        until: end.toISOString(),
        events,
        coverage: joined(
          { looked_at: [seen(ACTION, place)], gaps: gaps.map((gap) => ({ ...gap, region: place.region })) },
          ...around.map(({ coverage }) => coverage),
        ),
      },
      text: closeNote(matched, input.database, id) + listText(heading, events.map(line)),
      cli: [
        awsLine(
          place,
          'rds',
          'describe-events',
          ...['--source-type', 'db-instance', '--source-identifier', id],
          ...['--start-time', start.toISOString(), '--end-time', end.toISOString()],
        ),
      ],
      console: consolePage(place, 'rds', `database:id=${encodeURIComponent(id)};tab=logs-and-events`),
    };
  },
};

/** RDS refuses to look further back than it keeps. */
function keptPart({ start, end }: { start: Date; end: Date }, now: Date) {
  const oldest = new Date(now.getTime() - EVENTS_KEPT_MS + 60_000);
  if (start >= oldest) return { start, end, gaps: [] };
  const gap: Gap = {
    what: `events before ${oldest.toISOString()}`,
    why: 'truncated',
    detail: 'RDS keeps events for 14 days.',
  };
  return { start: oldest, end: end > oldest ? end : new Date(oldest.getTime() + 60_000), gaps: [gap] };
}

/** What else says something about a database: its replicas here, its cluster, a parameter group of its own. */
function sourcesAround(database: DBInstance): { id: string; type: SourceType }[] {
  const { ReadReplicaDBInstanceIdentifiers: replicas = [], DBClusterIdentifier: cluster } = database;
  const groups = (database.DBParameterGroups ?? []).flatMap(({ DBParameterGroupName: name }) =>
    name && !isDefaultGroup({ scope: 'database', name }) ? [name] : [],
  );
  return [
    // A replica in another region, named by its ARN, has its events there.
    ...replicas.filter((id) => !id.startsWith('arn:')).map((id) => ({ id, type: 'db-instance' as const })),
    ...(cluster ? [{ id: cluster, type: 'db-cluster' as const }] : []),
    ...groups.map((id) => ({ id, type: 'db-parameter-group' as const })),
  ];
}

function line({ at, source, message, categories }: DatabaseEvent): string {
  const kinds = categories.length > 0 ? ` [${categories.join(', ')}]` : '';
  return `${at} ${source}${kinds} ${message}`;
}
