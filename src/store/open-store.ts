import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { KeptLine, SessionPlace, SessionSummary } from '../domain/kept-session.ts';
import { type Database, openDatabase } from './database.ts';
import { readEntry } from './line-schema.ts';
import { lineBody } from './line-size.ts';
import { SESSION_FORMAT } from './schema.ts';
import type { Found, Store } from './store.ts';

/** Opens the store in a folder, or makes it. Throws `StoreError`; see `openDatabase`. */
export function openStore(folder: string, busyMs = 5_000): Store {
  const database = openDatabase(folder, busyMs);
  return { ...sessionsIn(database), ...inputsIn(database), file: database.file, close: database.close };
}

type Sessions = Omit<Store, 'file' | 'inputs' | 'remember' | 'close'>;

function sessionsIn({ read, write }: Database): Sessions {
  return {
    begin: (of) =>
      write((db) => {
        db.prepare(
          `INSERT INTO sessions (id, format, started_at, last_at, asked, folder, place, title, turns, continues, holder)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
        ).run(
          of.id,
          SESSION_FORMAT,
          of.startedAt,
          of.startedAt,
          of.asked,
          of.folder,
          of.place && JSON.stringify(of.place),
          of.title,
          of.continues,
          of.holder,
        );
      }),
    append: (session, lines) =>
      write((db) => {
        const insert = db.prepare('INSERT INTO session_lines (session, at, body) VALUES (?, ?, ?)');
        for (const { at, entry } of lines) insert.run(session, at, lineBody(entry));
        const turns = lines.filter(({ entry }) => entry.type === 'turn_started').length;
        const last = lines.at(-1)?.at ?? 0;
        db.prepare('UPDATE sessions SET last_at = max(last_at, ?), turns = turns + ? WHERE id = ?').run(
          last,
          turns,
          session,
        );
      }),
    update: (session, { place, holder }) =>
      write((db) => {
        if (place !== undefined)
          db.prepare('UPDATE sessions SET place = ? WHERE id = ?').run(JSON.stringify(place), session);
        if (holder !== undefined)
          db.prepare('UPDATE sessions SET holder = ? WHERE id = ?').run(holder, session);
      }),
    find: (id) => read((db) => found(db, id.toLowerCase())),
    list: (most) =>
      read((db) =>
        db.prepare('SELECT * FROM sessions ORDER BY last_at DESC, id LIMIT ?').all(most).map(foundOf),
      ),
    lines: (session) => read((db) => linesOf(db, session)),
    delete: (session) =>
      write((db) => {
        const row = db.prepare('SELECT * FROM sessions WHERE id = ?').get(session);
        if (!row) return null;
        db.prepare('DELETE FROM sessions WHERE id = ?').run(session);
        return foundOf(row).summary;
      }),
    prune: (before, alive) =>
      write((db) => {
        const old = db.prepare('SELECT * FROM sessions WHERE last_at < ?').all(before).map(foundOf);
        const gone = old.filter(({ summary: { holder } }) => holder === null || !alive(holder));
        for (const { summary } of gone) db.prepare('DELETE FROM sessions WHERE id = ?').run(summary.id);
        db.prepare('DELETE FROM inputs WHERE at < ?').run(before);
        return gone.length;
      }),
  };
}

function inputsIn({ read, write }: Database): Pick<Store, 'inputs' | 'remember'> {
  return {
    inputs: (most) =>
      read((db) =>
        db
          .prepare('SELECT text FROM (SELECT * FROM inputs ORDER BY number DESC LIMIT ?) ORDER BY number')
          .all(most)
          .map((row) => String(row.text)),
      ),
    remember: (text, at, most) =>
      write((db) => {
        const next = Number(
          db.prepare('SELECT coalesce(max(number), 0) + 1 AS next FROM inputs').get()?.next,
        );
        db.prepare(
          `INSERT INTO inputs (text, number, at) VALUES (?, ?, ?)
           ON CONFLICT (text) DO UPDATE SET number = excluded.number, at = excluded.at`,
        ).run(text, next, at);
        db.prepare(
          'DELETE FROM inputs WHERE number NOT IN (SELECT number FROM inputs ORDER BY number DESC LIMIT ?)',
        ).run(most);
      }),
  };
}

function found(db: DatabaseSync, id: string): Found[] {
  const exact = db.prepare('SELECT * FROM sessions WHERE id = ?').get(id);
  if (exact) return [foundOf(exact)];
  if (id === '') return [];
  return db
    .prepare('SELECT * FROM sessions WHERE substr(id, 1, ?) = ? ORDER BY last_at DESC LIMIT 10')
    .all(id.length, id)
    .map(foundOf);
}

function linesOf(db: DatabaseSync, session: string) {
  const rows = db
    .prepare('SELECT at, body FROM session_lines WHERE session = ? ORDER BY number')
    .all(session);
  const lines = rows.flatMap((row): KeptLine[] => {
    const entry = readEntry(String(row.body));
    return entry ? [{ at: Number(row.at), entry }] : [];
  });
  return { lines, unread: rows.length - lines.length };
}

function foundOf(row: Record<string, SQLOutputValue>): Found {
  const summary: SessionSummary = {
    id: String(row.id),
    startedAt: Number(row.started_at),
    lastAt: Number(row.last_at),
    asked: String(row.asked),
    folder: String(row.folder),
    place: placeOf(row.place),
    title: String(row.title),
    turns: Number(row.turns),
    continues: row.continues === null ? null : String(row.continues),
    holder: row.holder === null ? null : Number(row.holder),
  };
  return { summary, readable: Number(row.format) <= SESSION_FORMAT };
}

function placeOf(value: SQLOutputValue | undefined): SessionPlace | null {
  if (typeof value !== 'string') return null;
  const place: unknown = JSON.parse(value);
  if (typeof place !== 'object' || place === null) return null;
  if (!('name' in place && 'account' in place && 'backend' in place)) return null;
  const { account } = place;
  return {
    name: String(place.name),
    account: account === null ? null : String(account),
    backend: String(place.backend),
  };
}
