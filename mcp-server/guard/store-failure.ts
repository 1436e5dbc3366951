import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Failure } from '../contract/failure.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that a person can do something about. */
const SQLITE: Readonly<Record<number, { what: string; todo: string }>> = {
  3: { what: 'may not be opened', todo: 'Check who owns it and its folder.' },
  5: { what: 'is held by another process', todo: 'Try again in a moment.' },
  6: { what: 'is held by another process', todo: 'Try again in a moment.' },
  8: { what: 'cannot be written', todo: 'Make it and its folder writable for you, or set XDG_STATE_HOME.' },
  10: { what: 'met an input/output error', todo: 'Check the disk, then try again.' },
  11: { what: 'is damaged', todo: 'Move it away together with audit.head, or restore a copy of both.' },
  13: { what: 'cannot grow: the disk is full', todo: 'Free some space, then try again.' },
  14: { what: 'cannot be opened', todo: 'Make its folder writable for you, or set XDG_STATE_HOME.' },
  26: { what: 'is not a guard store', todo: 'Move it away, or restore a copy.' },
};

const SYSTEM: Readonly<Record<string, { what: string; todo: string }>> = {
  EACCES: { what: 'cannot be written', todo: 'Make its folder writable for you, or set XDG_STATE_HOME.' },
  EPERM: { what: 'belongs to someone else', todo: 'Check who owns it and its folder.' },
  EROFS: {
    what: 'is on a read-only file system',
    todo: 'Set XDG_STATE_HOME to a folder that can be written.',
  },
  ENOSPC: { what: 'cannot grow: the disk is full', todo: 'Free some space, then try again.' },
  EDQUOT: { what: 'cannot grow: the quota is used up', todo: 'Free some space, then try again.' },
  EFBIG: { what: 'cannot grow: a file size limit is reached', todo: 'Raise the limit, then try again.' },
  ENOTDIR: { what: 'has a file where a folder should be', todo: 'Set XDG_STATE_HOME to a folder.' },
  EEXIST: { what: 'has a file where a folder should be', todo: 'Set XDG_STATE_HOME to a folder.' },
  ENOENT: { what: 'cannot be created', todo: 'Set XDG_STATE_HOME to a folder that can be written.' },
};

function known(error: Error): { what: string; todo: string } | null {
  if ('errcode' in error && typeof error.errcode === 'number') {
    return (
      SQLITE[error.errcode & 0xff] ?? { what: `failed (SQLite ${error.errcode})`, todo: 'Check the disk.' }
    );
  }
  if ('syscall' in error && 'code' in error && typeof error.code === 'string') {
    return (
      SYSTEM[error.code] ?? { what: `cannot be used (${error.code})`, todo: 'Check the disk and the folder.' }
    );
  }
  return null;
}

/** Whether the error says that nothing may be written there, which keeps nobody from reading. */
export function isUnwritable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number')
    return [3, 8, 14].includes(error.errcode & 0xff);
  return 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code));
}

/** A store that says why it will not serve. Without it nothing can be approved, claimed or logged: nothing runs. */
export function storeRefusal(message: string, hint: string, more: Partial<Failure> = {}): CallFailure {
  return untouched('store', message, { hint, ...more });
}

/** An error of SQLite or the file system in words; every other error comes back as it is. */
export function asStoreFailure(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof CallFailure) return error;
  const told = known(error);
  if (!told) return error;
  return storeRefusal(`The guard's store ${file} ${told.what} (${error.message}).`, told.todo);
}
