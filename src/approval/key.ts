import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { approverId } from '../../mcp-server/contract/grant.ts';
import { KeyError, keyPaths, prepareFolders, requireOwnersOnly, withFiles } from './key-folder.ts';

/** A key that signs: nothing but `sign.ts` takes it, and it is never sent or shown. */
export type ApproverKey = { id: string; privateKey: KeyObject };

/** PKCS #8 in PEM says in its first line whether it is encrypted. */
const ENCRYPTED = '-----BEGIN ENCRYPTED PRIVATE KEY-----';

/** How an encrypted key is written: PBES2 with this cipher, as OpenSSL reads it. */
const CIPHER = 'aes-256-cbc';

function idOf(privateKey: KeyObject): string {
  return approverId(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
}

function pemOf(privateKey: KeyObject, passphrase: string | undefined): string {
  const plain = { type: 'pkcs8', format: 'pem' } as const;
  const pem = passphrase
    ? privateKey.export({ ...plain, cipher: CIPHER, passphrase })
    : privateKey.export(plain);
  return pem.toString();
}

/** A file of its own beside `path`, complete and on disk, for its owner alone. */
function writeBeside(path: string, text: string): string {
  const beside = `${path}.${process.pid}.new`;
  rmSync(beside, { force: true });
  const file = openSync(beside, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return beside;
}

/** True when `path` is now this text; false when somebody else made it first. Never half a file, never over another. */
function createExclusively(path: string, text: string): boolean {
  const beside = writeBeside(path, text);
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'EEXIST') return false;
    copyFileSync(beside, path, constants.COPYFILE_EXCL); // a file system without hard links
    return true;
  } finally {
    rmSync(beside, { force: true });
  }
}

function replace(path: string, text: string): void {
  renameSync(writeBeside(path, text), path);
}

function writePublicKey(folder: string, privateKey: KeyObject): void {
  const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  replace(keyPaths(folder).publicKey(idOf(privateKey)), pem);
}

/**
 * Makes the key at its first use, trusted by this user's servers, and without a passphrase unless one is
 * given. Does nothing when there is one. Throws `KeyError`.
 * @param folder the product's configuration folder
 */
export function ensureKey(folder: string, passphrase?: string): void {
  const path = keyPaths(folder).privateKey;
  if (existsSync(path)) return;
  prepareFolders(folder);
  withFiles(path, () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    // The public half first: a crash in between leaves a key that nobody has, not one that nobody trusts.
    writePublicKey(folder, privateKey);
    if (!createExclusively(path, pemOf(privateKey, passphrase))) {
      rmSync(keyPaths(folder).publicKey(idOf(privateKey)), { force: true });
    }
  });
}

function readPem(folder: string): string {
  const path = keyPaths(folder).privateKey;
  return withFiles(path, () => {
    requireOwnersOnly(folder, 0o022, 'chmod go-w');
    requireOwnersOnly(path, 0o077, 'chmod 600');
    return readFileSync(path, 'utf8');
  });
}

/** Whether signing will ask for a passphrase; false while there is no key yet. Throws `KeyError`. */
export function needsPassphrase(folder: string): boolean {
  return existsSync(keyPaths(folder).privateKey) && readPem(folder).trimStart().startsWith(ENCRYPTED);
}

/** The key, made if it is not there. Throws `KeyError`: exposed, not a key, passphrase needed or wrong. */
export function unlockKey(folder: string, passphrase?: string): ApproverKey {
  ensureKey(folder);
  const pem = readPem(folder);
  const encrypted = pem.trimStart().startsWith(ENCRYPTED);
  if (encrypted && !passphrase) throw new KeyError({ code: 'passphrase_needed' });
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(encrypted ? { key: pem, passphrase } : pem);
  } catch {
    // OpenSSL does not tell a wrong passphrase from a spoilt file in words worth showing.
    throw new KeyError(
      encrypted ? { code: 'passphrase_wrong' } : { code: 'not_a_key', path: keyPaths(folder).privateKey },
    );
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') {
    throw new KeyError({ code: 'not_a_key', path: keyPaths(folder).privateKey });
  }
  return { id: idOf(privateKey), privateKey };
}

/** Sets, changes or (with null) removes the passphrase; the key stays the same. Throws `KeyError`. */
export function changePassphrase(folder: string, from: string | undefined, to: string | null): void {
  const { privateKey } = unlockKey(folder, from);
  const path = keyPaths(folder).privateKey;
  withFiles(path, () => replace(path, pemOf(privateKey, to ?? undefined)));
}
