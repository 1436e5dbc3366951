import { onTestFinished } from 'vitest';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import { type Approver, approverIn } from '../../src/approval/approver.ts';
import { createEngine } from '../../src/assistant/engine.ts';
import type { Engine } from '../../src/domain/engine.ts';
import type { ApprovalDecision, EngineEvent, Provenance, TurnOutcome } from '../../src/domain/events.ts';
import type { Language } from '../../src/domain/reading.ts';
import { inFull } from '../../src/domain/saying.ts';
import { WORDS } from '../../src/language/conversation.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { createTools } from '../../src/tools/client.ts';
import { type ServerProcess, spawnServer } from '../../src/tools/server-process.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { type Home, makeHome, serverOf } from '../tools-client/small-shop.ts';

type Asked = Extract<EngineEvent, { type: 'approval_asked' }>;

export type Turn = {
  outcome: TurnOutcome;
  events: EngineEvent[];
  /** What was said, as `tone: text`. */
  said: string[];
  asked: Asked[];
  /** The last state of each call, as `tool status`. */
  calls: string[];
};

export type Talk = {
  home: Home;
  engine: Engine;
  tools: Tools;
  servers: ServerProcess[];
  defects: unknown[];
  /** Says something and waits for the turn's end; `decide` answers what is asked, one after the other. */
  say(text: string, how?: { provenance?: Provenance; decide?: Decide[] }): Promise<Turn>;
};

type Decide = ApprovalDecision | ((asked: Asked) => Promise<ApprovalDecision | null>);

/** The real engine on a real server child, planner, guard and key; only the person is played. */
export async function openTalk(
  how: {
    account?: string;
    flags?: string[];
    language?: Language | null;
    answerable?: (of: Proposal) => boolean;
    approver?: (home: Home) => Approver;
    keep?: boolean;
    speed?: number;
    now?: () => Date;
    watchAlarms?: boolean;
  } = {},
): Promise<Talk> {
  const home = await makeHome(how.account);
  const folder = `${home.environment.XDG_CONFIG_HOME}/aiops`;
  const now = how.now ?? (() => new Date());
  const servers: ServerProcess[] = [];
  const defects: unknown[] = [];
  const start = () => {
    const server = spawnServer(serverOf(home, ...(how.flags ?? [])));
    servers.push(server);
    return server;
  };
  const tools = createTools(start, { version: 'test', stopwatch: () => performance.now() });
  const engine = createEngine({
    tools,
    planner: Promise.resolve(createPlanner()),
    approver: how.approver?.(home) ?? approverIn(folder, () => WORDS.en.approval, now),
    answerable: how.answerable ?? (() => true),
    language: how.language ?? null,
    timeZone: 'Asia/Seoul',
    now,
    clockSpeed: how.speed ?? 1,
    watchAlarms: how.watchAlarms ?? false,
    sessionEnds: false,
    onDefect: (error) => defects.push(error),
  });
  onTestFinished(() => engine.close());

  const say: Talk['say'] = (text, { provenance = 'typed', decide = [] } = {}) =>
    new Promise((resolve) => {
      const events: EngineEvent[] = [];
      const decisions = [...decide];
      const calls = new Map<string, string>();
      let own: string | null = null;
      const stop = engine.subscribe((event) => {
        // The turn that begins within `submit` is this one; another may be under way.
        if (event.type === 'turn_started') own ??= event.turn;
        if ('turn' in event && event.turn !== own) return;
        events.push(event);
        if (event.type === 'call')
          calls.set(event.view.id, `${event.view.call.tool} ${event.view.state.status}`);
        if (event.type === 'approval_asked') {
          const next = decisions.shift();
          if (typeof next === 'function')
            void next(event).then((decision) => decision && engine.answer(event.call, decision));
          else if (next) queueMicrotask(() => engine.answer(event.call, next));
        }
        if (event.type !== 'turn_ended') return;
        stop();
        resolve({
          outcome: event.outcome,
          events,
          said: events.flatMap((one) => (one.type === 'say' ? [`${one.tone}: ${inFull(one)}`] : [])),
          asked: events.filter((one) => one.type === 'approval_asked'),
          calls: [...calls.values()],
        });
      });
      engine.submit(text, provenance);
    });
  return { home, engine, tools, servers, defects, say };
}

export async function stateOf({ tools }: Talk, name: string): Promise<string> {
  const result = await tools.call('list_instances', { name });
  return result.kind === 'done' ? (result.data.instances[0]?.state ?? 'none') : result.failure.message;
}

export async function auditOf({ tools }: Talk): Promise<string[]> {
  const { entries } = await tools.ask('aiops/audit_show', {});
  return entries.map((entry) => entry.event);
}
