-- Whatever is known is only ever added to: a mistake is corrected or retracted by another event, and both stay on record.
-- Instants are microseconds since 1970-01-01T00:00Z.
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS cases (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  policies TEXT NOT NULL, -- a JSON list of ids
  opened_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS facts (
  number INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL, -- JSON; of several for one fact the last counts
  recorded_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS events (
  number INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  id TEXT NOT NULL,
  entry TEXT NOT NULL, -- a JSON object with the fields of an event
  recorded_at INTEGER NOT NULL,
  UNIQUE (case_id, id)
);
CREATE INDEX IF NOT EXISTS facts_of_case ON facts (case_id, number);
CREATE TRIGGER IF NOT EXISTS cases_stay BEFORE DELETE ON cases BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS cases_stand BEFORE UPDATE ON cases BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS facts_stay BEFORE DELETE ON facts BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS facts_stand BEFORE UPDATE ON facts BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE DELETE ON events BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS events_stand BEFORE UPDATE ON events BEGIN SELECT RAISE (ABORT, 'append only'); END;
