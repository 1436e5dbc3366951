import type { KeptLine, SessionPlace, SessionSummary } from '../domain/kept-session.ts';

export type NewSession = Pick<
  SessionSummary,
  'id' | 'startedAt' | 'asked' | 'folder' | 'place' | 'title' | 'continues' | 'holder'
>;

/** A session's lines, oldest first; `unread`: how many stand there and cannot be read. */
export type SessionLines = { lines: KeptLine[]; unread: number };

/** A session whose lines a newer program wrote: nothing but its summary can be told. */
export type Found = { summary: SessionSummary; readable: boolean };

/** What the program keeps between its runs. Everything throws `StoreError`, and has then done nothing. */
export type Store = {
  readonly file: string;
  begin(session: NewSession): void;
  /** Writes lines of a session, all or none. */
  append(session: string, lines: readonly KeptLine[]): void;
  /** Who writes the session, and where it talks about, as of now. */
  update(session: string, change: { place?: SessionPlace; holder?: number | null }): void;
  /** By id, or by how it begins, case aside; more than one when the beginning fits several. */
  find(id: string): Found[];
  /** The newest first. */
  list(most: number): Found[];
  lines(session: string): SessionLines;
  /** Null when there is none. */
  delete(session: string): SessionSummary | null;
  /** Deletes what was last written to before that time, except what a process in `alive` still holds. */
  prune(before: number, alive: (process: number) => boolean): number;
  /** What was typed, oldest first, the newest `most`; each once, where it was last used. */
  inputs(most: number): string[];
  /** Keeps the newest `most` only. */
  remember(text: string, at: number, most: number): void;
  close(): void;
};
