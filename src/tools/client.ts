import { ReadResourceResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { ToolInput, ToolName, ToolOutput } from '../../mcp-server/contract/catalogue.ts';
import { type Directory, directory } from '../../mcp-server/contract/directory.ts';
import type { Failure } from '../../mcp-server/contract/failure.ts';
import { gravestRisk } from '../../mcp-server/contract/risk.ts';
import {
  type AccountReport,
  accountReport,
  META,
  METHOD_SHAPES,
  METHODS,
  RESOURCES,
} from '../../mcp-server/contract/wire.ts';
import { whatBecameOf } from './after-crash.ts';
import { callAnswer, failed, readAnswer, readError } from './call-answer.ts';
import { createConnection, type Link, ServerStartError } from './connection.ts';
import { hasEnded, type ServerProcess } from './server-process.ts';
import { createSlots } from './slots.ts';
import {
  type CallOptions,
  type CallResult,
  type MethodName,
  type MethodResult,
  type Tools,
  ToolsError,
} from './tools.ts';

const CONCURRENT_CALLS = 16;
/** A resize waits for a stop and a start; nothing the server does takes longer than this. */
const CALL_TIMEOUT_MS = 900_000;
/** An audit log is asked only for its end when a server died: the change is among the newest. */
const RECENT_ENTRIES = 1_000;

/** Others start and stop resources too: names are looked up anew after this long. */
const DIRECTORY_MS = 60_000;

const STARTED_OVER = 'The simulated account started over: its changes were not kept; --keep keeps them.';

/** A request whose server ended before it answered. */
class ServerGone extends Error {}

/**
 * The MCP client. `start` spawns a server child, or hands over one that was spawned before.
 */
export function createTools(
  start: () => ServerProcess,
  options: { version: string /** Milliseconds that only go forward. */; stopwatch: () => number },
): Tools {
  const connection = createConnection(start, options.version);
  const inSlot = createSlots(CONCURRENT_CALLS);
  /** How many changes were sent: each may have moved what the directory and the account report say. */
  let changes = 0;
  let past = { received: 0, sent: 0 };
  let current: Link | null = null;

  async function link(): Promise<Link> {
    const live = await connection.link();
    if (current && current !== live) {
      past = sum(past, current.transport.bytes);
    }
    current = live;
    return live;
  }

  /** One request over the live link. Throws `ServerGone` when the server ended under it. */
  async function request<Result>(
    method: string,
    params: Record<string, unknown>,
    shape: z.ZodType<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const live = await link();
    try {
      const loose = z.looseObject({});
      const answer = await live.client.request({ method, params }, loose, {
        timeout: CALL_TIMEOUT_MS,
        ...(signal ? { signal } : {}),
      });
      return shape.parse(answer);
    } catch (error) {
      if (hasEnded(live.server) && !signal?.aborted) throw new ServerGone();
      throw error;
    }
  }

  async function twice<Result>(once: () => Promise<Result>): Promise<Result> {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof ServerGone)) throw error;
      return await once();
    }
  }

  async function call(name: string, args: Record<string, unknown>, how: CallOptions): Promise<CallResult> {
    const meta = {
      ...(how.grant ? { [META.grant]: how.grant } : {}),
      ...(how.step === undefined ? {} : { [META.step]: how.step }),
    };
    const params = { name, arguments: args, ...(how.grant ? { _meta: meta } : {}) };
    const { grant } = how;
    if (grant) {
      try {
        return readAnswer(name, await request('tools/call', params, callAnswer), true);
      } catch (error) {
        if (error instanceof ServerGone && grant.kind === 'proposal')
          return { kind: 'failed', failure: await afterCrash(name, grant.proposal, how.step ?? 0) };
        const seen = readError(error);
        if (error instanceof ServerStartError) return failed('unreachable', error.message, true);
        return failed('outcome_unknown', seen.message, false);
      }
    }
    const once = () => request('tools/call', params, callAnswer, how.signal);
    if (gravestRisk(name) === 'read') return readAnswer(name, await twice(once), false);
    try {
      return readAnswer(name, await once(), false);
    } catch (error) {
      if (!(error instanceof ServerGone)) throw error;
      // It may have run under a grant that the server keeps: a second try could be a second run.
      return failed(
        'outcome_unknown',
        `The server stopped in the middle of ${name}. Unless it had been approved beforehand, nothing was run; it was not repeated.`,
        false,
        'The audit log knows: aiops audit show',
      );
    }
  }

  async function afterCrash(tool: string, proposal: string, step: number): Promise<Failure> {
    try {
      // The account's report waits for the look at what the crash left open.
      await account();
      const { entries } = await request(
        METHODS.auditShow,
        { last: RECENT_ENTRIES },
        METHOD_SHAPES[METHODS.auditShow].result,
      );
      return whatBecameOf(tool, proposal, step, entries);
    } catch (error) {
      return {
        code: 'outcome_unknown',
        message: `The server stopped in the middle of ${tool} and could not be asked what became of it (${readError(error).message}). It may or may not have happened; it was not repeated.`,
        hint: 'Look at the resource before asking again.',
        nothing_changed: false,
      };
    }
  }

  async function callAny(
    name: string,
    args: Record<string, unknown>,
    how: CallOptions = {},
  ): Promise<CallResult> {
    try {
      return await inSlot(() => call(name, args, how));
    } catch (error) {
      if (how.signal?.aborted) return failed('cancelled', 'stopped before it answered', true);
      if (error instanceof ServerGone) return failed('unreachable', 'the server stopped twice', true);
      if (error instanceof ServerStartError) return failed('unreachable', error.message, true);
      return { kind: 'failed', failure: readError(error) };
    } finally {
      if (gravestRisk(name) !== 'read') changes += 1;
    }
  }

  /** A resource, read once until something changes it, the server is another, or it is old. */
  function resource<Value>(uri: string, shape: z.ZodType<Value>, keepMs: number): () => Promise<Value> {
    type Kept = { value: Promise<Value>; changes: number; generation: number; until: number };
    let kept: Kept | null = null;
    const fresh = (of: Kept) =>
      of.changes === changes && of.generation === connection.generation() && options.stopwatch() < of.until;
    return () => {
      if (kept && fresh(kept)) return kept.value;
      const value = orToolsError(async () => {
        const answer = await twice(() => request('resources/read', { uri }, ReadResourceResultSchema));
        const content = answer.contents[0];
        return shape.parse(JSON.parse(content && 'text' in content ? content.text : 'null'));
      });
      const entry = {
        value,
        changes,
        // The request itself starts the server when there is none.
        generation: Math.max(1, connection.generation()),
        until: options.stopwatch() + keepMs,
      };
      kept = entry;
      value.catch(() => {
        if (kept === entry) kept = null;
      });
      return value;
    };
  }

  const directories = new Map<string, () => Promise<Directory>>();
  const reported = resource(RESOURCES.account, accountReport, Number.POSITIVE_INFINITY);
  const noted = new WeakMap<AccountReport, AccountReport>();
  /** The report; after another server was started it says what went with the one before. */
  const account = async (): Promise<AccountReport> => {
    const report = await reported();
    if (connection.generation() <= 1 || !report.accounts.some(({ keeps }) => keeps === false)) return report;
    const told = noted.get(report) ?? { ...report, notes: [...report.notes, STARTED_OVER] };
    noted.set(report, told);
    return told;
  };

  return {
    call: <Name extends ToolName>(name: Name, args: ToolInput<Name>, how?: CallOptions) =>
      // The answer was parsed with this very tool's output schema in `readAnswer`.
      callAny(name, args, how) as Promise<CallResult<ToolOutput<Name>>>,
    callAny,
    account,
    directory: (of) => {
      const uri = of ? `${RESOURCES.directory}?${new URLSearchParams({ account: of })}` : RESOURCES.directory;
      const listed = directories.get(uri) ?? resource(uri, directory, DIRECTORY_MS);
      directories.set(uri, listed);
      return listed();
    },
    ask: <Name extends MethodName>(method: Name, params: object) => {
      const shape: z.ZodType = METHOD_SHAPES[method].result;
      // Parsed with this very method's shape.
      return orToolsError(() => twice(() => request(method, { ...params }, shape))) as Promise<
        MethodResult<Name>
      >;
    },
    subscribe: connection.subscribe,
    traffic: () => (current ? sum(past, current.transport.bytes) : past),
    close: connection.close,
  };
}

async function orToolsError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServerGone)
      throw new ToolsError(failed('unreachable', 'the server stopped twice', true).failure);
    if (error instanceof ServerStartError)
      throw new ToolsError(failed('unreachable', error.message, true).failure);
    if (error instanceof z.ZodError) {
      const issue = error.issues[0];
      throw new ToolsError(
        failed(
          'internal',
          `the server answered in an unknown shape (${issue?.path.join('.')}: ${issue?.message})`,
          true,
        ).failure,
      );
    }
    throw new ToolsError(readError(error));
  }
}

function sum(a: { received: number; sent: number }, b: { received: number; sent: number }) {
  return { received: a.received + b.received, sent: a.sent + b.sent };
}
