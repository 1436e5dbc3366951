import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { METHODS } from '../../../mcp-server/contract/wire.ts';
import { type AccountDocument, attackedAccount, writeAccount } from './account-file.ts';
import { AttackClient, type ServerCommand } from './mcp-client.ts';
import { Person } from './person.ts';
import { type Reached, type Seen, storyOf } from './seen.ts';

/** What other clients start: the launcher and the bundle that the test run has just made. */
const SERVER = fileURLToPath(new URL('../../../bin/aiops-mcp.js', import.meta.url));
const NODE = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));
/** What V8 compiled for one server serves the next: a suite of many servers starts them in half the time. */
const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/aiops-attacks', import.meta.url));
const SHIFTED_CLOCK = pathToFileURL(fileURLToPath(new URL('./shifted-clock.ts', import.meta.url))).href;

export type SceneOptions = {
  account?: AccountDocument;
  /** The text of the configuration file; none is written without it. */
  configuration?: string;
};

export type ServerOptions = {
  /** Whom the server serves; every client its own unless told otherwise. */
  session?: string;
  args?: string[];
  env?: Record<string, string>;
  capabilities?: ClientCapabilities;
  /** How far this server's clock is off. */
  clockOffsetMs?: number;
  /** Another account file than the scene's own. */
  accountFile?: string;
};

/**
 * A user's home with one simulated account in it, a person who can approve, and as many real servers as an
 * attack needs. What reaches AWS is read from the account's own journal, past every server.
 */
export class Scene {
  readonly folder = mkdtempSync(join(tmpdir(), 'aiops-attack-'));
  readonly configFolder = join(this.folder, 'config', 'aiops');
  readonly stateFolder = join(this.folder, 'state', 'aiops');
  readonly configurationFile = join(this.configFolder, 'config.yaml');
  readonly accountFile = join(this.folder, 'account.yaml');
  readonly person: Person;
  readonly #clients: AttackClient[] = [];
  #sessions = 0;

  constructor({ account = attackedAccount(), configuration }: SceneOptions = {}) {
    mkdirSync(this.configFolder, { recursive: true, mode: 0o700 });
    writeAccount(this.accountFile, account);
    if (configuration !== undefined) writeFileSync(this.configurationFile, configuration);
    this.person = new Person(this.configFolder);
  }

  get environment(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.folder,
      XDG_STATE_HOME: join(this.folder, 'state'),
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  command(options: ServerOptions = {}): ServerCommand {
    this.#sessions += 1;
    const clock = options.clockOffsetMs === undefined ? [] : ['--import', SHIFTED_CLOCK];
    return {
      node: NODE,
      args: [
        ...clock,
        SERVER,
        '--account',
        options.accountFile ?? this.accountFile,
        '--keep',
        ...(options.args ?? []),
      ],
      env: {
        ...this.environment,
        NODE_COMPILE_CACHE: COMPILED,
        AIOPS_SESSION: options.session ?? `session-${this.#sessions}`,
        ATTACK_CLOCK_OFFSET_MS: String(options.clockOffsetMs ?? 0),
        ...options.env,
      },
    };
  }

  async server(options: ServerOptions = {}): Promise<AttackClient> {
    const client = await AttackClient.connect(this.command(options), options.capabilities);
    this.#clients.push(client);
    return client;
  }

  /** Every request that changed the account, in order, whoever sent it. */
  reached(): Reached[] {
    const mark = createHash('sha256').update(this.accountFile).digest('hex').slice(0, 16);
    const path = join(this.stateFolder, 'simulated', `${mark}.journal`);
    if (!existsSync(path)) return [];
    const journal = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      const rows = journal.prepare('SELECT body FROM entries ORDER BY seq').all();
      return rows.map(({ body }) => {
        const { event, resources } = JSON.parse(String(body));
        return { event, resources: resources.map((one: { name: string }) => one.name) };
      });
    } finally {
      journal.close();
    }
  }

  /** Runs an attack and tells what became of it: the answer, what reached AWS, what moved, what the audit says. */
  async watch<T>(by: AttackClient, attack: () => Promise<T>): Promise<Seen<T>> {
    const before = { states: await by.states(), reached: this.reached().length };
    const last = (await by.audit()).at(-1)?.sequence ?? 0;
    const answer = await attack();
    const states = await by.states();
    const entries = await by.audit(last);
    return {
      answer,
      reached: this.reached().slice(before.reached),
      moved: Object.keys(states).filter((id) => states[id] !== before.states[id]),
      entries,
      audit: storyOf(entries),
    };
  }

  /** The store as somebody has it who can write the file; the log's own triggers are in the way no more. */
  tamper(work: (db: DatabaseSync) => void): void {
    const db = new DatabaseSync(join(this.stateFolder, 'guard.db'), { timeout: 5_000 });
    try {
      const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
      for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
      work(db);
    } finally {
      db.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export { METHODS };
