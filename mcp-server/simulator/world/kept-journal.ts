import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { DocumentError } from '../../contract/document.ts';
import { type Journal, type JournalEntry, journalEntry } from './journal.ts';

/** Told apart from any other SQLite file, and from later forms of this one. */
const FORMAT = 'aiops-simulated-account/1';
/** A writer holds the file for the time of one change. */
const BUSY_MS = 5_000;

/** A run as it is kept: whose it is, and which moment of the account's clock stood for which real one. */
type KeptRun = { account: string; startMs: number; anchorMs: number };

/**
 * Opens the file that keeps an account's changes, or begins it with `run`. Every change is on the disk before
 * `append` returns; several processes may keep the same file.
 *
 * @param busyMs how long to wait for another writer, milliseconds
 * @throws DocumentError when the file is damaged, something else, or another account's
 */
export function openKeptJournal(
  path: string,
  run: KeptRun,
  busyMs = BUSY_MS,
): { journal: Journal; run: KeptRun } {
  return explained(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    // Loaded here and not above: most runs keep nothing.
    const { DatabaseSync: Database } = process.getBuiltinModule('node:sqlite');
    const database = new Database(path, { timeout: busyMs });
    try {
      const kept = beginOrRead(database, path, run);
      return { journal: journalIn(database, path), run: kept };
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function beginOrRead(database: DatabaseSync, path: string, run: KeptRun): KeptRun {
  return locked(database, () => {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    if (tables.length === 0) {
      database.exec('CREATE TABLE run (format TEXT, account TEXT, start_ms REAL, anchor_ms REAL)');
      database.exec('CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)');
      database
        .prepare('INSERT INTO run VALUES (?, ?, ?, ?)')
        .run(FORMAT, run.account, run.startMs, run.anchorMs);
      return run;
    }
    if (!tables.some((table) => table.name === 'run')) throw unusable(path, 'it is not a kept account.');
    const row = database.prepare('SELECT * FROM run').get();
    if (row?.format !== FORMAT) throw unusable(path, 'it is not a kept account of this version.');
    if (row.account !== run.account) {
      throw unusable(path, `it keeps the changes of account ${String(row.account)}, not of ${run.account}.`);
    }
    return { account: run.account, startMs: Number(row.start_ms), anchorMs: Number(row.anchor_ms) };
  });
}

function journalIn(database: DatabaseSync, path: string): Journal {
  const all = database.prepare('SELECT body FROM entries ORDER BY seq');
  const version = database.prepare('PRAGMA data_version');
  const insert = database.prepare('INSERT INTO entries (body) VALUES (?)');
  let entries: readonly JournalEntry[] = load();
  // Changes when another process has written.
  let seen = version.get()?.data_version;

  function load(): readonly JournalEntry[] {
    return all.all().map((row) => parseEntry(String(row.body), path));
  }
  function refresh(): void {
    const now = version.get()?.data_version;
    if (now === seen) return;
    entries = load();
    seen = now;
  }
  return {
    entries: () =>
      explained(path, () => {
        refresh();
        return entries;
      }),
    append: (decide) =>
      explained(path, () => {
        const { output, entry } = locked(database, () => {
          refresh();
          const decided = decide(entries);
          insert.run(JSON.stringify(decided.entry));
          return decided;
        });
        entries = [...entries, entry];
        return output;
      }),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

function parseEntry(body: string, path: string): JournalEntry {
  try {
    return journalEntry.parse(JSON.parse(body));
  } catch (error) {
    throw unusable(path, 'one of the changes in it cannot be read.', error);
  }
}

/** Runs with no other writer; nothing is written when it throws. */
function locked<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** What SQLite's own complaints mean here (https://www.sqlite.org/rescode.html). */
const SQLITE_PROBLEMS: Readonly<Record<number, { why: string; fix: 'delete' | 'wait' | 'room' }>> = {
  5: { why: 'another process is holding them.', fix: 'wait' },
  8: { why: 'the file may not be written.', fix: 'room' },
  11: { why: 'the file is damaged.', fix: 'delete' },
  13: { why: 'the disk is full.', fix: 'room' },
  14: { why: 'the file cannot be opened.', fix: 'room' },
  26: { why: 'it is not a kept account.', fix: 'delete' },
};

function explained<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : Number.NaN;
    // The lower byte is the kind, the rest says more about it.
    const known = SQLITE_PROBLEMS[code & 0xff];
    if (known !== undefined) throw unusable(path, known.why, error, known.fix);
    if (error instanceof Error && ('syscall' in error || 'errcode' in error))
      throw unusable(path, `${error.message}.`, error, 'room');
    throw error;
  }
}

const FIXES = {
  delete: (path: string) =>
    `Delete ${path} to start from the account file again, or keep the changes in another file.`,
  wait: (path: string) => `Close the other program that keeps ${path}, and try again.`,
  room: (path: string) =>
    `Check the disk and the permissions of ${path}, set XDG_STATE_HOME to a folder that can be written, or run without --keep.`,
};

function unusable(
  path: string,
  why: string,
  cause?: unknown,
  way: keyof typeof FIXES = 'delete',
): DocumentError {
  const fix = FIXES[way](path);
  const problem = { line: 0, column: 0, path: '', message: `the kept changes cannot be used: ${why}`, fix };
  const error = new DocumentError(path, [problem]);
  if (cause !== undefined) error.cause = cause;
  return error;
}
