import type { ChatSessions } from '../assistant/sessions/chat-sessions.ts';
import type { Engine } from '../domain/engine.ts';
import type { EngineEvent } from '../domain/events.ts';
import type { EngineLine } from './engine-line.ts';
import type { Beginning, Errands } from './errands.ts';
import type { TerminalStore } from './store.ts';

type Talk = {
  engine: Engine | (() => Promise<Engine>);
  sessions?: () => Promise<ChatSessions>;
  beginning?: Beginning;
};

type TalkParts = {
  line: EngineLine;
  store: TerminalStore;
  errands: Errands;
  /** Takes what keeps the session; null when nothing does. */
  opened(sessions: ChatSessions | null): void;
  /** Takes what nobody expected, to be told when the chat is over. */
  problem(error: unknown): void;
};

/** An account that does not say who it is for so long is taken for the one it is called. */
const ACCOUNT_PATIENCE_MS = 3_000;

/**
 * Gets the engine and what keeps the session ready side by side, takes up an earlier session, and joins them: what
 * the engine says is kept before it is shown. Nothing about keeping stops the chat.
 */
export async function startTalk(
  talk: Talk,
  { line, store, errands, opened, problem }: TalkParts,
): Promise<void> {
  const coming = typeof talk.engine === 'function' ? talk.engine() : Promise.resolve(talk.engine);
  coming.catch(() => {}); // told by the line
  const sessions = await opening(talk, errands, problem);
  opened(sessions);
  let failed = false;
  const kept = (work: () => void) => {
    try {
      if (!failed) work();
    } catch (error) {
      failed = true;
      problem(error);
    }
  };
  const begun = Promise.withResolvers<void>();
  let { beginning } = talk;
  const begin = () => {
    const how = beginning;
    beginning = undefined;
    if (sessions && how) kept(() => errands.begin(how, sessions));
    begun.resolve();
  };
  const hear = (event: EngineEvent) => {
    kept(() => sessions?.hear(event));
    store.hear(event);
    // Which sessions are this account's is known now, or will not be.
    if (event.type === 'account' || (event.type === 'server' && event.state === 'lost')) begin();
  };
  line.connect(() => coming, hear, begun.promise);
  if (sessions) kept(() => store.tell({ type: 'history', entries: sessions.inputs() }));
  if (!sessions || !beginning) begin();
  const patience = setTimeout(begin, ACCOUNT_PATIENCE_MS);
  // There when it begins, and when the person left before.
  await line.engine();
  clearTimeout(patience);
}

async function opening(
  { sessions: open }: Talk,
  errands: Errands,
  problem: (error: unknown) => void,
): Promise<ChatSessions | null> {
  if (!open) return null;
  try {
    const sessions = await open();
    sessions.subscribe(errands.hear);
    return sessions;
  } catch (error) {
    problem(error);
    return null;
  }
}
