/** Raised with every change of the tables; a store with a higher number was written by a newer program. */
export const SCHEMA_VERSION = 1;

export const SCHEMA = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE proposals (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  -- digest over what is asked, where and for whom; the same call again has the same. Null for plans.
  call_key TEXT,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- a person's no, or the step at which a plan stopped
  closed TEXT CHECK (closed IN ('declined', 'stopped')),
  closed_why TEXT
) STRICT;
CREATE INDEX proposals_by_session ON proposals (session, created_at);

CREATE TABLE grants (
  digest TEXT PRIMARY KEY,
  proposal TEXT NOT NULL,
  session TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX grants_by_session ON grants (session, received_at);

-- One row a redeemed step (a call is step 0). The key is the proposal, not the grant: signing it twice
-- does not make it run twice.
CREATE TABLE claims (
  proposal TEXT NOT NULL,
  step INTEGER NOT NULL,
  grant_digest TEXT NOT NULL,
  intent INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'unknown')),
  seen TEXT,
  PRIMARY KEY (proposal, step)
) STRICT;

CREATE TABLE standing (
  id TEXT PRIMARY KEY,
  tool TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

CREATE TABLE standing_uses (standing TEXT NOT NULL, used_at INTEGER NOT NULL, intent INTEGER NOT NULL) STRICT;
CREATE INDEX standing_uses_by_time ON standing_uses (standing, used_at);

-- What is under way and by whom: enough to look it up after a crash.
CREATE TABLE intents (
  sequence INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  owner TEXT NOT NULL,
  at INTEGER NOT NULL,
  settled INTEGER
) STRICT;

CREATE TABLE refusals (key TEXT PRIMARY KEY, count INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  server TEXT NOT NULL,
  session TEXT NOT NULL,
  event TEXT NOT NULL,
  subject TEXT,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE audit_heads (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TRIGGER heads_no_update BEFORE UPDATE ON audit_heads BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER heads_no_delete BEFORE DELETE ON audit_heads BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
`;
