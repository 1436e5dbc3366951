import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
export const DEMO = join(PACKAGE, 'accounts', 'demo', 'account.yaml');

/** Runs `work` with folders of its own, so that nothing of whoever measures is read or written. */
export async function inOwnFolders<T>(
  work: (folder: string, environment: Record<string, string>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-bench-'));
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    TERM: 'xterm-256color',
  };
  try {
    return await work(folder, environment);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
