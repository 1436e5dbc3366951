import type {
  DescribeLogGroupsCommandInput,
  GetLogRecordCommandInput,
  GetQueryResultsCommandInput,
  StartQueryCommandInput,
  StopQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { type Call, type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { uuidOf } from '../../world/deterministic.ts';
import { discoverFields } from './insights/discovered-fields.ts';
import { MalformedQuery } from './insights/malformed.ts';
import { prepareQuery, type Query } from './insights/query.ts';
import { textOf } from './insights/values.ts';
import { type LogGroup, linesOf, logGroupsIn, storedBytes } from './log-groups.ts';
import { type LogQuery, startLogQuery } from './log-queries.ts';
import { rowsOf } from './log-rows.ts';
import { placeAt } from './pointers.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
const MOST_GROUPS = 50;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const MOST_ROWS = 10_000;
const LONGEST_QUERY = 10_000;
/** Real milliseconds a query works on each time it is asked for. */
const STEP_MS = 250;
/** What a query that is to end early scans of its events before it does. */
const PARTIAL_ROWS = 1_000;
/** Finished queries whose results can still be asked for. */
const KEPT_QUERIES = 100;

export const LOGS: Operations = {
  DescribeLogGroups: read((input: DescribeLogGroupsCommandInput, call) => {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input;
    if (prefix !== undefined && pattern !== undefined) {
      throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
    }
    const wanted = [...logGroupsIn(call).values()].filter(
      ({ name }) =>
        (prefix === undefined || name.startsWith(prefix)) &&
        (pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase())),
    );
    const { items, next } = page(wanted, {
      size: Math.min(input.limit ?? MOST_GROUPS, MOST_GROUPS),
      token: input.nextToken,
      question: questionOf(input, 'nextToken', 'limit'),
      badToken: 'InvalidParameterException',
    });
    return {
      logGroups: items.map((group) => ({
        logGroupName: group.name,
        arn: group.arn,
        logGroupArn: group.arn.replace(/:\*$/, ''),
        creationTime: call.world.startMs - 90 * 86_400_000,
        metricFilterCount: 0,
        storedBytes: storedBytes(group, call.now),
        logGroupClass: 'STANDARD' as const,
      })),
      ...(next !== undefined && { nextToken: next }),
    };
  }),

  StartQuery: read((input: StartQueryCommandInput, call) => {
    const groups = groupsOf(input, call);
    const [from, to] = [epochMs(input.startTime ?? 0), epochMs(input.endTime ?? 0)];
    if (from > to) throw invalid('End time should not be before the start time.');
    if ((input.queryString ?? '').length > LONGEST_QUERY) {
      throw invalid(`Member must have length less than or equal to ${LONGEST_QUERY}: queryString`);
    }
    const query = prepared(input.queryString ?? '', call.now, input.limit ?? MOST_ROWS);
    const queries = queriesOf(call);
    const queryId = uuidOf(`${call.world.startMs}/query/${queries.made}`);
    queries.made += 1;
    const source = rowsOf(call.world, groups, from, Math.min(endOf(input.endTime ?? 0, to), call.now));
    queries.all.set(
      queryId,
      startLogQuery(query, source, {
        stopwatch: () => performance.now(),
        groups: groups.length,
        mostRows: call.partial ? PARTIAL_ROWS : Number.POSITIVE_INFINITY,
      }),
    );
    for (const oldest of [...queries.all.keys()].slice(0, -KEPT_QUERIES)) queries.all.delete(oldest);
    return { queryId };
  }),

  GetQueryResults: read((input: GetQueryResultsCommandInput, call) => {
    const query = queryOf(input.queryId, call);
    query.goOn(STEP_MS);
    return { queryLanguage: 'CWLI' as const, ...query.results() };
  }),

  StopQuery: read((input: StopQueryCommandInput, call) => {
    const query = queryOf(input.queryId, call);
    if (query.stop()) return { success: true };
    throw invalid('Query has already ended.');
  }),

  GetLogRecord: read((input: GetLogRecordCommandInput, call) => {
    const place = placeAt(input.logRecordPointer ?? '');
    const stream = logGroupsIn(call).get(place.group)?.streams[place.stream];
    const lines = stream && linesOf(call.world, stream);
    if (stream === undefined || lines === undefined || !(place.line < lines.firstFrom(call.now + 1))) {
      throw missing('The specified log record does not exist.');
    }
    const message = lines.textOf(place.line);
    const found = [...(discoverFields(message) ?? [])].map(([name, value]) => [name, textOf(value) ?? '']);
    return {
      logRecord: {
        ...Object.fromEntries(found),
        '@message': message,
        '@timestamp': String(lines.timeOf(place.line)),
        '@logStream': stream.name,
        '@log': `${call.account}:${place.group}`,
        '@ptr': input.logRecordPointer ?? '',
      },
    };
  }),
};

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message);
}

function missing(message: string): Refusal {
  return new Refusal('ResourceNotFoundException', message);
}

/** Times are given in seconds; what can only be milliseconds is taken as such, as AWS does. */
const SECONDS_BELOW = 1e11;

function epochMs(time: number): number {
  return time < SECONDS_BELOW ? time * 1000 : time;
}

/** The end is inclusive: a second that is named is meant whole. */
function endOf(given: number, ms: number): number {
  return given < SECONDS_BELOW ? ms + 999 : ms;
}

function groupsOf(input: StartQueryCommandInput, call: Call): LogGroup[] {
  const given = [
    ...(input.logGroupName === undefined ? [] : [input.logGroupName]),
    ...(input.logGroupNames ?? []),
    ...(input.logGroupIdentifiers ?? []),
  ];
  if (given.length === 0) throw invalid('At least one log group is required.');
  return given.map((said) => {
    const name = said.replace(/^arn:[^:]*:logs:[^:]*:\d*:log-group:/, '');
    const group = logGroupsIn(call).get(name);
    if (group === undefined)
      throw missing(`Log group '${name}' does not exist for account ID '${call.account}'`);
    return group;
  });
}

function prepared(text: string, now: number, most: number): Query {
  try {
    return prepareQuery(text, now, most);
  } catch (error) {
    if (!(error instanceof MalformedQuery)) throw error;
    const { message, start, end } = error;
    throw new Refusal('MalformedQueryException', message, 400, {
      queryCompileError: { location: { startCharOffset: start, endCharOffset: end }, message },
    });
  }
}

type Queries = { made: number; all: Map<string, LogQuery> };

const QUERIES = new WeakMap<object, Queries>();

/** An account's queries. They are no part of its state: a run that goes on later knows none of them. */
function queriesOf({ world }: Call): Queries {
  const known = QUERIES.get(world.file) ?? { made: 0, all: new Map() };
  QUERIES.set(world.file, known);
  return known;
}

function queryOf(id: string | undefined, call: Call): LogQuery {
  const query = queriesOf(call).all.get(id ?? '');
  if (query === undefined) throw missing('Query ID not found.');
  return query;
}
