import { createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type AuditHead, auditHead, auditHeadPayload } from '../contract/audit.ts';
import { installationOf } from './installation.ts';

export const HEAD_FILE = 'audit.head';

/** Signs the newest entry's number and hash and keeps it. In the transaction that wrote the entry. */
export function signHead(db: DatabaseSync, sequence: number, hash: string, at: string): void {
  const { privateKey, publicKeyPem } = installationOf(db);
  const signature = sign(null, auditHeadPayload({ sequence, hash, at }), privateKey).toString('base64url');
  const head: AuditHead = { sequence, hash, at, key: publicKeyPem, signature };
  db.prepare('INSERT INTO audit_heads VALUES (?, ?)').run(sequence, JSON.stringify(head));
}

function headSignatureHolds(head: AuditHead): boolean {
  try {
    const key = createPublicKey(head.key);
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, auditHeadPayload(head), key, Buffer.from(head.signature, 'base64url'));
  } catch {
    return false; // not a key: then it signs nothing
  }
}

export function newestHead(db: DatabaseSync): AuditHead | null {
  const row = db.prepare('SELECT body FROM audit_heads ORDER BY sequence DESC LIMIT 1').get();
  return typeof row?.body === 'string' ? headFrom(row.body) : null;
}

function headFrom(text: string): AuditHead | null {
  try {
    return auditHead.parse(JSON.parse(text));
  } catch {
    return null; // not a head; `audit verify` names the row or the file
  }
}

/** The head beside the store: `null` where there is none, `'unreadable'` where it is not one of ours. */
export function readHeadFile(folder: string): AuditHead | null | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(join(folder, HEAD_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return 'unreadable';
  }
  return headFrom(text) ?? 'unreadable';
}

/** Replaces the file in one step. Answers with what went wrong, or null: the log itself is already written. */
export function writeHeadFile(folder: string, head: AuditHead): string | null {
  const there = readHeadFile(folder);
  if (there && there !== 'unreadable' && there.sequence > head.sequence) return null; // another server is ahead
  const half = join(folder, `${HEAD_FILE}.${process.pid}`);
  try {
    writeFileSync(half, `${JSON.stringify(head)}\n`, { mode: 0o600 });
    renameSync(half, join(folder, HEAD_FILE));
    return null;
  } catch (error) {
    rmSync(half, { force: true });
    return `${HEAD_FILE} could not be written (${error instanceof Error ? error.message : String(error)}).`;
  }
}

function hashAt(db: DatabaseSync, sequence: number): string | null {
  const row = db.prepare('SELECT hash FROM audit WHERE sequence = ?').get(sequence);
  return typeof row?.hash === 'string' ? row.hash : null;
}

/** What a head seen outside the log says against the log, in a sentence; null when they agree. */
export function headProblem(
  db: DatabaseSync,
  head: AuditHead,
  called: string,
  key = installationOf(db).publicKeyPem,
): string | null {
  if (!headSignatureHolds(head)) return `${called}: its signature does not hold.`;
  if (head.key !== key) {
    return `${called}: it was signed by another store than this one.`;
  }
  const hash = hashAt(db, head.sequence);
  if (hash === null) return `${called}: it vouches for entry ${head.sequence}, which is missing.`;
  if (hash !== head.hash) return `${called}: entry ${head.sequence} is not the one it vouches for.`;
  return null;
}

/** Whether the log still holds what the file beside it vouches for. */
export function tailProblem(db: DatabaseSync, outside: AuditHead | null | 'unreadable'): string | null {
  if (outside === null) return null;
  if (outside === 'unreadable') return `${HEAD_FILE} cannot be read.`;
  return headProblem(db, outside, HEAD_FILE);
}
