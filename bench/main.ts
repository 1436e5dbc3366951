import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { benchCommands } from './commands.ts';
import { benchInsights } from './insights.ts';
import { benchOverhead } from './overhead.ts';
import { benchScale } from './scale.ts';
import { benchStartup } from './startup.ts';
import { benchTerminal } from './terminal.ts';

/** A bench prints its figures and gives the exit code: 0 when it could run, whatever the figures. */
type Bench = (options: { data: string; json: boolean; seconds?: number }) => Promise<number>;

const BENCHES: Readonly<Record<string, Bench>> = {
  commands: benchCommands,
  startup: benchStartup,
  overhead: benchOverhead,
  scale: benchScale,
  insights: benchInsights,
  terminal: benchTerminal,
};

/** Benches that score against recorded cases; the others make their own data. */
const NEEDS_DATA: ReadonlySet<string> = new Set(['commands']);

function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at === -1 ? undefined : args[at + 1];
}

const [name = '', ...rest] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench === undefined) {
  process.stderr.write(
    `bench: say which of ${Object.keys(BENCHES).join(', ')} [--data DIR] [--seconds N] [--json]\n`,
  );
  process.exitCode = 2;
} else {
  const given = option(rest, '--data');
  const data = given ?? fileURLToPath(new URL(`../../shared/eval/${name}`, import.meta.url));
  if (NEEDS_DATA.has(name) && !existsSync(data)) {
    const what = given === undefined ? 'the default data folder' : 'the data folder';
    process.stderr.write(`bench: ${what} ${data} is not there; say where it is with --data DIR\n`);
    process.exitCode = 2;
  } else {
    const seconds = Number(option(rest, '--seconds') ?? Number.NaN);
    const timed = Number.isFinite(seconds) ? { seconds } : {};
    process.exitCode = await bench({ data, json: rest.includes('--json'), ...timed });
  }
}
