import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configuration } from '../../mcp-server/contract/configuration.ts';
import type { Language } from '../domain/reading.ts';
import { configurationFolder } from './configuration-folder.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

/**
 * The language asked for: `--lang`, else the configuration file's, else null. Throws `UsageError` when the
 * configuration file does not load: half a configuration is none.
 */
export async function configuredLanguage(
  options: Options,
  environment: NodeJS.ProcessEnv,
): Promise<Language | null> {
  const file = options.config ?? join(configurationFolder(environment), 'config.yaml');
  const text = await contentOf(file, options.config !== null);
  if (text === null || text.trim() === '') return options.language;
  // The YAML reader is only loaded when there is something to read.
  const { DocumentError, parseDocument } = await import('../../mcp-server/contract/document.ts');
  try {
    const { lang } = parseDocument(text, file, configuration);
    return options.language ?? lang ?? null;
  } catch (error) {
    if (error instanceof DocumentError) throw new UsageError(error.message);
    throw error;
  }
}

async function contentOf(file: string, mustExist: boolean): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (!mustExist && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
    throw new UsageError(`the configuration file ${file} cannot be read (${code})`);
  }
}
