import { type AccountReport, METHODS, SESSION_ENDED } from '../../mcp-server/contract/wire.ts';
import type { AuditLook, Engine, KnownName } from '../domain/engine.ts';
import type { EngineEvent, PlaceRefused, TurnOutcome } from '../domain/events.ts';
import type { TalkSoFar } from '../domain/kept-session.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Language } from '../domain/reading.ts';
import { languageOf } from '../planner/language-of.ts';
import { ToolsError } from '../tools/tools.ts';
import { firingAlarms } from './firing-alarms.ts';
import { accountMeant, accountNames, regionRefused, reportFrom, rowOf } from './place.ts';
import type { EngineParts } from './ports.ts';
import { runTurn } from './run-turn.ts';
import { createSession, resumeTalk } from './session.ts';
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

/** What can never run any more waits for no approval. One that cannot be declined ends when it expires. */
async function declineAll(proposals: readonly string[], tools: EngineParts['tools']): Promise<void> {
  for (const id of proposals) {
    try {
      await tools.ask(METHODS.decline, { id, reason: SESSION_ENDED });
    } catch (error) {
      if (!(error instanceof ToolsError)) throw error;
    }
  }
}

/** What a request that failed comes to; an error that is none of the server's is a defect and thrown on. */
function failing<T>(error: unknown, instead: (why: string) => T): T {
  if (!(error instanceof ToolsError)) throw error;
  return instead(plainLine(error.message));
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
  let alarms: Extract<EngineEvent, { type: 'alarms' }> | null = null;
  let looking: Promise<void> = Promise.resolve();
  const stopLooking = new AbortController();
  /** Waits for the running turn's end. */
  let resumed: TalkSoFar | null = null;

  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  };

  const stopListening = parts.tools.subscribe(({ state, detail }) => {
    server = { type: 'server', state, ...(detail ? { detail } : {}) };
    emit(server);
    if (state === 'ready') asked = askAccount();
  });
  asked = askAccount();
  lookSoon();

  async function askAccount(): Promise<void> {
    try {
      const report = await parts.tools.account();
      if (account?.report === report) return;
      account = { report, at: parts.now().getTime() };
      emit(accountEvent(account));
    } catch (error) {
      if (!(error instanceof ToolsError)) throw error;
      // A server that is lost says so itself; what else keeps it from reporting is worth a line.
      if (server?.state === 'ready') emit({ type: 'server', state: 'ready', detail: error.message });
    }
  }

  function accountEvent({ report, at }: { report: AccountReport; at: number }): EngineEvent {
    return {
      type: 'account',
      report: reportFrom(session.place, report),
      clock: { asOf: at, speed: parts.clockSpeed },
    };
  }

  /** A look nobody asked for: it shows no card, and a failure of it nothing but that nothing is known. */
  async function lookAtAlarms(): Promise<void> {
    if (!parts.watchAlarms || stopLooking.signal.aborted) return;
    await asked;
    const { account: of } = session.place;
    const firing = await firingAlarms(parts.tools, of, stopLooking.signal);
    if (stopLooking.signal.aborted || of !== session.place.account) return;
    alarms = { type: 'alarms', firing };
    emit(alarms);
  }

  function lookSoon(): void {
    looking = looking.then(lookAtAlarms).catch(parts.onDefect);
  }

  async function accountNow(): Promise<Date> {
    await soonEnough(asked);
    const now = parts.now().getTime();
    if (!account) return new Date(now);
    return new Date(Date.parse(account.report.now) + (now - account.at) * parts.clockSpeed);
  }

  async function accounts(): Promise<string[]> {
    if (!account) await soonEnough(asked);
    return account ? accountNames(account.report) : [];
  }

  async function run(turn: Turn): Promise<void> {
    let outcome: TurnOutcome = 'failed';
    try {
      outcome = await runTurn({ turn, session, parts, accountNow, accounts });
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
      if (resumed) resumeTalk(session, resumed);
      resumed = null;
      emit({ type: 'turn_ended', turn: turn.id, outcome, conversation: session.conversation });
      lookSoon();
    }
  }

  function choose(asked: 'region' | 'account', place: typeof session.place): void {
    const before = session.place;
    session.place = place;
    if (place.account !== before.account) {
      alarms = null;
      if (account) emit(accountEvent(account));
      lookSoon();
    }
    emit({ type: 'place', ...place, asked });
  }

  function tellRefused(refused: PlaceRefused): void {
    emit({ type: 'place', ...session.place, asked: refused.what, refused });
  }

  async function names(most: number): Promise<KnownName[]> {
    const { account: of, region } = session.place;
    const { entries } = await parts.tools.directory(of);
    const fitting = entries.filter(
      (one) =>
        (region === null || one.region === region) && one.name !== '' && plainLine(one.name) === one.name,
    );
    const each = new Map(fitting.map(({ name, kind, region: at }) => [name, { name, kind, region: at }]));
    return [...each.values()].slice(0, most);
  }

  async function audit(count: number): Promise<AuditLook> {
    const { entries } = await parts.tools.ask(METHODS.auditShow, { last: count });
    return { kind: 'read', entries };
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (server) listener(server);
      if (account) listener(accountEvent(account));
      if (alarms) listener(alarms);
      if (session.place.region !== null) listener({ type: 'place', ...session.place });
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
    look: (region) => {
      const refused = region === null ? null : regionRefused(region, session.place, account?.report ?? null);
      if (refused) tellRefused(refused);
      else choose('region', { ...session.place, region });
    },
    switchAccount: (name) => {
      const meant = accountMeant(name, account?.report ?? null);
      if ('what' in meant) {
        tellRefused(meant);
        return;
      }
      // A region of the other account is none of this one's, unless this one has it too.
      const { region } = session.place;
      const has = region !== null && rowOf(meant.account, account?.report ?? null)?.regions.includes(region);
      choose('account', { account: meant.account, region: has ? region : null });
    },
    resume: (talk) => {
      if (running) resumed = talk;
      else resumeTalk(session, talk);
    },
    names: (most) => names(most).catch((error: unknown) => failing(error, () => [])),
    audit: (count) =>
      audit(count).catch((error: unknown) => failing(error, (why): AuditLook => ({ kind: 'failed', why }))),
    interrupt: () => running?.stop.abort(),
    close: async () => {
      running?.stop.abort();
      stopLooking.abort();
      await running?.ended;
      await looking;
      stopListening();
      if (parts.sessionEnds) await declineAll(session.unanswered, parts.tools);
      await parts.tools.close();
    },
  };
}
