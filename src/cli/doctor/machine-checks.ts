import { type Check, failure, good, note, warning } from './check.ts';

/** What this machine and its terminal are like. */
export type Machine = {
  nodeVersion: string;
  terminal: { input: boolean; output: boolean; columns: number | undefined; rows: number | undefined };
  environment: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
};

const OLDEST_NODE = [22, 13] as const;
/** A dialog and its answers fit into this. */
const SMALLEST = { columns: 40, rows: 15 } as const;

export function machineChecks(machine: Machine): Check[] {
  return [nodeCheck(machine), terminalCheck(machine), charactersCheck(machine)];
}

function nodeCheck({ nodeVersion }: Machine): Check {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const [needed, least] = OLDEST_NODE;
  if (major > needed || (major === needed && minor >= least)) return good('node', nodeVersion);
  return failure('node', nodeVersion, `Install Node ${needed}.${least} or newer.`);
}

function terminalCheck({ terminal, environment }: Machine): Check {
  const { input, output, columns = 0, rows = 0 } = terminal;
  if (!input || !output)
    return note('terminal', 'standard input or output is not a terminal: no chat here, `aiops ask` works');
  if (environment.TERM === 'dumb')
    return warning(
      'terminal',
      'TERM is dumb: nothing can be redrawn',
      'Use --screen-reader, or another terminal.',
    );
  const size = `${columns}×${rows}`;
  if (columns < SMALLEST.columns || rows < SMALLEST.rows)
    return warning('terminal', size, `Make it ${SMALLEST.columns}×${SMALLEST.rows} or larger.`);
  const colours = environment.NO_COLOR ? ', no colours (NO_COLOR)' : '';
  return good('terminal', `${size}${colours}`);
}

/** What the C library looks at, in its order (POSIX, "Internationalization Variables"). */
function charactersCheck({ environment, platform }: Machine): Check {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  if (platform === 'win32' || /utf-?8/i.test(locale)) return good('characters', locale || 'UTF-8');
  return warning(
    'characters',
    locale === '' ? 'no locale is set' : `the locale is ${locale}`,
    'export LANG=C.UTF-8, so that Korean and Chinese are shown as they are.',
  );
}
