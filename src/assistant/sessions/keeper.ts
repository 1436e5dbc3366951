import type { EngineEvent } from '../../domain/events.ts';
import type {
  KeptEntry,
  KeptLine,
  SessionPlace,
  SessionSummary,
  StoreProblem,
} from '../../domain/kept-session.ts';
import type { SessionLines, Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { placeOf } from './place-of.ts';

/** What a session's record says of the run that writes it. */
export type RunFacts = {
  /** What chose the account. */
  asked: string;
  folder: string;
  version: string;
  /** The session that proposals of this run are bound to. */
  server: string;
  process: number;
};

type KeeperParts = {
  /** Null when there is none: the lines then stay in memory, so that they can be exported. */
  store: Store | null;
  run: RunFacts;
  now(): number;
  newId(): string;
  /** Told when keeping stops working (once), and when it works again. */
  onTrouble(problem: StoreProblem | null): void;
};

/** Writes the running session as it goes. Never throws for what the disk does. */
export type Keeper = {
  hear(event: EngineEvent): void;
  /** The account and region as last told. */
  place(): SessionPlace | null;
  /** The record that is written; null before anything was said. */
  session(): SessionSummary | null;
  /** Goes on with an earlier record, or, with null, begins a new one with the next sentence. */
  adopt(session: SessionSummary | null, continues?: string): void;
  /** All of the record, what could not be written among it. Throws `StoreError`. */
  lines(): SessionLines;
  /** The record is nobody's any more. */
  close(): void;
};

const TITLE_CHARACTERS = 80;

export function createKeeper({ store, run, now, newId, onTrouble }: KeeperParts): Keeper {
  let session: SessionSummary | null = null;
  let continues: string | null = null;
  /** Whether the store has the session's row. */
  let begun = false;
  /** Whether this run has said in the record that it is there. */
  let opened = false;
  let waiting: KeptLine[] = [];
  let troubled = false;
  let place: SessionPlace | null = null;
  let region: string | null = null;
  /** Answers that are still being written, by their id. */
  const writing = new Map<string, { turn: string; text: string }>();

  const add = (entry: KeptEntry) => waiting.push({ at: now(), entry });

  function begin(title: string): SessionSummary {
    const at = now();
    const { asked, folder } = run;
    const line = title.replace(/\s+/g, ' ').trim().slice(0, TITLE_CHARACTERS);
    return {
      id: newId(),
      startedAt: at,
      lastAt: at,
      asked,
      folder,
      place,
      title: line,
      turns: 0,
      continues,
      holder: run.process,
    };
  }

  function flush(): void {
    if (!store || !session || waiting.length === 0) return;
    try {
      if (!begun) store.begin(session);
      begun = true;
      store.append(session.id, waiting);
      waiting = [];
      if (troubled) onTrouble(null);
      troubled = false;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      // The lines wait, and go with the next.
      if (!troubled) onTrouble(error.problem);
      troubled = true;
    }
  }

  function moved(to: { place?: SessionPlace | null; region?: string | null }): void {
    if (to.place !== undefined) place = to.place;
    if (to.region !== undefined) region = to.region;
    if (!session) return;
    if (session.place === null && place !== null) {
      session = { ...session, place };
      quietly(() => session && begun && place && store?.update(session.id, { place }));
    }
    if (opened) add({ type: 'place', place, region });
  }

  /** Nothing of the record depends on it; a disk that does not take it is told of with the next line. */
  function quietly(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }

  function keep(event: EngineEvent): void {
    switch (event.type) {
      case 'account': {
        const at = placeOf(event.report);
        if (JSON.stringify(at) !== JSON.stringify(place)) moved({ place: at });
        return;
      }
      case 'place':
        if (event.region !== region) moved({ region: event.region });
        return;
      case 'alarms':
      case 'server':
        return;
      case 'turn_started':
        session ??= begin(event.text);
        if (!opened) {
          opened = true;
          add({ type: 'opened', version: run.version, server: run.server });
          add({ type: 'place', place, region });
        }
        add(event);
        return;
      case 'say_part': {
        const before = writing.get(event.say)?.text ?? '';
        writing.set(event.say, { turn: event.turn, text: before + event.text });
        return;
      }
      case 'say':
        if (event.say !== undefined) writing.delete(event.say);
        if (session) add(event);
        return;
      case 'understood':
      case 'call':
      case 'approval_asked':
      case 'approval_settled':
        if (session) add(event);
        return;
      case 'turn_ended':
        closeWriting(event.turn);
        if (session) add(event);
    }
  }

  /** Pieces that nothing closed are what was said. */
  function closeWriting(turn: string): void {
    for (const [say, { turn: of, text }] of writing) {
      if (of !== turn) continue;
      writing.delete(say);
      if (session) add({ type: 'say', turn, tone: 'answer', say, format: 'markdown', text });
    }
  }

  function letGo(): void {
    flush();
    quietly(() => session && begun && store?.update(session.id, { holder: null }));
    session = null;
    begun = false;
    opened = false;
    waiting = [];
  }

  return {
    hear: (event) => {
      keep(event);
      flush();
    },
    place: () => place,
    session: () => session,
    adopt: (earlier, of) => {
      letGo();
      session = earlier && { ...earlier, holder: run.process };
      begun = earlier !== null;
      continues = of ?? null;
      quietly(() => earlier && store?.update(earlier.id, { holder: run.process }));
    },
    lines: () => {
      const written = session && begun ? store?.lines(session.id) : undefined;
      return { lines: [...(written?.lines ?? []), ...waiting], unread: written?.unread ?? 0 };
    },
    close: letGo,
  };
}
