import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** A store opened for looking only; `close` leaves nothing behind. */
export type ReadOnlyStore = { db: DatabaseSync; close(): void };

/**
 * Opens a store of which nothing can be written: on a read-only file system, in somebody else's folder, a copy
 * of it kept as evidence. SQLite wants to write beside a database in WAL mode even to read it, so one whose
 * log is empty is opened as unchanging, and one whose log holds entries is read from a copy of both.
 */
export function openReadOnlyStore(file: string): ReadOnlyStore {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const log = `${file}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) {
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    const db = checked(new DatabaseSync(url, { readOnly: true }));
    return { db, close: () => db.close() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'aiops-store-'));
  try {
    copyFileSync(file, join(folder, 'guard.db'));
    copyFileSync(log, join(folder, 'guard.db-wal'));
    const db = checked(new DatabaseSync(join(folder, 'guard.db')));
    db.exec('PRAGMA query_only = ON');
    return {
      db,
      close: () => {
        db.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** SQLite reads nothing before it is asked. */
function checked(db: DatabaseSync): DatabaseSync {
  try {
    db.prepare('SELECT count(*) FROM audit').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
