import type { EngineEvent } from '../../domain/events.ts';
import type { SessionSummary, StoreProblem, TalkSoFar } from '../../domain/kept-session.ts';
import { turnsOf } from '../../domain/kept-turns.ts';
import type { SessionWords } from '../../language/session-words.ts';
import type { Found, SessionLines, Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { createKeeper, type Keeper, type RunFacts } from './keeper.ts';
import { samePlace } from './place-of.ts';
import { shownAgain } from './shown-again.ts';
import { talkOf } from './talk-of.ts';

/** An earlier session, taken up: what to draw, and what the engine goes on with. */
type Resumed = {
  kind: 'resumed';
  summary: SessionSummary;
  events: EngineEvent[];
  talk: TalkSoFar;
  /** Turns of it that are not among the events. */
  earlier: number;
  /** Lines of it that cannot be read. */
  unread: number;
  /** The process in which it is still open: this run keeps a record of its own. */
  openIn: number | null;
};

export type ResumeOutcome =
  | Resumed
  /** Of this account there is none. */
  | { kind: 'none' }
  | { kind: 'not_found' }
  | { kind: 'several'; ids: string[] }
  | { kind: 'already' }
  | { kind: 'newer'; summary: SessionSummary }
  | { kind: 'other_account'; summary: SessionSummary }
  | { kind: 'failed'; problem: StoreProblem };

export type SessionNews =
  /** Null: it is kept again, and nothing of it is missing. */
  | { news: 'keeping'; problem: StoreProblem | null }
  | { news: 'inputs'; problem: StoreProblem }
  /** The account is not the one that the resumed session was about. */
  | { news: 'other_account'; was: string; is: string };

/** The sessions, as the chat has to do with them. Nothing here throws for what the disk does. */
export type ChatSessions = {
  /** Takes what the engine says, before anybody else does. */
  hear(event: EngineEvent): void;
  subscribe(listener: (news: SessionNews) => void): void;
  resume(id: string, words: SessionWords['resume']): ResumeOutcome;
  /** The last one of this account; one begun in this folder before others. */
  resumeLast(words: SessionWords['resume']): ResumeOutcome;
  list(most: number): { found: Found[]; current: string | null } | { problem: StoreProblem };
  /** The running session as far as it went, or why it cannot be read; null when nothing was said. */
  record(): ({ summary: SessionSummary } & SessionLines) | { problem: StoreProblem } | null;
  /** What was typed in earlier runs, oldest first. */
  inputs(): string[];
  remember(text: string): void;
  isOpen(process: number): boolean;
  close(): void;
};

/** The newest turns are shown again, so many. */
const TURNS_SHOWN = 20;
const INPUTS_KEPT = 1_000;
/** A longer input is a paste that nobody recalls to send again. Characters. */
const LONGEST_INPUT = 20_000;
/** Among the newest so many, the last session of an account is looked for. */
const LOOKED_THROUGH = 500;

type ChatSessionsParts = {
  /** Or why there is none. Null: nothing is to be kept. */
  store: Store | StoreProblem | null;
  run: RunFacts;
  now(): number;
  newId(): string;
  /** Whether a process of that id runs. */
  alive(process: number): boolean;
};

export function createChatSessions({
  store: given,
  run,
  now,
  newId,
  alive,
}: ChatSessionsParts): ChatSessions {
  const store = given && 'close' in given ? given : null;
  const missing: StoreProblem | null = given && 'code' in given ? given : null;
  const listeners = new Set<(news: SessionNews) => void>();
  let taken: SessionSummary | null = null;
  let resumes = 0;
  let inputsLost = false;

  const tell = (news: SessionNews) => {
    for (const listener of listeners) listener(news);
  };
  const keeper: Keeper = createKeeper({
    store,
    run,
    now,
    newId,
    onTrouble: (problem) => tell({ news: 'keeping', problem }),
  });

  const isOpen = (process: number) => process !== run.process && alive(process);
  const isOurs = ({ place, asked }: SessionSummary): boolean => {
    const here = keeper.place();
    return here && place ? samePlace(here, place) : asked === run.asked;
  };

  /** Runs `work` on the store; what the disk says against it is an outcome. */
  function onStore<T>(
    work: (on: Store) => T,
  ): T | { kind: 'failed'; problem: StoreProblem } | { kind: 'none' } {
    if (missing) return { kind: 'failed', problem: missing };
    if (!store) return { kind: 'none' };
    try {
      return work(store);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { kind: 'failed', problem: error.problem };
    }
  }

  function take({ summary, readable }: Found, on: Store, words: SessionWords['resume']): ResumeOutcome {
    if (summary.id === keeper.session()?.id) return { kind: 'already' };
    if (!readable) return { kind: 'newer', summary };
    if (!isOurs(summary)) return { kind: 'other_account', summary };
    const { lines, unread } = on.lines(summary.id);
    const turns = turnsOf(lines);
    const shown = turns.slice(-TURNS_SHOWN);
    const openIn = summary.holder !== null && isOpen(summary.holder) ? summary.holder : null;
    keeper.adopt(openIn === null ? summary : null, summary.id);
    taken = summary;
    resumes += 1;
    return {
      kind: 'resumed',
      summary,
      events: shownAgain(shown, `earlier-${resumes}-`, words),
      talk: talkOf(lines),
      earlier: turns.length - shown.length,
      unread,
      openIn,
    };
  }

  /** A session is chosen before the account is known; once it is, it may turn out to be another. */
  function checkAccount(): void {
    const here = keeper.place();
    if (!taken?.place || !here) return;
    const was = taken.place;
    taken = null;
    if (samePlace(was, here)) return;
    keeper.adopt(null);
    tell({ news: 'other_account', was: nameOf(was), is: nameOf(here) });
  }

  return {
    hear: (event) => {
      keeper.hear(event);
      if (event.type === 'account') checkAccount();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      if (missing) listener({ news: 'keeping', problem: missing });
    },
    resume: (id, words) =>
      onStore((on): ResumeOutcome => {
        const found = on.find(id);
        const [first, ...more] = found;
        if (!first) return { kind: 'not_found' };
        if (more.length > 0) return { kind: 'several', ids: found.map(({ summary }) => summary.id) };
        return take(first, on, words);
      }),
    resumeLast: (words) =>
      onStore((on): ResumeOutcome => {
        const ours = on
          .list(LOOKED_THROUGH)
          .filter(({ summary, readable }) => readable && isOurs(summary))
          .filter(({ summary: { holder } }) => holder === null || !isOpen(holder));
        const last = ours.find(({ summary }) => summary.folder === run.folder) ?? ours[0];
        return last ? take(last, on, words) : { kind: 'none' };
      }),
    list: (most) => {
      const current = keeper.session()?.id ?? null;
      const listed = onStore((on) => ({ found: on.list(most), current }));
      if ('found' in listed) return listed;
      return listed.kind === 'failed' ? { problem: listed.problem } : { found: [], current };
    },
    record: () => {
      const summary = keeper.session();
      if (!summary) return null;
      if (!store) return { summary, ...keeper.lines() };
      const read = onStore(() => ({ summary, ...keeper.lines() }));
      if ('lines' in read) return read;
      return read.kind === 'failed' ? { problem: read.problem } : null;
    },
    inputs: () => {
      const inputs = onStore((on) => on.inputs(INPUTS_KEPT));
      return Array.isArray(inputs) ? inputs : [];
    },
    remember: (text) => {
      if (text.length > LONGEST_INPUT) return;
      const failed = onStore((on) => on.remember(text, now(), INPUTS_KEPT));
      if (!failed || failed.kind === 'none' || missing || inputsLost) return;
      inputsLost = true;
      tell({ news: 'inputs', problem: failed.problem });
    },
    isOpen,
    close: () => {
      keeper.close();
      store?.close();
    },
  };
}

function nameOf({ name, account }: { name: string; account: string | null }): string {
  return account === null || account === name ? name : `${name} (${account})`;
}
