import { lstat, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Configuration, configuration } from './contract/configuration.ts';
import { DocumentError, parseDocument } from './contract/document.ts';

/** `problem`: why the file does not load, for a person; then nothing may be changed by anyone. */
type LoadedConfiguration = { configuration: Configuration; problem: string | null };

/**
 * Reads the configuration. A default file that is not there is an empty configuration; one that was asked for
 * by name must be there.
 */
export async function loadConfiguration(file: string, asked: boolean): Promise<LoadedConfiguration> {
  try {
    const text = await readFile(file, 'utf8');
    if (text.trim() === '') return { configuration: {}, problem: null };
    return { configuration: located(parseDocument(text, file, configuration), file), problem: null };
  } catch (error) {
    if (!asked && isMissing(error) && !(await isThere(file))) return { configuration: {}, problem: null };
    return { configuration: {}, problem: problemOf(error, file) };
  }
}

/** Account files are named beside the configuration. */
function located(read: Configuration, file: string): Configuration {
  const accounts = read.accounts?.map((account) =>
    'file' in account ? { ...account, file: resolve(dirname(file), account.file) } : account,
  );
  return accounts ? { ...read, accounts } : read;
}

/** True also of a link that leads nowhere: somebody meant a configuration to be here. */
async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function problemOf(error: unknown, file: string): string {
  if (error instanceof DocumentError) return error.message;
  return `${file}: ${error instanceof Error ? error.message : String(error)}`;
}
