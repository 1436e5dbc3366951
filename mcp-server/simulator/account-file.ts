import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DocumentError, documentError, parseDocument } from '../contract/document.ts';
import { type AccountDocument, accountDocument } from './format/account.ts';
import { contradictions } from './format/contradictions.ts';
import { checkSideFiles, missingFiles } from './format/side-files.ts';
import { faultReach } from './world/faults/registry.ts';

export { FAULT_KINDS, type FaultKind } from './format/drills.ts';

/** An account file, read and checked. */
export type AccountFile = AccountDocument & {
  /** Absolute. */
  path: string;
  /** What the file's own paths are counted from; absolute. */
  folder: string;
};

/**
 * Reads an account file: the whole format, though not all of it acts yet.
 *
 * @throws DocumentError when it cannot be read or does not hold together: file, line, problem and fix
 */
export async function readAccountFile(path: string): Promise<AccountFile> {
  const text = await readText(path);
  const document = parseDocument(text, path, accountDocument);
  const folder = dirname(resolve(path));
  const problems = [...contradictions(document, faultReach), ...missingFiles(document, folder)];
  if (problems.length > 0) throw documentError({ text, file: path }, problems);
  await checkSideFiles(document, folder);
  return { ...document, path: resolve(path), folder };
}

const READ_PROBLEMS: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  ENOENT: ['there is no such file.', 'Check the path.'],
  EISDIR: ['this is a folder.', 'Give the account file itself.'],
  EACCES: ['it may not be read.', 'Check its permissions.'],
};

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const known = READ_PROBLEMS[code];
    if (known === undefined) throw error;
    const [message, fix] = known;
    throw new DocumentError(path, [{ line: 0, column: 0, path: '', message, fix }]);
  }
}
