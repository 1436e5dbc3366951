import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** What tells this installation's servers from any other's: an id, and the key that signs audit heads. */
type Installation = { id: string; privateKey: KeyObject; publicKeyPem: string };

function readMeta(db: DatabaseSync, name: string): string | null {
  const row = db.prepare('SELECT value FROM meta WHERE name = ?').get(name);
  return typeof row?.value === 'string' ? row.value : null;
}

function writeMeta(db: DatabaseSync, name: string, value: string): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
    name,
    value,
  );
}

/** Once, in the transaction that makes the tables. */
export function prepareInstallation(db: DatabaseSync, random: (bytes: number) => Buffer): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeMeta(db, 'server_id', random(16).toString('hex'));
  writeMeta(db, 'server_key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

export function serverIdOf(db: DatabaseSync): string {
  return readMeta(db, 'server_id') ?? '';
}

export function installationOf(db: DatabaseSync): Installation {
  const privateKey = createPrivateKey(readMeta(db, 'server_key') ?? '');
  return {
    id: serverIdOf(db),
    privateKey,
    publicKeyPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** The latest moment any server of this store has seen, in milliseconds since 1970; 0 before the first. */
export function latestTimeSeen(db: DatabaseSync): number {
  return Number(readMeta(db, 'latest_time') ?? 0);
}

export function noteTime(db: DatabaseSync, now: number): void {
  if (now > latestTimeSeen(db)) writeMeta(db, 'latest_time', String(now));
}
