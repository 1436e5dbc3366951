import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SESSION_VARIABLE } from '../mcp-server/contract/session-variable.ts';
import type { Approver } from './approval/approver.ts';
import { configurationFolder } from './cli/configuration-folder.ts';
import { glance } from './cli/early-flags.ts';
import { EXIT_CODES } from './cli/exit-codes.ts';
import { type Options, readOptions } from './cli/options.ts';
import type { CliParts } from './cli/parts.ts';
import { UsageError } from './cli/usage-error.ts';
import type { Language } from './domain/reading.ts';
import {
  dropServer,
  type ServerCommand,
  type ServerProcess,
  sameCommand,
  spawnServer,
} from './tools/server-process.ts';

const FILE = fileURLToPath(import.meta.url);
/** The bundle and the sources both stand one folder below the package. */
const PACKAGE = dirname(dirname(FILE));
/** The two halves are of one make: a bundle starts a bundle, sources start sources. */
const SERVER = FILE.endsWith('.ts')
  ? join(PACKAGE, 'mcp-server', 'main.ts')
  : join(PACKAGE, 'bin', 'aiops-mcp.js');

/** A session named from outside goes on after this process. */
const SESSION_IS_ANOTHERS = Boolean(process.env[SESSION_VARIABLE]);
const SESSION = process.env[SESSION_VARIABLE] || randomUUID();

/**
 * The program. The server child is started first of all, before anything large is loaded: it and this
 * process then get ready side by side. Resolves to the exit code.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const early = startEarly(argv);
  const { runCli } = await import('./cli/program.ts');
  const servers = serverSource(early);
  try {
    return await runCli(argv, cliParts(servers.start));
  } finally {
    await servers.dropUnused();
  }
}

function commandFor(flags: readonly string[]): ServerCommand {
  return {
    node: process.execPath,
    args: [SERVER, ...flags],
    env: { ...process.env, [SESSION_VARIABLE]: SESSION },
  };
}

function spawnFor(flags: readonly string[]): ServerProcess {
  const loud = flags.includes('--debug');
  return spawnServer(commandFor(flags), loud ? (text) => process.stderr.write(text) : undefined);
}

function startEarly(argv: readonly string[]): ServerProcess | null {
  const seen = glance(argv);
  if (!seen) return null;
  try {
    return spawnFor(readOptions(seen.given).server);
  } catch (error) {
    // What is wrong with the command line is said by whoever reads it properly.
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** Hands the early server to whoever first asks for just that one; starts others as asked. */
function serverSource(early: ServerProcess | null) {
  let waiting = early;
  return {
    start: (flags: readonly string[]) => (): ServerProcess => {
      const ready = waiting;
      if (ready && sameCommand(ready.command, commandFor(flags))) {
        waiting = null;
        return ready;
      }
      return spawnFor(flags);
    },
    dropUnused: async () => {
      if (waiting) await dropServer(waiting);
    },
  };
}

type StartServer = (flags: readonly string[]) => () => ServerProcess;

function cliParts(startServer: StartServer): CliParts {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const now = () => new Date();
  const { stdin, stdout, stderr } = process;

  const openTools = async (options: Options) => {
    const { createTools } = await import('./tools/client.ts');
    return createTools(startServer(options.server), { version, stopwatch: () => performance.now() });
  };
  const openPlanner = async () => {
    const { createPlanner } = await import('./planner/planner.ts');
    return createPlanner();
  };
  const openApprover = async (language: Language) => {
    const [{ approverIn }, { WORDS }] = await Promise.all([
      import('./approval/approver.ts'),
      import('./language/conversation.ts'),
    ]);
    return approverIn(configurationFolder(process.env), () => WORDS[language].approval, now);
  };
  return {
    version,
    server: { node: process.execPath, launcher: SERVER },
    streams: { stdin, stdout, stderr },
    environment: process.env,
    now,
    timeZone,
    openTools,
    openPlanner,
    openApprover,
    openAnswerer: async (options) => {
      const { createAnswerer } = await import('./cli/answerer.ts');
      return createAnswerer(options, process.env, () => performance.now());
    },
    openEngine: async ({ options, language, answerable, watchAlarms }) => {
      // The planner loads beside the rest; a defect in it is the first turn's to tell.
      const planner = openPlanner();
      planner.catch(() => {});
      const [tools, { createEngine }, approver, mostAtOnce] = await Promise.all([
        openTools(options),
        import('./assistant/engine.ts'),
        openApprover(language ?? 'en'),
        import('./cli/configured-language.ts').then((of) => of.configuredMostAtOnce(options, process.env)),
      ]);
      return createEngine({
        tools,
        planner,
        approver,
        answerable,
        language,
        timeZone,
        now,
        clockSpeed: options.speed,
        ...(mostAtOnce === undefined ? {} : { mostAtOnce }),
        watchAlarms,
        sessionEnds: !SESSION_IS_ANOTHERS,
        onDefect: (error) => {
          if (options.debug && error instanceof Error) stderr.write(`${error.stack}\n`);
        },
      });
    },
    openSessions: async (settings) => {
      const { openChatSessions } = await import('./cli/open-sessions.ts');
      return openChatSessions({ ...settings, environment: process.env, version, server: SESSION });
    },
    openStore: async () => {
      const [{ openStore }, { stateFolder }] = await Promise.all([
        import('./store/open-store.ts'),
        import('./store/state-folder.ts'),
      ]);
      return openStore(stateFolder(process.env));
    },
    chat: async ({ engine, sessions, language, settings }) => {
      const { runTerminal } = await import('./terminal/run.tsx');
      // Needed once a proposal is on the screen, long after the engine was made.
      let approver: Approver | null = null;
      const withApprover = async () => {
        approver = await openApprover(language);
        return await engine();
      };
      const encrypted = () => approver?.encrypted() ?? false;
      return await runTerminal({
        engine: withApprover,
        sessions,
        language,
        ...settings,
        version,
        stdin,
        stdout,
        stderr,
        timeZone,
        encrypted,
      });
    },
    onInterrupt: (listener) => {
      let before = false;
      const interrupted = () => {
        // A change that is under way is waited for. Who insists is let go; the server sees it through.
        if (before) process.exit(EXIT_CODES.interrupted.code);
        before = true;
        listener();
      };
      process.on('SIGINT', interrupted);
      process.on('SIGTERM', interrupted);
      return () => {
        process.off('SIGINT', interrupted);
        process.off('SIGTERM', interrupted);
      };
    },
  };
}

if (import.meta.main) process.exit(await main(process.argv.slice(2)));
