import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Configuration, configuration } from '../../mcp-server/contract/configuration.ts';
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
  const { lang } = await configured(options, environment);
  return options.language ?? lang ?? null;
}

/** The configured `max_targets`. Throws like `configuredLanguage`. */
export async function configuredMostAtOnce(
  options: Options,
  environment: NodeJS.ProcessEnv,
): Promise<number | undefined> {
  return (await configured(options, environment)).max_targets;
}

/** The configuration file's content; nothing when there is none. Throws `UsageError` when it does not load. */
export async function configured(options: Options, environment: NodeJS.ProcessEnv): Promise<Configuration> {
  const file = options.config ?? join(configurationFolder(environment), 'config.yaml');
  const text = await contentOf(file, options.config !== null);
  if (text === null || text.trim() === '') return {};
  // The YAML reader is only loaded when there is something to read.
  const { DocumentError, parseDocument } = await import('../../mcp-server/contract/document.ts');
  try {
    return parseDocument(text, file, configuration);
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
