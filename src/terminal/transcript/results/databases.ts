import type {
  DatabaseEvent,
  DatabaseRow,
  LoadPart,
  TopStatement,
} from '../../../../mcp-server/contract/catalogue/databases.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { number } from '../../../assistant/answers/quantity.ts';
import { wrap } from '../../text/cells.ts';
import { period } from '../../text/durations.ts';
import { type Line, span, type Tone } from '../../text/lines.ts';
import { honestScale, sparkline } from '../../text/sparkline.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { fieldLines } from './fields.ts';
import { differs, roomFor } from './room.ts';

/** What a status means to who is on call; any other is on its way somewhere. */
const STATUS_TONES: Readonly<Record<string, Tone>> = {
  available: 'good',
  'storage-optimization': 'good',
  'storage-full': 'bad',
  failed: 'bad',
  stopped: 'bad',
  'incompatible-parameters': 'bad',
  'incompatible-restore': 'bad',
  'inaccessible-encryption-credentials': 'bad',
};

function statusTone(status: string): Tone {
  return STATUS_TONES[status] ?? 'warn';
}

export function databaseLines({ databases }: ToolOutput<'list_databases'>, context: ViewContext): Line[] {
  const { results } = context.words;
  const titles = results.databases;
  if (databases.length === 0) return wrap(results.none, context.columns, 'dim');
  const regional = differs(databases, (row) => row.region);
  const columns: Column<DatabaseRow>[] = [
    { title: results.name, cell: (row) => row.id, keep: 1, least: 10 },
    { title: results.state, cell: (row) => ({ text: row.status, tone: statusTone(row.status) }), keep: 2 },
    { title: titles.engine, cell: engineText, keep: 4 },
    { title: titles.class, cell: (row) => row.class, keep: 3 },
    {
      title: titles.storage,
      cell: (row) => (row.storage_gb === null ? '' : `${row.storage_gb} GiB`),
      keep: 5,
      align: 'right',
    },
    { title: titles.parameters, cell: parametersCell, keep: 6 },
    { title: titles.cluster, cell: (row) => [row.cluster, row.role].filter(Boolean).join(' '), keep: 7 },
    { title: titles.replicas, cell: (row) => row.replicas.join(', '), keep: 9, least: 10 },
    { title: titles.replicaOf, cell: (row) => row.replica_of ?? '', keep: 8 },
    { title: titles.pending, cell: pendingCell, keep: 6 },
    { title: results.region, cell: (row) => (regional ? row.region : ''), keep: 10 },
  ];
  return tableLines(columns, databases, roomFor(context));
}

function engineText(row: DatabaseRow): string {
  return [row.engine, row.engine_version, row.multi_az ? 'Multi-AZ' : ''].filter(Boolean).join(' ');
}

/** Only what is not as it should be. */
function parametersCell({ parameters }: DatabaseRow): { text: string; tone: Tone } {
  return { text: parameters === undefined || parameters === 'in-sync' ? '' : parameters, tone: 'warn' };
}

function pendingCell({ pending }: DatabaseRow): { text: string; tone: Tone } {
  const waiting = Object.entries(pending).map(([key, value]) => `${key} ${value}`);
  return { text: waiting.join(', '), tone: 'warn' };
}

export function databaseEventLines(
  { events, since, until, database, matched }: ToolOutput<'list_database_events'>,
  context: ViewContext,
): Line[] {
  const { words, clock, columns: width } = context;
  const head = [
    ...wrap(database, width, 'strong'),
    ...wrap(`${clock.at(since)} – ${clock.at(until)} ${clock.zone}`, width, 'dim'),
    ...(matched === 'close' ? wrap(words.results.closeMatch, width, 'warn') : []),
  ];
  if (events.length === 0) return [...head, ...wrap(words.results.none, width, 'dim')];
  const several = events.some((row) => row.source !== database);
  const columns: Column<DatabaseEvent>[] = [
    { title: words.results.at, cell: (row) => clock.at(row.at), keep: 1 },
    { title: words.results.message, cell: eventCell, keep: 2, least: 20 },
    { title: words.results.databases.source, cell: (row) => (several ? row.source : ''), keep: 3 },
  ];
  return [...head, ...tableLines(columns, events, roomFor(context))];
}

const ALARMING = /failure|low storage|failover/;

function eventCell({ message, categories }: DatabaseEvent): { text: string; tone: Tone } {
  return { text: message, tone: categories.some((one) => ALARMING.test(one)) ? 'bad' : 'plain' };
}

export function databaseLoadLines(found: ToolOutput<'get_database_load'>, context: ViewContext): Line[] {
  const { words, columns, clock } = context;
  const titles = words.results.databases;
  const { load, vcpus, waits, users, hosts } = found;
  const head = [
    ...wrap(found.database, columns, 'strong'),
    ...(found.matched === 'close' ? wrap(words.results.closeMatch, columns, 'warn') : []),
  ];
  if (!load) return [...head, ...wrap(words.results.noPoints, columns, 'warn')];
  const tone = (value: number): Tone => (vcpus !== null && value > vcpus ? 'bad' : 'plain');
  return [
    ...head,
    ...wrap(
      `${clock.at(found.since)} – ${clock.at(found.until)} ${clock.zone} · ${words.results.every} ${period(load.period_s)}`,
      columns,
      'dim',
    ),
    [span(sparkline(load.values, Math.min(columns, 72), honestScale(0, load.max, null)), 'accent')],
    ...fieldLines(
      [
        [
          titles.load,
          span(`${words.results.average} ${number(load.average)}`, tone(load.average)),
          span(`${words.results.maximum} ${number(load.max)} (${clock.at(load.max_at)})`, tone(load.max)),
          span(`${words.results.last} ${number(load.last)}`, tone(load.last)),
        ],
        [titles.vcpus, vcpus === null ? null : number(vcpus)],
        [titles.wait, ...waits.map(partText)],
        [titles.users, ...users.map(partText)],
        [titles.hosts, ...hosts.map(partText)],
      ],
      context,
    ),
    ...statementLines(found.statements, context),
  ];
}

function partText({ name, load }: LoadPart): string {
  return `${name} ${number(load)}`;
}

function statementLines(statements: readonly TopStatement[], context: ViewContext): Line[] {
  const titles = context.words.results.databases;
  const columns: Column<TopStatement>[] = [
    { title: titles.load, cell: (row) => number(row.load), keep: 2, align: 'right' },
    { title: titles.statement, cell: (row) => row.statement.replace(/\s+/g, ' '), keep: 1, least: 24 },
    { title: titles.wait, cell: (row) => row.waits.slice(0, 2).map(partText).join(', '), keep: 3 },
    {
      title: titles.calls,
      cell: (row) => (row.calls_per_s === null ? '' : number(row.calls_per_s)),
      keep: 4,
      align: 'right',
    },
  ];
  return tableLines(columns, statements, roomFor(context));
}
