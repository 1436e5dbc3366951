import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The tests that start the whole program start what a person starts: the bundle, made from the tree as it is now. */
export default function buildOnce(): void {
  const script = fileURLToPath(new URL('../scripts/build.ts', import.meta.url));
  if (existsSync(script))
    execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
}
