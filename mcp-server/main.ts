import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServer, type World } from './compose.ts';
import { OptionError, type Options, parseOptions, USAGE } from './options.ts';
import { serveOverStdio } from './stdio.ts';

/** Exit code for a command line that cannot be meant (BSD `EX_USAGE`). */
const EXIT_USAGE = 64;

/** The world as a process has it. The bundle and the sources both stand one folder below the package. */
export function processWorld(): World {
  const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    environment: process.env,
    packageFolder,
    version,
    log: (line) => process.stderr.write(`${line}\n`),
    stopwatch: () => performance.now(),
    clock: Date.now,
    random: randomBytes,
  };
}

export async function main(words: string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    process.stderr.write(USAGE);
    return 0;
  }
  let options: Options;
  try {
    options = parseOptions(words);
  } catch (error) {
    return wrongUse(error, `\n${USAGE}`);
  }
  return await serve(options, processWorld()).then(
    () => 0,
    // The words themselves were right; what they name cannot be used.
    (error: unknown) => wrongUse(error, ''),
  );
}

function wrongUse(error: unknown, more: string): number {
  if (!(error instanceof OptionError)) throw error;
  process.stderr.write(`aiops-mcp: ${error.message}\n${more}`);
  return EXIT_USAGE;
}

async function serve(options: Options, world: World): Promise<void> {
  if (options.server !== undefined) {
    const { passOn } = await import('./http/pass-on.ts');
    return passOn(options.server, options, world);
  }
  if (options.http === undefined)
    return serveOverStdio(await composeServer(options, world), world.environment);
  // Loaded for those who want it: most start over standard input, and start often.
  const [{ parseAddress }, { serveOverHttp }] = await Promise.all([
    import('./http/address.ts'),
    import('./http/serve-http.ts'),
  ]);
  const address = parseAddress(options.http);
  await serveOverHttp(await composeServer(options, world), address, options, world);
}

if (import.meta.main) process.exit(await main(process.argv.slice(2)));
