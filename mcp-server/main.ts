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
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`aiops-mcp: ${error.message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  await serveOverStdio(await composeServer(options, processWorld()));
  return 0;
}

if (import.meta.main) process.exit(await main(process.argv.slice(2)));
