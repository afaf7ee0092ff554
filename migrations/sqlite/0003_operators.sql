-- Operators, their sessions and sign-in codes. Secrets are stored as SHA-256 only; passwords as
-- the password hash's own text.

CREATE TABLE operators (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    role          TEXT    NOT NULL,
    password_hash TEXT,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    secret_hash  BLOB    NOT NULL PRIMARY KEY,
    operator_id  TEXT    NOT NULL REFERENCES operators (id),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_operator ON sessions (operator_id);
CREATE INDEX sessions_by_use ON sessions (last_used_at);

-- A code is deleted when it is used.
CREATE TABLE sign_in_codes (
    code_hash   BLOB    NOT NULL PRIMARY KEY,
    operator_id TEXT    NOT NULL REFERENCES operators (id),
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
