import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { Engine } from '../domain/engine.ts';
import type { EngineEvent, TurnOutcome } from '../domain/events.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Language } from '../domain/reading.ts';
import { languageOf } from '../planner/language-of.ts';
import { ToolsError } from '../tools/tools.ts';
import type { EngineParts } from './ports.ts';
import { runTurn } from './run-turn.ts';
import { createSession } from './session.ts';
import { createTurn, type Turn } from './turn.ts';

/**
 * How long a sentence waits to learn the account's clock. A simulated account tells it at once; AWS, which may
 * take long to say who is calling, keeps the machine's time.
 */
const CLOCK_PATIENCE_MS = 500;

async function soonEnough(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOCK_PATIENCE_MS);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}

type Running = { turn: Turn; stop: AbortController; ended: Promise<void> };
type ServerEvent = Extract<EngineEvent, { type: 'server' }>;

/** The assistant of one conversation. It connects to the server at once; everything it does is told as events. */
export function createEngine(parts: EngineParts): Engine {
  const listeners = new Set<(event: EngineEvent) => void>();
  const session = createSession();
  let language: Language | null = parts.language;
  let running: Running | null = null;
  let turns = 0;
  let server: ServerEvent | null = null;
  let account: { report: AccountReport; at: number } | null = null;
  let asked: Promise<void> = Promise.resolve();

  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  };

  const stopListening = parts.tools.subscribe(({ state, detail }) => {
    server = { type: 'server', state, ...(detail ? { detail } : {}) };
    emit(server);
    if (state === 'ready') asked = askAccount();
  });
  asked = askAccount();

  async function askAccount(): Promise<void> {
    try {
      const report = await parts.tools.account();
      if (account?.report === report) return;
      account = { report, at: parts.now().getTime() };
      emit({ type: 'account', report });
    } catch (error) {
      if (!(error instanceof ToolsError)) throw error;
      // A server that is lost says so itself; what else keeps it from reporting is worth a line.
      if (server?.state === 'ready') emit({ type: 'server', state: 'ready', detail: error.message });
    }
  }

  async function accountNow(): Promise<Date> {
    await soonEnough(asked);
    const now = parts.now().getTime();
    if (!account) return new Date(now);
    return new Date(Date.parse(account.report.now) + (now - account.at) * parts.clockSpeed);
  }

  async function run(turn: Turn): Promise<void> {
    let outcome: TurnOutcome = 'failed';
    try {
      outcome = await runTurn({ turn, session, parts, accountNow });
      if (turn.signal.aborted) {
        outcome = 'cancelled';
        turn.say('note', turn.words.talk.interrupted());
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      turn.say('error', turn.words.talk.internal(plainLine(why)));
      parts.onDefect(error);
    } finally {
      running = null;
      emit({ type: 'turn_ended', turn: turn.id, outcome });
    }
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (server) listener(server);
      if (account) listener({ type: 'account', report: account.report });
      return () => listeners.delete(listener);
    },
    submit: (text, provenance) => {
      turns += 1;
      const id = `t${turns}`;
      const stop = new AbortController();
      const turn = createTurn({
        id,
        text,
        provenance,
        language: language ?? languageOf(text),
        signal: stop.signal,
        emit,
      });
      emit({ type: 'turn_started', turn: id, text, provenance });
      if (running) {
        turn.say('note', turn.words.talk.busy());
        emit({ type: 'turn_ended', turn: id, outcome: 'nothing' });
        return;
      }
      running = { turn, stop, ended: Promise.resolve() };
      running.ended = run(turn);
    },
    answer: (callId, decision) => running?.turn.answer(callId, decision),
    speak: (to) => {
      language = to;
    },
    interrupt: () => running?.stop.abort(),
    close: async () => {
      running?.stop.abort();
      await running?.ended;
      stopListening();
      await parts.tools.close();
    },
  };
}
