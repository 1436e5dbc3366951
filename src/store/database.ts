import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { SCHEMA_VERSION, STEPS } from './schema.ts';
import { asStoreError, StoreError } from './store-error.ts';

/** One file for all that the program itself keeps. */
export function storeFile(folder: string): string {
  return join(folder, 'aiops.db');
}

export type Database = {
  file: string;
  /** Runs `work` in one immediate transaction. Throws `StoreError`; nothing is written then. */
  write<T>(work: (db: DatabaseSync) => T): T;
  /** Runs `work` on one consistent view. Throws `StoreError`. */
  read<T>(work: (db: DatabaseSync) => T): T;
  close(): void;
};

/**
 * Opens the store, and makes it when it is not there: the folder with mode 0700, the file with mode 0600. What
 * cannot be written is opened for reading. Nothing that is there is ever replaced. Throws `StoreError`.
 *
 * @param busyMs how long to wait for another process's transaction, in milliseconds
 */
export function openDatabase(folder: string, busyMs: number): Database {
  const file = storeFile(folder);
  const db = inWords(file, () => openEither(folder, file, busyMs));
  const transaction = <T>(begin: string, work: (on: DatabaseSync) => T): T =>
    inWords(file, () => {
      db.exec(begin);
      try {
        const result = work(db);
        db.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk may have rolled back by itself.
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    });
  return {
    file,
    write: (work) => transaction('BEGIN IMMEDIATE', work),
    read: (work) => transaction('BEGIN', work),
    close: () => db.close(),
  };
}

function inWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asStoreError(error, file);
  }
}

function openEither(folder: string, file: string, busyMs: number): DatabaseSync {
  try {
    return openToWrite(folder, file, busyMs);
  } catch (error) {
    const told = asStoreError(error, file);
    if (!(told instanceof StoreError) || told.problem.code !== 'unwritable') throw told;
    return openToRead(file) ?? raise(told);
  }
}

function raise(error: StoreError): never {
  throw error;
}

function openToWrite(folder: string, file: string, busyMs: number): DatabaseSync {
  prepareFolder(folder, file);
  closeSync(openSync(file, 'a', 0o600));
  if (process.platform !== 'win32' && statSync(file).mode & 0o077) chmodSync(file, 0o600);
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const db = new DatabaseSync(file, { timeout: busyMs });
  try {
    db.exec('PRAGMA journal_mode = WAL');
    // A line that a power cut takes is lost; a killed process loses none. What is deleted is overwritten.
    db.exec('PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON');
    prepareTables(db, file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareFolder(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const about = statSync(folder);
  const mode = (about.mode & 0o777).toString(8);
  if (about.mode & 0o022) throw new StoreError({ code: 'exposed', file, detail: `${folder}: mode ${mode}` });
  const self = process.getuid?.() ?? about.uid;
  if (about.uid !== self && about.uid !== 0)
    throw new StoreError({ code: 'foreign', file, detail: `${folder}: user ${about.uid}` });
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

function refuseNewer(found: number, file: string): void {
  if (found > SCHEMA_VERSION)
    throw new StoreError({ code: 'newer', file, detail: `format ${found}, known ${SCHEMA_VERSION}` });
}

function prepareTables(db: DatabaseSync, file: string): void {
  refuseNewer(versionOf(db), file);
  if (versionOf(db) === SCHEMA_VERSION) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been faster.
    for (const step of STEPS.slice(versionOf(db))) db.exec(step);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * A store of which nothing can be written, on a read-only file system say; null when there is none, or none that
 * can be read so: SQLite would write beside one whose log still holds entries.
 */
function openToRead(file: string): DatabaseSync | null {
  const log = `${file}-wal`;
  if (!existsSync(file) || (existsSync(log) && statSync(log).size > 0)) return null;
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const db = new DatabaseSync(url, { readOnly: true });
  try {
    const found = versionOf(db);
    refuseNewer(found, file);
    if (found === SCHEMA_VERSION) return db;
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  return null;
}
