import type { StoreProblem } from '../domain/kept-session.ts';

/** The store cannot do what was asked; `problem` says why. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem) {
    super(`${problem.file}: ${problem.code} (${problem.detail})`);
    this.problem = problem;
  }
}

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, StoreProblem['code']>> = {
  3: 'unwritable',
  5: 'busy',
  6: 'busy',
  8: 'unwritable',
  10: 'unusable',
  11: 'damaged',
  13: 'full',
  14: 'unwritable',
  26: 'damaged',
};

const SYSTEM: Readonly<Record<string, StoreProblem['code']>> = {
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EROFS: 'unwritable',
  ENOTDIR: 'unwritable',
  EEXIST: 'unwritable',
  ENOENT: 'unwritable',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
};

/** An error of SQLite or the file system as a `StoreError`; every other error comes back as it is. */
export function asStoreError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = codeOf(error);
  return code === null ? error : new StoreError({ code, file, detail: error.message });
}

function codeOf(error: Error): StoreProblem['code'] | null {
  if ('errcode' in error && typeof error.errcode === 'number')
    return SQLITE[error.errcode & 0xff] ?? 'unusable';
  if ('syscall' in error && 'code' in error) return SYSTEM[String(error.code)] ?? 'unusable';
  return null;
}
