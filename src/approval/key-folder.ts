import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyProblem } from '../domain/approval-words.ts';

/** The approver's key cannot be used; `problem` says why, for `ApprovalWords.key`. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly problem: KeyProblem;

  constructor(problem: KeyProblem) {
    super(`approval key: ${problem.code}`);
    this.problem = problem;
  }
}

/** Where things lie in the product's configuration folder. The server reads the public keys from `approvers`. */
export function keyPaths(folder: string) {
  const approvers = join(folder, 'approvers');
  return {
    privateKey: join(folder, 'approver.key'),
    approvers,
    publicKey: (id: string) => join(approvers, `${id}.pub`),
  };
}

/** Runs file system work; its errors become `unusable` with the system's own words. */
export function withFiles<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw new KeyError({ code: 'unusable', path, why: error.message });
    }
    throw error;
  }
}

/** Throws `KeyError` when others have any of the `forbidden` rights on a path, or it is another user's. */
export function requireOwnersOnly(path: string, forbidden: number, fix: string): void {
  if (process.platform === 'win32') return;
  const about = statSync(path);
  if (about.mode & forbidden) {
    throw new KeyError({
      code: 'exposed',
      path,
      mode: (about.mode & 0o777).toString(8),
      fix: `${fix} '${path}'`,
    });
  }
  const self = process.getuid?.() ?? about.uid;
  if (about.uid !== self && about.uid !== 0) throw new KeyError({ code: 'foreign', path });
}

/** Makes the folders with mode 0700 where they are missing; refuses those that others can write. */
export function prepareFolders(folder: string): void {
  const { approvers } = keyPaths(folder);
  withFiles(folder, () => {
    mkdirSync(approvers, { recursive: true, mode: 0o700 });
    requireOwnersOnly(folder, 0o022, 'chmod go-w');
    requireOwnersOnly(approvers, 0o022, 'chmod go-w');
  });
}
