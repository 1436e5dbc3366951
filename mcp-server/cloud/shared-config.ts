import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `[section]` → its settings; a setting with an indented block under it is `setting.name`. */
type SharedConfig = Map<string, Map<string, string>>;

/**
 * Reads text in the format of the AWS configuration files. Lines that mean nothing are passed over, as the
 * SDK does. Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files".
 */
function parseSharedConfig(text: string): SharedConfig {
  const sections: SharedConfig = new Map();
  let section: Map<string, string> | null = null;
  let block: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const written = line.replace(/(^|\s)[#;].*$/, '').trimEnd();
    if (written === '') continue;
    const heading = /^\[\s*([^\]]+?)\s*\]/.exec(written)?.[1];
    if (heading !== undefined) {
      const name = heading.split(/\s+/).join(' ');
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      block = null;
      continue;
    }
    const [, indent = '', key = '', value = ''] = /^(\s*)([^=\s]+)\s*=\s*(.*)$/.exec(written) ?? [];
    if (!section || key === '') continue;
    if (indent === '') {
      section.set(key, value);
      block = value === '' ? key : null;
    } else if (block !== null) section.set(`${block}.${key}`, value);
  }
  return sections;
}

/** The settings of a profile, and of the `services` section it names. */
export async function readProfile(
  profile: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ settings: Map<string, string>; services: Map<string, string>; known: boolean }> {
  const folder = join(environment.HOME || homedir(), '.aws');
  const [config, credentials] = await Promise.all([
    readOrEmpty(environment.AWS_CONFIG_FILE || join(folder, 'config')),
    readOrEmpty(environment.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials')),
  ]);
  const own = config.get(`profile ${profile}`) ?? (profile === 'default' ? config.get('default') : undefined);
  const settings = new Map([...(credentials.get(profile) ?? []), ...(own ?? [])]);
  const known = own !== undefined || credentials.has(profile);
  return { settings, known, services: config.get(`services ${settings.get('services')}`) ?? new Map() };
}

async function readOrEmpty(path: string): Promise<SharedConfig> {
  try {
    return parseSharedConfig(await readFile(path, 'utf8'));
  } catch {
    // Not there or not readable: the SDK then finds nothing in it either.
    return new Map();
  }
}
