import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { createToolCalls, type ToolCalls } from './call-tool.ts';
import { checkAccounts } from './checkup/checkup.ts';
import { type Accounts, accountSources } from './cloud/accounts.ts';
import { createFileCostCache } from './cloud/cost-cache.ts';
import { createLimit } from './cloud/limit.ts';
import { openAccounts } from './cloud/open-accounts.ts';
import { openCloud } from './cloud/open-cloud.ts';
import { loadConfiguration } from './configuration-file.ts';
import { type Configuration, DEFAULT_LOG_SCAN_GIB } from './contract/configuration.ts';
import { METHODS } from './contract/wire.ts';
import { configurationFile, stateFolder } from './folders.ts';
import { approversIn } from './guard/approvers.ts';
import { createGuard, type GuardParts } from './guard/create-guard.ts';
import { createDesk } from './guard/desk.ts';
import { serverIdOf } from './guard/installation.ts';
import { type Ledger, openLedger } from './guard/ledger.ts';
import { policyOf } from './guard/policy.ts';
import { recordTurnedAway } from './guard/turned-away.ts';
import { guardMethods } from './guard-methods.ts';
import type { Methods } from './methods.ts';
import type { Options } from './options.ts';
import { recoverOnce } from './recovery.ts';
import { publishedResources } from './resources.ts';
import { createServer } from './server.ts';
import { TOOLS } from './tools/registry.ts';
import type { AnyTool } from './tools/tool.ts';

/** What the server takes from the world around it. */
export type World = {
  environment: NodeJS.ProcessEnv;
  /** The package's folder: where the account that ships with it is. */
  packageFolder: string;
  version: string;
  /** Takes one line for whoever watches standard error. */
  log: (line: string) => void;
  /** Milliseconds that only go forward. */
  stopwatch: () => number;
  /** Milliseconds since 1970. */
  clock: () => number;
  random: (bytes: number) => Buffer;
};

/** Parts that a test puts something around, to see what holds when they fail. */
export type Decoration = {
  ledger?: (ledger: Ledger) => Ledger;
  tool?: (tool: AnyTool) => AnyTool;
};

/** Calls carried out at the same time; more wait their turn. */
const CALLS_AT_ONCE = 16;

export type ComposedServer = {
  /** One server for one connection, which is the session that proposals and grants are bound to. */
  forConnection(session: string): Server;
  /** Looks up what an earlier run left open. Resolves when that is known. */
  recover(): Promise<void>;
  /** Resolves when no change is under way. */
  settled(): Promise<void>;
  /** Lets go of the store. For the end, when nothing is asked any more. */
  close(): void;
};

/** Builds the server of its parts. The current account starts opening at once; nothing waits for it. */
export async function composeServer(
  options: Options,
  world: World,
  decoration: Decoration = {},
): Promise<ComposedServer> {
  const { environment } = world;
  const usualFile = configurationFile(environment);
  const { configuration, problem } = await loadConfiguration(
    options.config ?? usualFile,
    options.config !== undefined,
  );
  const accounts = accountsOf(options, configuration, world);
  // Reading the account file goes on while the transport starts; whoever needs it hears of a failure.
  accounts.all[0]?.open().catch(() => {});

  const paid = createFileCostCache(join(stateFolder(environment), 'cost-cache.json'));
  const cloud = openCloud(accounts, world.stopwatch, budgetsOf(configuration), paid);
  const { tool: decorated = (tool) => tool, ledger: around = (ledger) => ledger } = decoration;
  const tools = new Map(TOOLS.map((tool) => [tool.contract.name, decorated(tool)]));
  const ledger = around(openLedger({ folder: stateFolder(environment), random: world.random }));
  const guardParts: GuardParts = {
    ledger,
    approvers: approversIn(join(dirname(usualFile), 'approvers')),
    policy:
      problem === null
        ? { ok: true, policy: policyOf(configuration, options.readOnly) }
        : { ok: false, problem },
    clock: world.clock,
    random: world.random,
  };
  const recovered = recoverOnce(ledger, tools, cloud, world.clock);
  const calls = createToolCalls({
    tools,
    cloud,
    guard: createGuard(guardParts),
    turnedAway: recordTurnedAway(guardParts),
    stopwatch: world.stopwatch,
    report,
  });
  const underWay = trackChanges(calls, tools);
  const resources = publishedResources({
    cloud,
    server: async () => (existsSync(ledger.file) ? ledger.read(serverIdOf) : ''),
    readOnly: options.readOnly || (configuration.read_only ?? false),
    recovered,
    notes: problem === null ? [] : [`The configuration does not load, so nothing may be changed: ${problem}`],
  });
  const methods: Methods = {
    ...guardMethods({ desk: createDesk(guardParts), tools, cloud }),
    [METHODS.checkup]: async ({ tools: named }) => ({
      accounts: await checkAccounts(accounts, named, world.clock),
    }),
  };
  const limit = createLimit(CALLS_AT_ONCE);

  function report(error: unknown): string {
    const id = randomUUID().slice(0, 8);
    if (options.debug) world.log(`${id} ${error instanceof Error ? error.stack : String(error)}`);
    return id;
  }

  return {
    forConnection: (session) =>
      createServer({
        version: world.version,
        tools,
        calls: underWay.calls,
        resources,
        methods,
        session,
        limit,
        report,
      }),
    recover: () =>
      recovered().then(
        () => {},
        // Whoever reads the account's report hears of it; nothing else depends on it.
        (error: unknown) => void report(error),
      ),
    settled: underWay.settled,
    close: () => ledger.close(),
  };
}

function budgetsOf({ log_scan_gib = DEFAULT_LOG_SCAN_GIB }: Configuration) {
  return { logScanBytes: log_scan_gib * 2 ** 30 };
}

/** The accounts that flags, configuration and environment name. */
function accountsOf(options: Options, configuration: Configuration, world: World): Accounts {
  const { environment, packageFolder } = world;
  const demo = join(packageFolder, 'accounts', 'demo', 'account.yaml');
  return openAccounts(accountSources(options, configuration, environment, demo), environment, {
    ...(options.now === undefined ? {} : { startAt: new Date(options.now) }),
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    ...(options.keep ? { keepIn: join(stateFolder(environment), 'simulated') } : {}),
  });
}

/** Knows which changes are being carried out. */
function trackChanges(calls: ToolCalls, tools: ReadonlyMap<string, AnyTool>) {
  const running = new Set<Promise<unknown>>();
  const tracked: ToolCalls = (call) => {
    const answer = calls(call);
    if (tools.get(call.name)?.kind === 'change') {
      running.add(answer);
      answer.finally(() => running.delete(answer));
    }
    return answer;
  };
  return {
    calls: tracked,
    settled: async () => {
      await Promise.allSettled(running);
    },
  };
}
