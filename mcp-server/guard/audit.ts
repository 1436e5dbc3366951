import type { DatabaseSync } from 'node:sqlite';
import { type AuditEntry, auditEntry, auditHash, FIRST_PREVIOUS } from '../contract/audit.ts';
import { canonicalJson, digestOf } from '../contract/canonical.ts';
import { signHead } from './audit-head.ts';
import { noteTime, serverIdOf } from './installation.ts';
import { bounded } from './outside-text.ts';

type Happening = {
  now: number;
  session: string;
  event: AuditEntry['event'];
  subject: string | null;
  detail: Record<string, unknown>;
};

/** Adds one line to the chain, in the caller's transaction, and answers with its number. */
export function appendEntry(db: DatabaseSync, of: Happening): number {
  const last = db.prepare('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1').get();
  const line: Omit<AuditEntry, 'hash'> = {
    sequence: Number(last?.sequence ?? 0) + 1,
    at: new Date(of.now).toISOString(),
    server: serverIdOf(db),
    session: String(bounded(of.session)),
    event: of.event,
    subject: of.subject,
    detail: bounded(of.detail) as Record<string, unknown>,
    previous: typeof last?.hash === 'string' ? last.hash : FIRST_PREVIOUS,
  };
  const hash = auditHash(line);
  db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    line.sequence,
    line.at,
    line.server,
    line.session,
    line.event,
    line.subject,
    canonicalJson(line.detail),
    line.previous,
    hash,
  );
  noteTime(db, of.now);
  // With every entry: whatever is cut off the end, the newest head shows it.
  signHead(db, line.sequence, hash, line.at);
  return line.sequence;
}

/** How long a repeat of the same refusal counts with the ones before it. */
const FOLD_MS = 10 * 60_000;

/**
 * Adds a refusal. The same one over and over is written at its 1st, 2nd, 4th, 8th ... time with the count so
 * far, so that a client that keeps knocking fills no disk and is still seen.
 */
export function appendRefusal(db: DatabaseSync, of: Omit<Happening, 'event'>): void {
  const detail = bounded(of.detail) as Record<string, unknown>;
  // The reason in words may hold a time of day; the rest tells one refusal from another.
  const told = { ...detail, reason: undefined };
  const key = digestOf('aiops refusal v1', { session: of.session, subject: of.subject, told });
  const before = db.prepare('SELECT count, last_at FROM refusals WHERE key = ?').get(key);
  const fresh = !before || of.now - Number(before.last_at) > FOLD_MS;
  const count = fresh ? 1 : Number(before.count) + 1;
  db.prepare('DELETE FROM refusals WHERE last_at < ?').run(of.now - FOLD_MS);
  db.prepare('INSERT OR REPLACE INTO refusals VALUES (?, ?, ?)').run(key, count, of.now);
  if (Number.isInteger(Math.log2(count))) {
    appendEntry(db, { ...of, event: 'refused', detail: { ...of.detail, times: count } });
  }
}

/** A row as an entry; null when it is not one (`audit verify` then says so). */
export function entryOf(row: Record<string, unknown>): AuditEntry | null {
  try {
    return auditEntry.parse({ ...row, detail: JSON.parse(String(row.detail)) });
  } catch {
    return null;
  }
}

/** The last entries, or the first ones after a number, in order; `last` is how many. */
export function showEntries(db: DatabaseSync, of: { last?: number; after?: number }): AuditEntry[] {
  const most = of.last ?? 10_000;
  const rows =
    of.after === undefined
      ? db
          .prepare('SELECT * FROM (SELECT * FROM audit ORDER BY sequence DESC LIMIT ?) ORDER BY sequence')
          .all(most)
      : db.prepare('SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?').all(of.after, most);
  return rows.map((row) => entryOf(row)).filter((entry) => entry !== null);
}
