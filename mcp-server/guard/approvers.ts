import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { untouched } from '../cloud/call-failure.ts';
import { approverId, type Grant, grantPayload } from '../contract/grant.ts';

/** Whose signatures count: the public keys in a folder that only its owner can write. */
export type Approvers = {
  /** Null for a key nobody trusts here. Throws `CallFailure` when the folder cannot be trusted or read. */
  find(id: string): KeyObject | null;
};

function requireOwnersOnly(path: string): void {
  if (process.platform === 'win32') return;
  const about = statSync(path);
  if (about.mode & 0o022) {
    throw untouched(
      'configuration',
      `Others can write to ${path} (mode ${(about.mode & 0o777).toString(8)}): whoever can write there could approve changes. Nothing was run.`,
      { hint: `Run: chmod go-w '${path}'` },
    );
  }
  const self = process.getuid?.() ?? about.uid;
  if (about.uid !== self && about.uid !== 0) {
    throw untouched('configuration', `${path} belongs to another user. Nothing was run.`, {
      hint: `Remove it, or change its owner if it is yours: chown ${self} '${path}'`,
    });
  }
}

function readKey(path: string): KeyObject {
  requireOwnersOnly(path);
  let key: KeyObject | null = null;
  try {
    key = createPublicKey(readFileSync(path, 'utf8'));
  } catch {
    // answered below, with everything else that is not such a key
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw untouched('configuration', `${path} is not an Ed25519 public key (SPKI, PEM). Nothing was run.`, {
    hint: 'Remove the file, or replace it by the approver’s public key.',
  });
}

function keyFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.pub'));
    requireOwnersOnly(folder);
    return names.sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOENT') return [];
      throw untouched('configuration', `The approvers in ${folder} cannot be read (${error.message}).`, {
        hint: 'Make the folder readable for you.',
      });
    }
    throw error;
  }
}

/** `folder`: `approvers` in the product's configuration folder. Read anew each time: a removed key stops counting at once. */
export function approversIn(folder: string): Approvers {
  return {
    find: (id) => {
      for (const name of keyFiles(folder)) {
        const key = readKey(join(folder, name));
        if (approverId(key.export({ type: 'spki', format: 'der' })) === id) return key;
      }
      return null;
    },
  };
}

/** Ed25519 signatures are 64 bytes. */
const SIGNATURE_BYTES = 64;

/** Why a grant's signature does not count, in a sentence; null when it does. */
export function signatureProblem(grant: Grant, approvers: Approvers): string | null {
  const key = approvers.find(grant.approver);
  if (!key) return 'It was signed with a key that is not trusted here.';
  if (signatureHolds(grant, key)) return null;
  return 'Its signature does not hold: it was changed after it was signed, or never signed.';
}

function signatureHolds({ signature, ...signed }: Grant, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.length !== SIGNATURE_BYTES) return false;
  try {
    return verify(null, grantPayload(signed), key, bytes);
  } catch (error) {
    // Nested deeper than it can be written down, or holding what JSON cannot: nobody has signed that.
    if (error instanceof RangeError || error instanceof TypeError) return false;
    throw error;
  }
}
