// Parsed by whatever Node is on the PATH, Node 18 too: no syntax newer than that here.
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Keeps V8's compiled code between runs under the user's cache folder, which halves the start. A cache that
 * cannot be written is done without.
 */
export function keepCompiled() {
  const { XDG_CACHE_HOME: set, HOME } = process.env;
  const base = set && isAbsolute(set) ? set : join(HOME || homedir(), '.cache');
  if (module.enableCompileCache) module.enableCompileCache(join(base, 'aiops', 'compiled'));
}
