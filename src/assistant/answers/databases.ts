import type { DatabaseRow, LoadPart } from '../../../mcp-server/contract/catalogue/databases.ts';
import type { ToolInput, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { number } from './quantity.ts';
import { cutText, firstNames } from './shortened.ts';

const NAMED = 5;
const EVENTS_TOLD = 3;
const PARTS_TOLD = 3;
const LONGEST = 200;
const FINE = 'available';

export function listDatabases(
  { databases }: ToolOutput<'list_databases'>,
  { region }: ToolInput<'list_databases'>,
  { words, narrowedBy }: AnswerContext,
): string[] {
  const filter = [...narrowedBy, ...(region ? [region] : [])].join(', ');
  if (databases.length === 0) return [words.databases.noDatabases(filter)];
  const states = [...Map.groupBy(databases, (row) => row.status)].map(([status, rows]) => {
    const ids = rows.map((row) => plainLine(row.id));
    const names = firstNames(ids, NAMED, words);
    return `${words.countedState(rows.length, plainLine(status))} (${names})`;
  });
  const notable = databases.flatMap((row) => {
    const notes = notesOf(row, words);
    return row.status === FINE && notes.length === 0
      ? []
      : [words.databases.notable(plainLine(row.id), plainLine(row.status), notes.join('; '))];
  });
  return [words.databases.databases(databases.length, states.join(', ')), ...notable.slice(0, NAMED)];
}

function notesOf(row: DatabaseRow, { databases }: AnswerContext['words']): string[] {
  const pending = Object.entries(row.pending).map(([key, value]) => `${key} ${plainLine(value)}`);
  return [
    ...(row.parameters === 'pending-reboot' ? [databases.parametersWait()] : []),
    ...(pending.length > 0 ? [databases.pending(pending.join(', '))] : []),
  ];
}

export function databaseEvents(
  data: ToolOutput<'list_database_events'>,
  { database: said }: ToolInput<'list_database_events'>,
  { words, times }: AnswerContext,
): string[] {
  const name = plainLine(data.database);
  const [from, until] = [times.at(data.since), times.at(data.until)];
  const taken = data.matched === 'close' ? [words.takenFor(plainLine(said), name)] : [];
  if (data.events.length === 0) return [...taken, words.databases.noEvents(name, from, until)];
  const told = data.events.slice(0, EVENTS_TOLD).map((event) => {
    const source = event.source === data.database ? null : plainLine(event.source);
    return words.databases.event(times.at(event.at), source, cutText(plainLine(event.message), LONGEST));
  });
  return [...taken, words.databases.events(data.events.length, name, from, until), ...told];
}

/** How busy it is, with what, and the statement that costs most with who sends it. */
export function databaseLoad(
  data: ToolOutput<'get_database_load'>,
  { database: said }: ToolInput<'get_database_load'>,
  { words, times }: AnswerContext,
): string[] {
  const name = plainLine(data.database);
  const taken = data.matched === 'close' ? [words.takenFor(plainLine(said), name)] : [];
  const { load, vcpus, waits, users, hosts } = data;
  if (!load) return [...taken, words.databases.noLoad(name), ...turnOn(data, words)];
  const [costliest] = data.statements;
  const told = costliest && {
    statement: cutText(plainLine(costliest.statement), LONGEST),
    load: number(costliest.load),
    share: load.average > 0 ? `${Math.min(100, Math.round((costliest.load / load.average) * 100))} %` : null,
    waits: partsText(costliest.waits),
  };
  return [
    ...taken,
    words.databases.load({
      database: name,
      average: number(load.average),
      vcpus: vcpus === null ? null : number(vcpus),
      max: number(load.max),
      maxAt: times.at(load.max_at),
      last: number(load.last),
    }),
    ...(waits.length > 0 ? [words.databases.waits(partsText(waits))] : []),
    ...(told ? [words.databases.statement(told)] : []),
    ...(users.length + hosts.length > 0 ? [words.databases.from(partsText(users), partsText(hosts))] : []),
  ];
}

/** Only where nothing is recorded: other reasons are told as what could not be seen. */
function turnOn(
  { database, coverage }: ToolOutput<'get_database_load'>,
  words: AnswerContext['words'],
): string[] {
  const off = coverage.gaps.find((gap) => gap.why === 'not_configured');
  if (!off) return [];
  const where = off.region === undefined ? '' : ` --region ${off.region}`;
  return [
    words.databases.insightsOff(
      `aws rds modify-db-instance --db-instance-identifier ${plainLine(database)} --enable-performance-insights --apply-immediately${where}`,
    ),
  ];
}

function partsText(parts: readonly LoadPart[]): string {
  return parts
    .slice(0, PARTS_TOLD)
    .map(({ name, load }) => `${plainLine(name)} ${number(load)}`)
    .join(', ');
}
