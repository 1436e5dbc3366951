/** Raised with every change of the tables; a file with a higher number was written by a newer program. */
export const SCHEMA_VERSION = 1;

/**
 * Raised when an older program could no longer read a session's lines. It stands in each session, so that one
 * session of a newer program does not close the others.
 */
export const SESSION_FORMAT = 1;

/** The tables as of each version: a file of version n still needs those from index n on. */
export const STEPS: readonly string[] = [
  `
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  format INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  asked TEXT NOT NULL,
  folder TEXT NOT NULL,
  -- JSON, once the account is known
  place TEXT,
  title TEXT NOT NULL,
  turns INTEGER NOT NULL,
  continues TEXT,
  holder INTEGER
) STRICT;
CREATE INDEX sessions_by_time ON sessions (last_at);

CREATE TABLE session_lines (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX session_lines_by_session ON session_lines (session, number);

-- What was typed at the prompt, once each; the number grows with each use.
CREATE TABLE inputs (text TEXT PRIMARY KEY, number INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX inputs_by_number ON inputs (number);
`,
];
