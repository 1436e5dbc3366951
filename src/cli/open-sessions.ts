import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type ChatSessions, createChatSessions } from '../assistant/sessions/chat-sessions.ts';
import type { StoreProblem } from '../domain/kept-session.ts';
import { storeFile } from '../store/database.ts';
import { openStore } from '../store/open-store.ts';
import { stateFolder } from '../store/state-folder.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import type { SessionSettings } from './chat-settings.ts';

/** Waiting for another process keeps the keys waiting too: what is not written now goes with the next line. */
const BUSY_MS = 250;
const DAY_MS = 86_400_000;

type Opening = SessionSettings & { environment: NodeJS.ProcessEnv; version: string; server: string };

/** The sessions of this user's machine, for the running chat. Never throws for what the disk does. */
export function openChatSessions({ days, asked, environment, version, server }: Opening): ChatSessions {
  return createChatSessions({
    store: storeFor(stateFolder(environment), days),
    run: { asked, folder: process.cwd(), version, server, process: process.pid },
    now: () => Date.now(),
    newId: sessionId,
    alive: isAlive,
  });
}

/** What is older than its days is deleted before anything is kept. */
function storeFor(folder: string, days: number): Store | StoreProblem | null {
  if (days === 0 && !existsSync(storeFile(folder))) return null;
  try {
    const store = openStore(folder, BUSY_MS);
    try {
      store.prune(Date.now() - days * DAY_MS, isAlive);
    } catch (error) {
      // A store that can only be read, or is busy, keeps what is old for another day.
      if (!(error instanceof StoreError)) throw error;
    }
    if (days > 0) return store;
    store.close();
    return null;
  } catch (error) {
    if (error instanceof StoreError) return error.problem;
    throw error;
  }
}

/** Crockford's base 32: nothing in it is taken for something else when it is read out or typed. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Eight characters a person can type: forty random bits. */
function sessionId(): string {
  return [...randomBytes(8)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

export function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    // Another user's process is one all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
