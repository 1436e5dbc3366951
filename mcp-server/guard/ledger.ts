import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { newestHead, readHeadFile, tailProblem, writeHeadFile } from './audit-head.ts';
import { prepareInstallation } from './installation.ts';
import { SCHEMA, SCHEMA_VERSION } from './ledger-schema.ts';
import { openReadOnlyStore, type ReadOnlyStore } from './read-only-store.ts';
import { asStoreFailure, isUnwritable, storeRefusal } from './store-failure.ts';

/**
 * The one store of all servers of a user: proposals, grants, claims, the audit log. Opened at its first use,
 * so that reading an account needs no writable home. Everything throws `CallFailure` with code `store`.
 */
export type Ledger = {
  readonly folder: string;
  readonly file: string;
  /** Runs `work` in one immediate transaction: nobody else decides meanwhile, and it is on disk when this returns. */
  write<T>(work: (db: DatabaseSync) => T): T;
  /** Runs `work` on one consistent view. A store that can only be read is read all the same. */
  read<T>(work: (db: DatabaseSync) => T): T;
  /** Why `audit.head` beside the store could not be brought up to date, if so. */
  headProblem(): string | null;
  close(): void;
};

type LedgerPlace = {
  /** The product's state folder; made with mode 0700 if it is not there. */
  folder: string;
  random: (bytes: number) => Buffer;
  /** Milliseconds to wait for another process's transaction. */
  busyMs?: number;
};

const OTHERS_MAY_WRITE = 0o022;

function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mode = statSync(folder).mode;
  if (process.platform !== 'win32' && mode & OTHERS_MAY_WRITE) {
    throw storeRefusal(
      `Others can write to ${folder} (mode ${(mode & 0o777).toString(8)}), so what it says about approvals cannot be trusted.`,
      `Run: chmod 700 '${folder}'`,
    );
  }
}

function prepareFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  if (process.platform !== 'win32' && statSync(file).mode & 0o077) chmodSync(file, 0o600);
}

function inTransaction<T>(db: DatabaseSync, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
  db.exec(begin);
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

function prepareSchema(db: DatabaseSync, file: string, random: LedgerPlace['random']): void {
  const found = versionOf(db);
  if (found > SCHEMA_VERSION) {
    throw storeRefusal(
      `${file} was written by a newer version of aiops (format ${found}; this one knows ${SCHEMA_VERSION}).`,
      'Use the newer version, or another folder through XDG_STATE_HOME.',
    );
  }
  if (found === SCHEMA_VERSION) return;
  inTransaction(db, 'BEGIN IMMEDIATE', () => {
    if (versionOf(db) === SCHEMA_VERSION) return; // another process was faster
    db.exec(SCHEMA);
    prepareInstallation(db, random);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

function openDatabase(place: LedgerPlace, file: string): DatabaseSync {
  prepareFolder(place.folder);
  prepareFile(file);
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const db = new DatabaseSync(file, { timeout: place.busyMs ?? 5_000 });
  try {
    db.exec('PRAGMA journal_mode = WAL');
    // FULL: an intent must survive a power cut before AWS is asked.
    db.exec('PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF');
    prepareSchema(db, file, place.random);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Nothing is opened or created until the first `read` or `write`. */
export function openLedger(place: LedgerPlace): Ledger {
  const file = join(place.folder, 'guard.db');
  let db: DatabaseSync | null = null;
  let onlyRead: ReadOnlyStore | null = null;
  let tailChecked = false;
  let published = 0;
  let problem: string | null = null;

  const opened = (): DatabaseSync => {
    db ??= openDatabase(place, file);
    return db;
  };
  const openedToRead = (): DatabaseSync => {
    if (onlyRead) return onlyRead.db;
    try {
      return opened();
    } catch (error) {
      if (!isUnwritable(error) || !existsSync(file)) throw error;
      onlyRead = openReadOnlyStore(file);
      return onlyRead.db;
    }
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw asStoreFailure(error, file);
    }
  };
  /** The file is read before the store: it is written after the store, so it can never rightly be ahead. */
  const checkTail = (on: DatabaseSync) => {
    if (tailChecked) return;
    const outside = readHeadFile(place.folder);
    const trouble = tailProblem(on, outside);
    if (trouble) {
      throw storeRefusal(
        `${trouble} Entries were removed, or an older copy of the store was put back; nothing is run on it.`,
        `See: aiops audit verify. To go on without what is lost, move guard.db and audit.head out of ${place.folder}.`,
      );
    }
    tailChecked = true;
  };
  const publish = (on: DatabaseSync) => {
    const newest = newestHead(on);
    if (!newest || newest.sequence === published) return;
    problem = writeHeadFile(place.folder, newest);
    if (!problem) published = newest.sequence;
  };

  return {
    folder: place.folder,
    file,
    write: (work) =>
      guarded(() => {
        const on = opened();
        checkTail(on);
        const result = inTransaction(on, 'BEGIN IMMEDIATE', () => work(on));
        publish(on);
        return result;
      }),
    read: (work) =>
      guarded(() => {
        const on = openedToRead();
        return inTransaction(on, 'BEGIN', () => work(on));
      }),
    headProblem: () => problem,
    close: () => {
      db?.close();
      db = null;
      onlyRead?.close();
      onlyRead = null;
    },
  };
}
