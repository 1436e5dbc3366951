import type { SessionSummary } from '../domain/kept-session.ts';
import { plainLine } from '../domain/plain-text.ts';
import { sessionWords } from '../language/session-words.ts';
import {
  formatOf,
  type SessionFormat,
  sessionText,
  writeSessionFile,
} from '../reports/session/session-file.ts';
import type { Found, Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { configuredLanguage } from './configured-language.ts';
import type { ExitName } from './exit-codes.ts';
import { jsonLine } from './json-line.ts';
import { isAlive } from './open-sessions.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import type { CliParts } from './parts.ts';
import { type Column, table } from './tables/table.ts';
import { UsageError } from './usage-error.ts';

const LISTED = 20;
const EVERY = 1_000_000;

/** `aiops sessions`: what is kept, the newest first. */
export async function listSessions(
  given: { all?: boolean },
  options: Options,
  parts: CliParts,
  output: Output,
): Promise<ExitName> {
  return await withStore(parts, (store) => {
    const found = store.list(given.all ? EVERY : LISTED + 1);
    const shown = found.slice(0, given.all ? undefined : LISTED);
    if (options.json) {
      output.data(jsonLine({ sessions: shown.map(summaryJson) }));
      return 'done';
    }
    if (shown.length === 0) output.note('No sessions are kept yet.');
    for (const line of table(shown, columns(parts.timeZone))) output.data(line);
    if (found.length > shown.length) output.note('There are more: aiops sessions list --all');
    return 'done';
  });
}

/** `aiops sessions show <id>`: the whole of it, as Markdown (with --json, as JSON). */
export async function showSession(
  id: string,
  options: Options,
  parts: CliParts,
  output: Output,
): Promise<ExitName> {
  const setting = await settingOf(options, parts);
  return await withStore(parts, (store) => {
    const text = textOf(one(store, id), store, options.json ? 'json' : 'md', setting);
    output.data(text.trimEnd());
    return 'done';
  });
}

/** `aiops sessions export <id>`. */
export async function exportSession(
  id: string,
  given: { format?: string; output?: string },
  options: Options,
  parts: CliParts,
  output: Output,
): Promise<ExitName> {
  const format = formatAsked(given, options);
  const setting = await settingOf(options, parts);
  return await withStore(parts, async (store): Promise<ExitName> => {
    const found = one(store, id);
    const text = textOf(found, store, format, setting);
    if (given.output === '-') {
      output.data(text.trimEnd());
      return 'done';
    }
    const written = await writeSessionFile(text, found.summary.id, format, given.output ?? null);
    const file = plainLine(written.file);
    if (written.kind === 'exists')
      throw new UsageError(`${file} is there already and was not overwritten; name another with --output`);
    if (written.kind === 'failed') throw new UsageError(`${file} could not be written: ${written.why}`);
    output.note(`Written to ${file}`);
    return 'done';
  });
}

/** `aiops sessions delete <id>...`: all or none. */
export async function deleteSessions(
  ids: readonly string[],
  options: Options,
  parts: CliParts,
  output: Output,
): Promise<ExitName> {
  return await withStore(parts, (store) => {
    const found = ids.map((id) => one(store, id));
    for (const { summary } of found) {
      if (isOpen(summary))
        throw new UsageError(
          `session ${summary.id} is open (process ${summary.holder}): leave that chat first`,
        );
    }
    for (const { summary } of found) {
      store.delete(summary.id);
      output.note(`Deleted ${summary.id}: ${plainLine(summary.title)}`);
    }
    if (options.json) output.data(jsonLine({ deleted: found.map(({ summary }) => summary.id) }));
    return 'done';
  });
}

async function withStore(
  parts: CliParts,
  work: (store: Store) => ExitName | Promise<ExitName>,
): Promise<ExitName> {
  try {
    const store = await parts.openStore();
    try {
      return await work(store);
    } finally {
      store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new Error(plainLine(sessionWords('en').problem(error.problem)));
  }
}

/** Throws `UsageError` when there is not exactly one. */
function one(store: Store, id: string): Found {
  const [first, ...more] = store.find(id);
  if (!first) throw new UsageError(`there is no session "${id}"; aiops sessions lists them`);
  if (more.length > 0) {
    const ids = [first, ...more].map(({ summary }) => summary.id).join(', ');
    throw new UsageError(`several sessions begin with "${id}": ${ids}`);
  }
  return first;
}

type Setting = { language: 'en' | 'ko' | 'zh'; timeZone: string };

async function settingOf(options: Options, parts: CliParts): Promise<Setting> {
  const language = await configuredLanguage(options, parts.environment);
  return { language: language ?? 'en', timeZone: parts.timeZone };
}

function textOf({ summary, readable }: Found, store: Store, format: SessionFormat, setting: Setting): string {
  if (!readable) throw new Error(sessionWords('en').resume.newer(summary.id));
  const { lines, unread } = store.lines(summary.id);
  return sessionText({ summary, lines, unread }, format, setting);
}

function formatAsked(given: { format?: string; output?: string }, options: Options): SessionFormat {
  const said = given.format ?? (options.json ? 'json' : formatOf(given.output ?? '')) ?? 'md';
  if (said === 'md' || said === 'json') return said;
  throw new UsageError(`--format takes md or json, not "${said}"`);
}

function summaryJson({ summary, readable }: Found): Record<string, unknown> {
  const { id, startedAt, lastAt, place, folder, title, turns, continues } = summary;
  return {
    id,
    started_at: new Date(startedAt).toISOString(),
    last_at: new Date(lastAt).toISOString(),
    account: place,
    folder,
    title,
    turns,
    continues,
    open: isOpen(summary),
    readable,
  };
}

function isOpen({ holder }: SessionSummary): boolean {
  return holder !== null && isAlive(holder);
}

function columns(timeZone: string): Column<Found>[] {
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return [
    { title: 'ID', value: ({ summary }) => summary.id },
    { title: 'LAST USED', value: ({ summary }) => time.format(summary.lastAt) },
    { title: 'ACCOUNT', value: ({ summary }) => summary.place?.name ?? summary.asked },
    { title: 'TURNS', value: ({ summary }) => summary.turns },
    { title: 'FOLDER', value: ({ summary }) => summary.folder },
    { title: 'STATE', value: (of) => (of.readable ? (isOpen(of.summary) ? 'open' : '') : 'newer version') },
    { title: 'BEGAN WITH', value: ({ summary }) => summary.title },
  ];
}
